"""Who is to be told of what happens to a ticket, before rights are asked."""

from collections.abc import Mapping
from enum import StrEnum

from duly.desk.people.person import Person
from duly.desk.people.role import Right
from duly.desk.people.team import TeamMember
from duly.desk.tickets.event import Event
from duly.desk.tickets.tag import Follower
from duly.desk.tickets.ticket import Ticket


class Hearer(StrEnum):
    """A part that somebody plays on a ticket."""

    REQUESTER = "requester"
    ANSWERABLE = "answerable"
    """Whoever answers for the ticket: its agent, else the leads of its team, else all leads."""
    LEADS = "leads"


TOLD: Mapping[str, frozenset[Hearer]] = {
    "opened": frozenset({Hearer.REQUESTER, Hearer.ANSWERABLE}),
    "assigned": frozenset({Hearer.ANSWERABLE}),
    "resolved": frozenset({Hearer.REQUESTER}),
    "reopened": frozenset({Hearer.ANSWERABLE}),
    "escalated": frozenset({Hearer.ANSWERABLE, Hearer.LEADS}),
    "excluded": frozenset({Hearer.REQUESTER}),
    "due_soon": frozenset({Hearer.ANSWERABLE}),
    "missed": frozenset({Hearer.ANSWERABLE}),
    "level_opened": frozenset({Hearer.ANSWERABLE}),
    "replied": frozenset({Hearer.REQUESTER, Hearer.ANSWERABLE}),
}
"""Who hears of each kind of event; a kind that is not here is told to nobody."""


def hearers(event: Event, ticket: Ticket) -> set[int]:
    """The people to tell of an event: never whoever did it, save that opening is confirmed."""
    wanted = TOLD.get(event.kind, frozenset())
    if event.kind == "replied":
        if event.facts["by"] == "automatic":
            return set()  # whoever is told might answer, and a machine would answer that
        from_agent = event.facts["by"] == "agent"
        wanted = frozenset({Hearer.REQUESTER if from_agent else Hearer.ANSWERABLE})
    people: set[int] = set()
    if Hearer.ANSWERABLE in wanted:
        people |= answerable_for(ticket)
        people |= _followers(ticket)
    if Hearer.LEADS in wanted:
        people |= _leads(ticket)
    people.discard(event.person_id or 0)
    if Hearer.REQUESTER in wanted and (
        event.kind == "opened" or event.person_id != ticket.requester_id
    ):
        people.add(ticket.requester_id)
    return people


def answerable_for(ticket: Ticket) -> set[int]:
    """Whoever answers for a ticket; never nobody while the desk has somebody who runs it."""
    if ticket.assignee_id is not None:
        return {ticket.assignee_id}
    return _leads(ticket) or _who_run_the_desk()


def _followers(ticket: Ticket) -> set[int]:
    return set(Follower.objects.filter(ticket=ticket).values_list("person_id", flat=True))


def _leads(ticket: Ticket) -> set[int]:
    leads = TeamMember.objects.filter(is_lead=True, person__is_active=True)
    own = set(leads.filter(team=ticket.team_id).values_list("person_id", flat=True))
    return own or set(leads.filter(team__is_private=False).values_list("person_id", flat=True))


def _who_run_the_desk() -> set[int]:
    holders = Person.objects.filter(
        is_active=True, grants__role__rights__contains=[Right.MANAGE_SETUP]
    )
    return set(holders.values_list("pk", flat=True))
