"""The roles that every desk begins with; their names and rights are its owner's to change."""

from collections.abc import Mapping
from dataclasses import dataclass

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
        "Administrator", frozenset(Right) - _CONTACT - {Right.MANAGE_ORGANISATION}
    ),
    LEAD: StandardRole("Lead", _LEAD),
    AGENT: StandardRole("Agent", _AGENT),
    LIGHT_AGENT: StandardRole("Light agent", _LIGHT),
    MANAGER: StandardRole(
        "Contact, manages the organisation", _CONTACT | {Right.MANAGE_ORGANISATION}
    ),
    CONTACT: StandardRole("Contact, sees the organisation's tickets", _CONTACT),
    LONE_CONTACT: StandardRole("Contact, sees their own tickets", frozenset({Right.OPEN_TICKETS})),
}
