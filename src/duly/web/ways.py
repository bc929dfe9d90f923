"""The ways in which something comes to the desk, and the kinds of things that its audit speaks of, in words."""

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
