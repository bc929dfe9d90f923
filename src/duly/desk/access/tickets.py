"""Who may see a ticket and do what to it."""

from typing import Literal, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.people.person import Person
from duly.desk.people.role import Right
from duly.desk.people.team import Team, TeamMember
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket

Rows = TypeVar("Rows", bound=Model)


def visible_to(actor: Actor) -> QuerySet[Ticket]:
    """The tickets that an actor sees: the one answer for pages, search, API, mail and exports."""
    shown = Q(pk__in=())
    if actor.has(Right.SEE_TICKETS):
        shown |= ~Q(team__in=actor.barred_teams)
    if actor.person_id is not None and actor.organisations:
        shown |= Q(requester=actor.person_id, organisation__in=list(actor.organisations))
        shown |= Q(organisation__in=_shared(actor))
    if actor.person_id is not None:
        shown |= Q(requester=actor.person_id, organisation=None)
    return Ticket.objects.filter(shown)


def on_visible(rows: "QuerySet[Rows]", actor: Actor) -> "QuerySet[Rows]":
    """Those of some rows whose `ticket` an actor sees. Of whoever sees them all no ticket is looked at."""
    if actor.has(Right.SEE_TICKETS) and not actor.barred_teams:
        return rows
    return rows.filter(ticket__in=visible_to(actor))


def of_organisation(rows: "QuerySet[Rows]", actor: Actor, organisation_id: int) -> "QuerySet[Rows]":
    """The same of one organisation: no ticket is looked at where the actor sees all of its tickets."""
    if organisation_id in _shared(actor):
        return rows
    return on_visible(rows, actor)


def may_see(actor: Actor, ticket: Ticket) -> bool:
    """Whether `visible_to` holds this ticket, answered without asking the database."""
    return _sees_as_agent(actor, ticket) or is_customer_of(actor, ticket)


