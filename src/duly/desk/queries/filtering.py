"""The filters of the queue as conditions. Each is a bounded walk of an index: what is not, is not offered."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from duly.desk.access.actor import Actor
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.subscription import Binding
from duly.desk.tickets.field import FieldValue
from duly.desk.tickets.selection import DAYS, HOURS, Filters
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import IN_QUEUE, NO_RANK, Ticket
from duly.desk.tickets.who_answers import stood_in_for

FEW = 5_000
"""As many tickets with a tag or value are looked up one by one; with more, the queue is walked and each line asked."""


def unfinished(
    rows: QuerySet[Ticket], filters: Filters, actor: Actor, at: datetime
) -> QuerySet[Ticket]:
    """Those of the tickets that are in the queue and fit. What was put aside is in the way only when asked for."""
    rows = rows.filter(IN_QUEUE, snoozed_until__isnull=filters.state != "aside")
    for name, value in filters.given().items():
        match name:
            case "tag":
                rows = tagged(rows, value)
            case "field":
                rows = holding(rows, *value.split(":", 1))
            case _:
                rows = rows.filter(_condition(name, value, actor, at))
    return rows


def tagged(rows: QuerySet[Ticket], name: str) -> QuerySet[Ticket]:
    """Those that carry a tag. One statement, besides the rows' own."""
    return _among(rows, Tagging.objects.filter(tag__name=name.lower()))


def holding(rows: QuerySet[Ticket], key: str, value: str) -> QuerySet[Ticket]:
    """Those in whose field of that key the value stands, whatever the case of its letters. One statement, likewise."""
    current = FieldValue.objects.filter(field__key=key, is_current=True, text__iexact=value)
    return _among(rows, current)


def _among(rows: QuerySet[Ticket], marks: QuerySet[Any]) -> QuerySet[Ticket]:
    few = list(marks.values_list("ticket_id", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return rows.filter(pk__in=few)
    # A condition on a subquery's value is not turned into a join, which would read every ticket that ever had the mark.
    own = marks.filter(ticket=OuterRef("pk")).values("pk")[:1]
    return rows.alias(mark=Subquery(own)).filter(mark__isnull=False)


def _condition(name: str, value: str, actor: Actor, at: datetime) -> Q:  # noqa: PLR0911 - one for each filter
    match name:
        case "rank":
            return {"top": Q(rank__lt=10), "upper": Q(rank__lt=500), "unset": Q(rank=NO_RANK)}[
                value
            ]
        case "plan":
            return Q(binding__in=_bindings(value))
        case "team":
            return _team(value, actor)
        case "assignee":
            return _assignee(value, actor, at)
        case "state":
            return _state(value)
        case "due":
            return _due(value, at)
        case "opened":
            return Q(opened_at__gte=at - timedelta(days=DAYS[value]))
        case "organisation":
            return Q(organisation=int(value))
    return Q(**{name: value})


def _bindings(value: str) -> list[int]:
    """The bindings of a policy or of one of its plans: as values, by which PostgreSQL knows how rare they are."""
    policy, _, plan = value.partition("/")
    rows = Binding.objects.filter(version__policy__key=policy)
    return list((rows.filter(plan=plan) if plan else rows).values_list("pk", flat=True))


def _team(value: str, actor: Actor) -> Q:
    if value == "mine":
        return Q(team__in=sorted(actor.teams))
    return Q(team=None) if value == "none" else Q(team=int(value))


def _assignee(value: str, actor: Actor, at: datetime) -> Q:
    if value == "me":
        return Q(assignee=actor.person_id)
    if value == "nobody":
        return Q(assignee=None) | Q(pk__in=_of_the_absent(at))
    return Q(assignee=int(value))


def _of_the_absent(at: datetime) -> list[int]:
    """Tickets that the team answers while somebody whom a plan names is not at work. At most three statements."""
    named = NamedPerson.objects.filter(
        person=OuterRef("assignee"), subscription=OuterRef("subscription")
    )
    rows = Ticket.objects.filter(IN_QUEUE, Exists(named))
    return sorted(stood_in_for(rows.only("assignee", "subscription", "binding"), at))


def _state(value: str) -> Q:
    match value:
        case "aside":
            return Q()
        case "open":
            return Q(waiting_on="")
        case "waiting":
            return Q(waiting_on__gt="")
    return Q(waiting_on=value)


def _due(value: str, at: datetime) -> Q:
    if value == "none":
        return Q(next_due_at=None)
    return (
        Q(next_due_at__lt=at)
        if value == "missed"
        else Q(next_due_at__lte=at + timedelta(hours=HOURS[value]))
    )
