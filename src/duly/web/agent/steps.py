"""The steps that need no words: resolve, wait, take up again. Most can be taken back by another, named in `back`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions.tickets.exclude import withdraw_exclusion
from duly.desk.actions.tickets.follow import follow, unfollow
from duly.desk.actions.tickets.merge import unmerge
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.split import unsplit
from duly.desk.actions.tickets.wait import wait
from duly.desk.queries.agent_ticket import AgentTicket


class Action(Protocol):
    """An action on a ticket that needs nothing but the ticket."""

    def __call__(self, *, actor: Actor, ticket_id: int, at: datetime) -> object:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A step: what it does, what it is called, what is said afterwards, and which other step takes it back."""

    act: Action
    label: Callable[[], str]
    done: Callable[[], str]
    back: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step on offer on a ticket."""

    label: str
    address: str
    key: str


def _wait_for_customer(*, actor: Actor, ticket_id: int, at: datetime) -> object:
    return wait(actor=actor, ticket_id=ticket_id, on="customer", at=at)


def _bring_back(*, actor: Actor, ticket_id: int, at: datetime) -> object:
    return snooze(actor=actor, ticket_id=ticket_id, until=None, at=at)


VERBS = {
    "wait": Verb(
        _wait_for_customer,
        lambda: _("Wait for the customer"),
        lambda: _("Waiting for the customer."),
        "resume",
    ),
    "resume": Verb(resume, lambda: _("Take up again"), lambda: _("Taken up again."), "wait"),
    "resolve": Verb(resolve, lambda: _("Resolve"), lambda: _("Resolved."), "reopen", "e"),
    "reopen": Verb(reopen, lambda: _("Reopen"), lambda: _("Reopened."), "resolve"),
    "follow": Verb(follow, lambda: _("Follow"), lambda: _("You follow this ticket."), "unfollow"),
    "unfollow": Verb(
        unfollow, lambda: _("Stop following"), lambda: _("You no longer follow it."), "follow"
    ),
    "bring-back": Verb(_bring_back, lambda: _("Bring back"), lambda: _("Back in the queue.")),
    "unmerge": Verb(
        unmerge, lambda: _("Take the merging back"), lambda: _("Its own ticket again.")
    ),
    "unsplit": Verb(
        unsplit, lambda: _("Take the splitting back"), lambda: _("Back in the ticket it came from.")
    ),
    "withdraw": Verb(
        withdraw_exclusion,
        lambda: _("Withdraw the exclusion"),
        lambda: _("Withdrawn: every promise stands as before."),
    ),
}
OFFERED = {"open": ("wait", "resolve"), "waiting": ("resume", "resolve"), "resolved": ("reopen",)}


def steps(ticket: AgentTicket) -> list[Step]:
    """The steps that make sense where the ticket stands, for those who may take them."""
    return [
        Step(VERBS[name].label(), address(ticket.number, name), VERBS[name].key)
        for name in _offered(ticket)
    ]


def _offered(ticket: AgentTicket) -> list[str]:
    done, names = ticket.handling, list[str]()
    has_words = any(entry.is_message for entry in ticket.entries)  # a splitting may have taken them
    if done.merged_into is not None and has_words and "merge" in ticket.may:
        names.append("unmerge")
    if done.excluded_by and "exclude" in ticket.may:
        names.append("withdraw")
    if "progress" in ticket.may:
        names += ["bring-back"] if done.snoozed_until else []
        names += OFFERED.get(ticket.status, ())
    return names


def address(number: int, verb: str) -> str:
    """The address that takes a step."""
    return reverse("agent:step", args=[number, verb])