def is_customer_of(actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor stands on the customer's side of this ticket."""
    if actor.person_id is None:
        return False
    organisation = ticket.organisation_id
    if ticket.requester_id == actor.person_id:
        return organisation is None or organisation in actor.organisations
    return organisation is not None and organisation in _shared(actor)


def agents_who_see(ticket: Ticket) -> QuerySet[Person]:
    """The agents for whom `may_see_internal` holds, by name."""
    right = "grants__role__rights__contains"
    sees = Person.objects.filter(is_active=True, **{right: [Right.SEE_TICKETS.value]})
    # Asked apart: two rights may come with two roles.
    private = Person.objects.filter(**{right: [Right.SEE_PRIVATE_TICKETS.value]})
    is_open = ~Exists(Team.objects.filter(pk=ticket.team_id or 0, is_private=True))
    member = Exists(TeamMember.objects.filter(team=ticket.team_id, person=OuterRef("pk")))
    return sees.filter(is_open | member | Q(pk__in=private)).distinct().order_by("name", "email")


def side_of(actor: Actor, ticket: Ticket) -> Literal["agent", "customer"]:
    """On whose side of this ticket the actor speaks; somebody on both speaks for the desk."""
    return "agent" if _agent_may(actor, ticket, Right.REPLY) else "customer"


def may_reply(actor: Actor, ticket: Ticket) -> bool:
    """Agents with the right, and everybody on the customer's side who sees the ticket."""
    return _agent_may(actor, ticket, Right.REPLY) or is_customer_of(actor, ticket)


def may_note(actor: Actor, ticket: Ticket) -> bool:
    """Agents with the right; customers never see or write notes."""
    return _agent_may(actor, ticket, Right.NOTE)


def may_see_internal(actor: Actor, ticket: Ticket) -> bool:
    """Whether notes and internal events of this ticket are shown."""
    return _sees_as_agent(actor, ticket)


def may_assign(actor: Actor, ticket: Ticket) -> bool:
    """Agents with the right."""
    return _agent_may(actor, ticket, Right.ASSIGN)


def may_prioritise(actor: Actor, ticket: Ticket) -> bool:
    """Agents with the right; the customer with the last word, and with the first until the desk had one."""
    if _agent_may(actor, ticket, Right.PRIORITISE):
        return True
    if not is_customer_of(actor, ticket):
        return False
    intake = intake_of(ticket.binding_id)
    return intake.final == "customer" or (intake.first == "customer" and not _is_regraded(ticket))


def _is_regraded(ticket: Ticket) -> bool:
    """Whether the desk has set the priority since the ticket was opened. An event names `by` only where it is not."""
    settings = Event.objects.filter(ticket=ticket, kind="prioritised")
    return settings.filter(facts__by__isnull=True).exists()


def may_progress(actor: Actor, ticket: Ticket) -> bool:
    """Wait, resume, mark, close: agents with the right."""
    return _agent_may(actor, ticket, Right.PROGRESS)


def may_resolve(actor: Actor, ticket: Ticket) -> bool:
    """Agents with the right, and the customer, who knows best whether the trouble is over."""
    return may_progress(actor, ticket) or is_customer_of(actor, ticket)


def may_reopen(actor: Actor, ticket: Ticket) -> bool:
    """Whoever may resolve."""
    return may_resolve(actor, ticket)


def may_escalate(actor: Actor, ticket: Ticket) -> bool:
    """The customer, where the policy makes it their right, and agents who open tickets for customers."""
    if _agent_may(actor, ticket, Right.OPEN_FOR_CUSTOMER):
        return True
    terms = terms_of_binding(ticket.binding_id)
    is_theirs = terms is None or terms.ladder is None or terms.ladder.invoked_by == "customer"
    return is_theirs and is_customer_of(actor, ticket)


def may_rate(actor: Actor, ticket: Ticket) -> bool:
    """The requester alone says how the help was."""
    return ticket.requester_id == actor.person_id and is_customer_of(actor, ticket)


def may_exclude(actor: Actor, ticket: Ticket) -> bool:
    """Agents with the right: it takes every promise away."""
    return _agent_may(actor, ticket, Right.EXCLUDE)


def may_object(actor: Actor, ticket: Ticket) -> bool:
    """Everybody on the customer's side: whom a promise was taken from may say why that is wrong."""
    return is_customer_of(actor, ticket)


def may_merge(actor: Actor, ticket: Ticket) -> bool:
    """Agents with the right, on either ticket."""
    return _agent_may(actor, ticket, Right.MERGE)


def may_open_for(actor: Actor, *, requester_id: int, organisation_id: int | None) -> bool:
    """Agents with the right for anybody; a contact for themselves, in an organisation of theirs."""
    if may_open_for_customers(actor):
        return True
    if actor.person_id is None or requester_id != actor.person_id:
        return False
    if organisation_id is None:
        return True
    return Right.OPEN_TICKETS in actor.organisations.get(organisation_id, frozenset())


def may_open_for_customers(actor: Actor) -> bool:
    """Open tickets for others, and make a caller known whom nobody knows yet: agents with the right."""
    return actor.has(Right.OPEN_FOR_CUSTOMER)


def may_route(actor: Actor) -> bool:
    """Give a ticket that is being opened to a team or an agent: agents who assign."""
    return actor.has(Right.ASSIGN)


def _sees_as_agent(actor: Actor, ticket: Ticket) -> bool:
    return actor.has(Right.SEE_TICKETS) and ticket.team_id not in actor.barred_teams


def _agent_may(actor: Actor, ticket: Ticket, right: Right) -> bool:
    return _sees_as_agent(actor, ticket) and actor.has(right)


def _shared(actor: Actor) -> list[int]:
    """Organisations whose tickets the actor sees, colleagues' included."""
    return [
        organisation
        for organisation, rights in actor.organisations.items()
        if Right.SEE_ORGANISATION_TICKETS in rights
    ]
