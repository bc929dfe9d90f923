"""What the desk's own keys are called: ways in, kinds of things in the audit, and why a due changed."""

import re

from django.utils.translation import gettext as _


def way(key: str) -> str:
    """Name a channel or a way in; what only a policy names is called as there."""
    return {
        "web": _("web page"),
        "portal": _("portal"),
        "email": _("e-mail"),
        "mail": _("e-mail"),
        "phone": _("telephone"),
        "chat": _("chat"),
        "api": _("interface for programs"),
        "timer": _("by time"),
        "import": _("import"),
        "cli": _("command"),
    }.get(key, key)


def thing(key: str) -> str:
    """Name what an entry of the audit is about."""
    return {
        "person": _("person"),
        "organisation": _("organisation"),
        "team": _("team"),
        "role": _("role"),
        "subscription": _("subscription"),
        "policy": _("policy"),
        "policyversion": _("version of a policy"),
        "policydraft": _("draft of a policy"),
        "mailbox": _("mailbox"),
        "rawmail": _("mail"),
        "macro": _("macro"),
        "field": _("field"),
        "remark": _("remark"),
        "oauthgrant": _("sign-in of a mailbox"),
        "savedview": _("view"),
        "screen": _("wall display"),
        "desk": _("the desk"),
        "absence": _("absence"),
        "ticket": _("ticket"),
        "batch": _("action on many"),
        "auditentry": _("audit"),
        "dayseal": _("seal"),
    }.get(key, key)


def cause(key: str) -> str:
    """Say why terms, and with them a due, changed; `core` writes which priority became which."""
    if found := re.fullmatch(r"priority (.+) to (.+)", key):
        return _("priority %(old)s became %(new)s") % {"old": found[1], "new": found[2]}
    if found := re.fullmatch(r"priority (.+) with other facts", key):
        return _("priority %(old)s with other facts") % {"old": found[1]}
    return {
        "subscribed": _("the subscription began"),
        "moved": _("another plan or version"),
        "add-on": _("add-ons"),
        "choice": _("what the customer chose"),
        "calendar": _("the customer's hours"),
        "amendment": _("amended by contract"),
        "taken back": _("a change was taken back"),
    }.get(key, key)
