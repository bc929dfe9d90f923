"""The steps that need no words: resolve, wait, take up again. Each can be taken back by another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.wait import wait
from duly.desk.errors import NotFound
from duly.desk.queries.agent_ticket import AgentTicket
from duly.desk.queries.reading import ticket_id
from duly.web.access import Visit, agents


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
    back: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step on offer on a ticket."""

    label: str
    address: str
    key: str


def _wait_for_customer(*, actor: Actor, ticket_id: int, at: datetime) -> object:
    return wait(actor=actor, ticket_id=ticket_id, on="customer", at=at)


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
}
OFFERED = {"open": ("wait", "resolve"), "waiting": ("resume", "resolve"), "resolved": ("reopen",)}


def steps(ticket: AgentTicket) -> list[Step]:
    """The steps that make sense where the ticket stands, for those who may take them."""
    if "progress" not in ticket.may:
        return []
    return [
        Step(VERBS[name].label(), _address(ticket.number, name), VERBS[name].key)
        for name in OFFERED.get(ticket.status, ())
    ]


@agents("POST")
def step(request: HttpRequest, visit: Visit, number: int, verb: str) -> HttpResponse:
    """Take a step and offer to take it back."""
    if verb not in VERBS:
        raise NotFound
    chosen = VERBS[verb]
    chosen.act(actor=visit.actor, ticket_id=ticket_id(visit.actor, number), at=visit.at)
    messages.success(request, chosen.done(), extra_tags=_address(number, chosen.back))
    return redirect("agent:ticket", number)


def _address(number: int, verb: str) -> str:
    return reverse("agent:step", args=[number, verb])
