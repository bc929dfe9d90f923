"""Who is to be told of what happens to a ticket, before rights are asked."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from duly.desk.agreements.terms import terms_of_binding
from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.people.role import Right
from duly.desk.people.team import TeamMember
from duly.desk.tickets.allowances import OVER
from duly.desk.tickets.event import Event
from duly.desk.tickets.mentions import MENTIONED
from duly.desk.tickets.tag import Follower
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.who_answers import stood_in_for


class Hearer(StrEnum):
    """A part that somebody plays on a ticket."""

    REQUESTER = "requester"
    ANSWERABLE = "answerable"
    """Whoever answers for the ticket: its agent where they work, else the leads of its team, else all leads."""
    LEADS = "leads"
    MENTIONED = "mentioned"
    """Whom a note mentions."""
    MANAGERS = "managers"
    """Whoever manages the customer's organisation, else the requester."""


TOLD: Mapping[str, frozenset[Hearer]] = {
    "opened": frozenset({Hearer.REQUESTER, Hearer.ANSWERABLE}),
    "assigned": frozenset({Hearer.ANSWERABLE}),
    "resolved": frozenset({Hearer.REQUESTER}),
    "reopened": frozenset({Hearer.ANSWERABLE}),
    "escalated": frozenset({Hearer.REQUESTER, Hearer.ANSWERABLE, Hearer.LEADS}),
    "excluded": frozenset({Hearer.REQUESTER}),
    "objected": frozenset({Hearer.ANSWERABLE, Hearer.LEADS}),
    "due_soon": frozenset({Hearer.ANSWERABLE}),
    "missed": frozenset({Hearer.ANSWERABLE, Hearer.LEADS}),
    "level_opened": frozenset({Hearer.REQUESTER, Hearer.ANSWERABLE}),
    "replied": frozenset({Hearer.REQUESTER, Hearer.ANSWERABLE}),
    "used_up": frozenset({Hearer.MANAGERS, Hearer.LEADS}),
    "noted": frozenset({Hearer.MENTIONED}),
}
"""Who hears of each kind of event; a kind that is not here is told to nobody."""


def is_told(kind: str, facts: Mapping[str, object]) -> bool:
    """Whether anybody may have to be told: of a note only those hear whom it mentions."""
    return kind in TOLD and (kind != "noted" or MENTIONED in facts)


def hearers(event: Event, ticket: Ticket) -> set[int]:
    """The people to tell of an event: never whoever did it, save that opening is confirmed."""
    wanted = _wanted(event, ticket)
    people: set[int] = set()
    if Hearer.ANSWERABLE in wanted:
        people |= answerable_for(ticket, None if event.kind == "assigned" else event.at)
        people |= _followers(ticket)
    if Hearer.LEADS in wanted:
        people |= _leads(ticket)
    if Hearer.MANAGERS in wanted:
        people |= _managers(ticket) or {ticket.requester_id}
    if Hearer.MENTIONED in wanted:
        people |= set(event.facts.get(MENTIONED, ()))
    people.discard(event.person_id or 0)
    if Hearer.REQUESTER in wanted and (
        event.kind == "opened" or event.person_id != ticket.requester_id
    ):
        people.add(ticket.requester_id)
    return people


def _wanted(event: Event, ticket: Ticket) -> frozenset[Hearer]:
    if event.kind == "replied":
        if event.facts["by"] == "automatic":
            return frozenset()  # whoever is told might answer, and a machine would answer that
        from_agent = event.facts["by"] == "agent"
        return frozenset({Hearer.REQUESTER if from_agent else Hearer.ANSWERABLE})
    if event.kind == "opened" and OVER in event.facts:
        return TOLD["opened"] | TOLD["used_up"]
    if event.kind == "level_opened" and not _customer_escalates(ticket):
        return frozenset({Hearer.ANSWERABLE})
    return TOLD.get(event.kind, frozenset())


def _customer_escalates(ticket: Ticket) -> bool:
    """Whether a level that opens is a right of the customer, who then should know."""
    terms = terms_of_binding(ticket.binding_id)
    ladder = terms.ladder if terms else None
    return ladder is not None and ladder.invoked_by == "customer"


def is_unasked(event: Event, ticket: Ticket, person_id: int) -> bool:
    """Whether a person may never have asked to be told: mail in their name opened it, no customer is theirs."""
    by_mail = event.kind == "opened" and ticket.channel == "email"
    return by_mail and ticket.organisation_id is None and person_id == ticket.requester_id


def answerable_for(ticket: Ticket, at: datetime | None) -> set[int]:
    """Whoever answers for a ticket at an instant; never nobody while the desk has somebody who runs it.

    Without an instant it is its agent, at work or not: whoever is given a ticket hears of that.
    """
    if ticket.assignee_id is not None and (at is None or not stood_in_for([ticket], at)):
        return {ticket.assignee_id}
    return _leads(ticket) or who_run_the_desk()


def _followers(ticket: Ticket) -> set[int]:
    return set(Follower.objects.filter(ticket=ticket).values_list("person_id", flat=True))


def _leads(ticket: Ticket) -> set[int]:
    """Those of its team, else those of all teams that are not private. One statement."""
    leads = TeamMember.objects.filter(is_lead=True, person__is_active=True)
    by_team = leads.filter(Q(team=ticket.team_id) | Q(team__is_private=False))
    found = set(by_team.values_list("person_id", "team_id"))
    own = {person_id for person_id, team_id in found if team_id == ticket.team_id}
    return own or {person_id for person_id, _ in found}


def _managers(ticket: Ticket) -> set[int]:
    managers = Membership.objects.filter(
        organisation=ticket.organisation_id,
        person__is_active=True,
        role__rights__contains=[Right.MANAGE_ORGANISATION],
    )
    return set(managers.values_list("person_id", flat=True))


def who_run_the_desk() -> set[int]:
    """Everybody who may set the desk up: they are told where nobody else can be, and of the desk's own troubles."""
    holders = Person.objects.filter(
        is_active=True, grants__role__rights__contains=[Right.MANAGE_SETUP]
    )
    return set(holders.values_list("pk", flat=True))
