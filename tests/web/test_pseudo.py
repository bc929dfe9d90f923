"""Every page in a language that nobody speaks: a word that is neither strange nor data was left untranslated."""

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils.translation import trans_real
from pytest_django import Settings

from duly.channels.mail_in.providers import providers as posting_providers
from duly.channels.mail_out.providers import PROVIDERS
from duly.desk.actions.people.invite import invite_contact
from duly.desk.people.person import Person
from duly.desk.people.standard_roles import MANAGER
from duly.desk.queries.published import _page
from tests.desk.people import MONDAY, Cast
from tests.web import test_access
from tests.web.pseudo import data, outside, pieces, speak_pseudo
from tests.web.test_access import rows

NOT_HERE = {"portal:choice"}
"""Only a policy with choices has that page."""
WORD = re.compile(r"[^\W\d_]{2,}")
DATES = frozenset(
    """
    Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun January February March April June
    July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday UTC CET
    CEST kB MB GB am pm
    """.split()
)
NAMES = frozenset(
    """
    Duly Ctrl English Deutsch JSON CSV IMAP SMTP LMTP YAML TLS OAuth
    """.split()
) | {
    word
    for name in (*dict(posting_providers()).values(), *(one.name for one in PROVIDERS.values()))
    for word in name.split()
}
"""Names, those of mail's providers among them, which are the same in every language."""
POLICYS = frozenset({"small", "basic", "office", "small: support"})
"""The names that the policy of these tests gives to itself, its plan and its calendar."""
UNNAMED = {
    "sign-in": "/account/login/",
    "password": "/account/password/reset/",
    "not found": "/nowhere/",
}
"""Pages without a name of ours."""
ADDRESS = re.compile(r"\S*[/@]\S*")


addresses = test_access.addresses
"""The fixture with an address for every view."""


@pytest.fixture
def pseudo(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Speak it for one test."""
    speak_pseudo(tmp_path / "locale", settings)
    _page.cache_clear()  # pages of policies that other tests asked for in English
    yield
    _page.cache_clear()
    trans_real._translations = {}  # type: ignore[attr-defined]


@pytest.fixture
def readers(people: Cast) -> list[Person]:
    """Who sees what the others do not: the owner, an agent, a contact, a manager of the customer's."""
    mona = invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        email="mona@acme.example",
        name="Mona",
        role=MANAGER,
        at=MONDAY,
    )
    return [people.owner, people.agent, people.contact, mona]


def untranslated(html: str, known: set[str]) -> set[str]:
    """What of a page is neither in brackets nor data nor a date."""
    found = set()
    for piece in pieces(html):
        left = ADDRESS.sub(" ", outside(piece))
        if left.strip() in known:
            continue
        longest_first = sorted((text for text in known if len(text) > 2 and text in left), key=len)[
            ::-1
        ]
        for text in longest_first:
            left = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", " ", left)
        strange = [word for word in WORD.findall(left) if word not in DATES | NAMES | known]
        if strange:
            found.add(piece)
    return found


@pytest.mark.slow
def test_every_page_says_all_its_words_in_the_readers_language(
    pseudo: None,
    readers: list[Person],
    addresses: dict[str, str],
    client: Client,
) -> None:
    known = data() | available_timezones() | POLICYS
    addresses["agent:search"] = "/desk/search/?q=nothing"
    wrong: dict[str, set[str]] = {}
    asked = {cell.address for cell in rows() if cell.method == "GET"}
    answered = set()
    pages = {name: addresses[name] for name in asked}
    for reader in [None, *readers]:
        client.logout()
        if reader is not None:
            client.force_login(reader)
        for name, address in {**pages, **UNNAMED}.items():
            answer = client.get(address)
            if answer.status_code != 404:
                answered.add(name)
            if answer.streaming:
                b"".join(answer)  # a file is read to its end and so closed
            if answer.streaming or name == "original" or not is_page(answer):
                continue  # a mail as it was sent has its sender's words
            left = untranslated(answer.content.decode(), known)
            if left:
                wrong.setdefault(name, set()).update(left)
    assert not wrong, "\n".join(f"{name}: {sorted(left)}" for name, left in sorted(wrong.items()))
    assert pages.keys() - answered <= NOT_HERE, "none of the readers sees these"


def is_page(answer: HttpResponseBase) -> bool:
    """Whether people read it; files and redirects are for programs."""
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return is_html and answer.status_code in (200, 404)
