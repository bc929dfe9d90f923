"""What stands around every page of Setup: the workspace, and the parts that the reader may open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.audit import may_see_audit
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.people import may_manage_people, may_manage_roles
from duly.desk.access.setup import may_set_up
from duly.desk.queries.staff import may_see_staff
from duly.web.access import Visit
from duly.web.agent import shell


@dataclass(frozen=True, slots=True)
class Part:
    """A part of Setup: how it is called, where it is, and what can be done there."""

    name: str
    label: str
    address: str
    text: str


def around(visit: Visit, here: str = "") -> dict[str, Any]:
    """The values that the frame of a page of Setup asks for."""
    return shell.around(visit.actor, "setup") | {"parts": list(parts(visit.actor)), "part": here}


def parts(actor: Actor) -> Iterator[Part]:
    """The parts that somebody may open, in the order in which a desk is set up."""
    yield Part(
        "policies",
        _("Policies"),
        reverse("setup:policies"),
        _("What is promised: the published versions, drafts, and who holds which."),
    )
    yield Part(
        "calendars",
        _("Calendars"),
        reverse("setup:calendars"),
        _("Open hours painted on a year, with holidays and the days on which clocks change."),
    )
    yield Part(
        "subscriptions",
        _("Subscriptions"),
        reverse("setup:subscriptions"),
        _("Which customer holds which plan, until when, and how much of it is used."),
    )
    if may_see_staff(actor):
        yield Part(
            "people",
            _("People"),
            reverse("setup:people"),
            _("Who works here, with which roles, in which teams, when, and when not."),
        )
    elif actor.person_id is not None:
        yield Part(
            "people",
            _("Your hours"),
            reverse("setup:agent", args=[actor.person_id]),
            _("When you work, and when you are away."),
        )
    if may_manage_people(actor):
        yield Part(
            "teams",
            _("Teams"),
            reverse("setup:teams"),
            _("Who shares a queue, who leads, and whose tickets are theirs alone."),
        )
    if may_manage_roles(actor):
        yield Part(
            "roles",
            _("Roles"),
            reverse("setup:roles"),
            _("What each role allows."),
        )
    yield Part(
        "macros",
        _("Macros"),
        reverse("setup:macros"),
        _("Words and steps that come again and again."),
    )
    if may_set_up(actor):
        yield Part(
            "fields",
            _("Fields"),
            reverse("setup:fields"),
            _("What this desk wants to know about its tickets."),
        )
        yield Part(
            "branding",
            _("Branding"),
            reverse("setup:branding"),
            _("Name, logo, colour and footer of pages and letters."),
        )
        yield Part(
            "closing",
            _("Closing"),
            reverse("setup:closing"),
            _("When resolved tickets close by themselves."),
        )
    if may_manage_mailboxes(actor):
        yield Part(
            "mailboxes",
            _("Mailboxes"),
            reverse("setup:mailboxes"),
            _("Where mail comes in, and whose word on senders counts."),
        )
        yield Part(
            "outgoing",
            _("Outgoing mail"),
            reverse("setup:outgoing"),
            _("Where mail goes, and a test of it."),
        )
    if may_see_audit(actor):
        yield Part(
            "audit",
            _("Audit"),
            reverse("setup:audit"),
            _("Who did what to the desk, and when."),
        )
