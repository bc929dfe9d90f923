"""Mail domains at which anybody can have an address: they say nothing about where somebody works."""

FREE_MAIL = frozenset(
    """
    126.com 163.com aol.com bk.ru duck.com fastmail.com fastmail.fm freenet.de gmail.com gmx.at gmx.ch gmx.com
    gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr hushmail.com icloud.com
    inbox.ru laposte.net libero.it list.ru live.co.uk live.com live.de live.fr mac.com mail.com mail.de mail.ru
    mailbox.org me.com msn.com naver.com online.de orange.fr outlook.com outlook.de outlook.fr pm.me posteo.de
    posteo.net proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com riseup.net seznam.cz
    t-online.de tutanota.com tuta.io ukr.net wanadoo.fr web.de wp.pl yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com
    yahoo.de yahoo.fr yandex.com yandex.ru ymail.com zoho.com
    """.split()
)
"""The large providers. No list has all: this one stops the mistakes that are made."""

PUBLIC_SUFFIXES = frozenset(
    """
    ac.uk asn.au co.at co.il co.in co.jp co.kr co.nz co.uk co.za com.ar com.au com.br com.cn com.hk com.mx com.pl com.sg
    com.tr com.tw com.ua edu.au gov.au gov.uk ne.jp net.au or.at or.jp org.au org.uk
    github.io gitlab.io herokuapp.com netlify.app onmicrosoft.com pages.dev vercel.app
    """.split()
)
"""Names below which strangers register theirs."""


def is_shared(domain: str) -> bool:
    """Whether a domain, in lower case, is one of strangers."""
    return domain in FREE_MAIL | PUBLIC_SUFFIXES or "." not in domain
