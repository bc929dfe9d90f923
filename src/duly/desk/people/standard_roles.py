"""The roles that every desk begins with; their names and rights are its owner's to change.

A name that is still the one given here is said in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from duly.desk.people.role import Right

ADMINISTRATOR = "administrator"
LEAD = "lead"
AGENT = "agent"
LIGHT_AGENT = "light-agent"
MANAGER = "manager"
CONTACT = "contact"
LONE_CONTACT = "contact-own"


@dataclass(frozen=True, slots=True)
class StandardRole:
    """A name and the rights behind it."""

    name: str
    rights: frozenset[Right]


_LIGHT = frozenset({Right.SEE_TICKETS, Right.NOTE})
_AGENT = _LIGHT | {
    Right.REPLY,
    Right.ASSIGN,
    Right.PRIORITISE,
    Right.PROGRESS,
    Right.OPEN_FOR_CUSTOMER,
    Right.MERGE,
    Right.REVIEW_MAIL,
}
_LEAD = _AGENT | {Right.EXCLUDE, Right.SEE_REPORTS, Right.MANAGE_PEOPLE, Right.MANAGE_AGREEMENTS}
_CONTACT = frozenset({Right.OPEN_TICKETS, Right.SEE_ORGANISATION_TICKETS})

STANDARD_ROLES: Mapping[str, StandardRole] = {
    ADMINISTRATOR: StandardRole(
        gettext_noop("Administrator"), frozenset(Right) - _CONTACT - {Right.MANAGE_ORGANISATION}
    ),
    LEAD: StandardRole(gettext_noop("Lead"), _LEAD),
    AGENT: StandardRole(gettext_noop("Agent"), _AGENT),
    LIGHT_AGENT: StandardRole(gettext_noop("Light agent"), _LIGHT),
    MANAGER: StandardRole(
        gettext_noop("Contact, manages the organisation"), _CONTACT | {Right.MANAGE_ORGANISATION}
    ),
    CONTACT: StandardRole(gettext_noop("Contact, sees the organisation's tickets"), _CONTACT),
    LONE_CONTACT: StandardRole(
        gettext_noop("Contact, sees their own tickets"), frozenset({Right.OPEN_TICKETS})
    ),
}

_GIVEN = frozenset(role.name for role in STANDARD_ROLES.values())


def role_in_words(name: str) -> str:
    """Say the name of a role in the reader's language; one that the desk gave itself stays as it is."""
    return gettext(name) if name in _GIVEN else name
