"""The filters of the queue as conditions. Each is a bounded walk of an index: what is not, is not offered."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from duly.desk.access.actor import Actor
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.subscription import Binding
from duly.desk.tickets.field import FieldValue
from duly.desk.tickets.selection import DAYS, HOURS, Filters
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import IN_QUEUE, NO_RANK, Ticket
from duly.desk.tickets.who_answers import stood_in_for

FEW = 5_000
"""As many tickets of the queue with a tag or value are looked up one by one; with more, each of its lines is asked."""


def unfinished(
    rows: QuerySet[Ticket], filters: Filters, actor: Actor, at: datetime
) -> QuerySet[Ticket]:
    """Those of the tickets that are in the queue and fit. What was put aside is in the way only when asked for.

    One statement for what filters name, and one for who is absent, besides the rows' own.
    """
    rows = rows.filter(IN_QUEUE, snoozed_until__isnull=filters.state != "aside")
    named = _named(filters)
    for name, value in filters.given().items():
        match name:
            case "tag":
                rows = _marked(rows, _tagging(value), [row.id for row in named if row.by == "tag"])
            case "field":
                few = [row.id for row in named if row.by == "field"]
                rows = _marked(rows, _value(value), few)
            case "plan":
                rows = rows.filter(binding__in=[row.id for row in named if row.by == "plan"])
            case "assignee" if value == "nobody":
                rows = rows.filter(Q(assignee=None) | Q(pk__in=_of_the_absent(named, at)))
            case _:
                rows = rows.filter(_condition(name, value, actor, at))
    return rows


class _Named(NamedTuple):
    """A row that a filter names, by id; of a ticket also who answers it, for whom, by which terms."""

    by: str
    id: int
    assignee: int | None
    subscription: int | None
    binding: int | None


def _named(filters: Filters) -> list[_Named]:
    """Look everything up at once, as values, by which PostgreSQL knows how rare they are."""
    parts: list[QuerySet[Any, Any]] = []
    if filters.plan:
        parts.append(_bindings(filters.plan).values_list(Value("plan"), "pk", *_NOTHING))
    for name, value, marks in (("tag", filters.tag, _tagging), ("field", filters.field, _value)):
        if value:
            rows = marks(value).values_list(Value(name), "ticket", *_NOTHING)
            parts.append(rows[: FEW + 1])
    if filters.assignee == "nobody":
        named = NamedPerson.objects.filter(
            person=OuterRef("assignee"), subscription=OuterRef("subscription")
        )
        tickets = Ticket.objects.filter(IN_QUEUE, Exists(named))
        columns = ("assignee", "subscription", "binding")
        parts.append(tickets.values_list(Value("absent"), "pk", *columns))
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return [_Named(*row) for row in found]


_NOTHING = (Cast(Value(None), BigIntegerField()),) * 3


def _tagging(name: str) -> QuerySet[Any]:
    return Tagging.objects.filter(tag__name=name.lower(), is_in_queue=True)


def _value(written: str) -> QuerySet[Any]:
    key, _, value = written.partition(":")
    return values_held(key, value).filter(is_in_queue=True)


def values_held(key: str, value: str) -> QuerySet[FieldValue]:
    """What stands in a field, whatever the case of its letters."""
    return FieldValue.objects.filter(field__key=key, is_current=True, text__iexact=value)


def _marked(rows: QuerySet[Ticket], marks: QuerySet[Any], found: Sequence[int]) -> QuerySet[Ticket]:
    if len(found) <= FEW:
        return rows.filter(pk__in=found)
    # A condition on a subquery's value is not turned into a join, which would read every ticket that ever had the mark.
    own = marks.filter(ticket=OuterRef("pk")).values("pk")[:1]
    return rows.alias(mark=Subquery(own)).filter(mark__isnull=False)


def _condition(name: str, value: str, actor: Actor, at: datetime) -> Q:  # noqa: PLR0911 - one for each filter
    match name:
        case "rank":
            return {"top": Q(rank__lt=10), "upper": Q(rank__lt=500), "unset": Q(rank=NO_RANK)}[
                value
            ]
        case "team":
            return _team(value, actor)
        case "assignee":
            return Q(assignee=actor.person_id if value == "me" else int(value))
        case "state":
            return _state(value)
        case "due":
            return _due(value, at)
        case "opened":
            return Q(opened_at__gte=at - timedelta(days=DAYS[value]))
        case "organisation":
            return Q(organisation=int(value))
    return Q(**{name: value})


def _bindings(value: str) -> QuerySet[Binding]:
    """The bindings of a policy or of one of its plans."""
    policy, _, plan = value.partition("/")
    rows = Binding.objects.filter(version__policy__key=policy)
    return rows.filter(plan=plan) if plan else rows


def _team(value: str, actor: Actor) -> Q:
    if value == "mine":
        return Q(team__in=sorted(actor.teams))
    return Q(team=None) if value == "none" else Q(team=int(value))


def _of_the_absent(named: list[_Named], at: datetime) -> list[int]:
    """Tickets that the team answers while somebody whom a plan names is not at work."""
    tickets = (
        Ticket(
            pk=row.id,
            assignee_id=row.assignee,
            subscription_id=row.subscription,
            binding_id=row.binding,
        )
        for row in named
        if row.by == "absent"
    )
    return sorted(stood_in_for(tickets, at))


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
