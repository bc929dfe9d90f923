"""Foresee what an action on agreements would do to promises: it is done, looked at, and taken back."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from duly.core.terms import Terms
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.agreements.binding import midnight
from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.queries.due_changes import DueChange, due_changes
from duly.desk.queries.shifts import Shift, shifts
from duly.desk.tickets.ticket import Status, Ticket

MOST = 500
"""So many open tickets of a subscription are folded; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody else in a place of the plan; `keeps` open tickets stay with whoever had it."""

    title: str
    before: str
    after: str
    takes_tickets: bool
    keeps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would become of one subscription: from when, and its terms until then and from then on.

    `moved` open tickets are counted anew; `changes` are the dues of those that the actor sees. Both stay empty where
    open tickets keep their terms, as at an end.
    """

    subscription_id: int
    organisation: str
    plan: str
    from_at: datetime
    zone: ZoneInfo
    before: Terms | None
    after: Terms | None
    moved: int = 0
    changes: tuple[DueChange, ...] = ()
    named: tuple[Named, ...] = ()

    @property
    def is_end(self) -> bool:
        """Whether nothing is promised to new reports from then on."""
        return self.before is not None and self.after is None

    @property
    def is_counted(self) -> bool:
        """Whether promises are counted by other terms, and not only somebody else named."""
        return self.before is not self.after

    @property
    def later(self) -> int:
        """How many dues would be later."""
        return sum(change.is_later for change in self.changes)

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """Examples: of each level the first report that would be promised otherwise."""
        return shifts(self.before, self.after, self.from_at, self.zone)


@dataclass(frozen=True, slots=True)
class _Stand:
    """What an action on agreements can change, as it stands."""

    last: int
    ends: Mapping[int, date | None]
    named: Mapping[tuple[int, str], NamedPerson]


def foresee(
    doing: Callable[[], object], *, actor: Actor, organisation_ids: Collection[int], at: datetime
) -> tuple[Foreseen, ...]:
    """Let an action happen, look at what it made of these organisations' subscriptions, and take everything back.

    Whoever is asked must be allowed to do it, and what the action refuses is refused here: it raises what that raises.
    """
    with transaction.atomic():
        before = _stand(organisation_ids)
        doing()
        found = tuple(_found(before, _stand(organisation_ids), actor, at))
        transaction.set_rollback(True)
    return found


def _stand(organisation_ids: Collection[int]) -> _Stand:
    rows = Subscription.objects.filter(organisation__in=organisation_ids)
    last = (
        Binding.objects.filter(subscription__in=rows).order_by("-pk").values_list("pk", flat=True)
    )
    named = NamedPerson.objects.filter(subscription__in=rows).select_related("person")
    return _Stand(
        last=last.first() or 0,
        ends=dict(rows.values_list("pk", "to_on")),
        named={(each.subscription_id, each.place): each for each in named},
    )


def _found(before: _Stand, after: _Stand, actor: Actor, at: datetime) -> Iterator[Foreseen]:
    made = Binding.objects.filter(pk__gt=before.last, subscription__in=after.ends)
    rows = made.select_related("subscription__organisation")
    for new in rows.order_by("subscription", "from_at", "pk").distinct("subscription"):
        yield _bound(new, before.last, actor)
    ended = {pk for pk, day in before.ends.items() if after.ends[pk] != day}
    for row in Subscription.objects.filter(pk__in=ended).select_related("organisation"):
        yield from _ended(row, before.ends[row.pk], at)
    changed = {
        key[0]
        for key in before.named.keys() | after.named.keys()
        if _holder(before, key) != _holder(after, key)
    }
    for row in Subscription.objects.filter(pk__in=changed).select_related("organisation"):
        yield _filled(row, before, after, at)


def _holder(stand: _Stand, key: tuple[int, str]) -> int | None:
    named = stand.named.get(key)
    return named.person_id if named else None


def _bound(new: Binding, last: int, actor: Actor) -> Foreseen:
    """The first of the bindings behind `last`, beside the one that would have held then."""
    row = new.subscription
    held = row.bindings.filter(pk__lte=last, from_at__lte=new.from_at).order_by("-from_at", "-pk")
    tickets = _open_tickets(row)
    seen = visible_to(actor).filter(pk__in=tickets).order_by("number")[:MOST]
    return Foreseen(
        subscription_id=row.pk,
        organisation=row.organisation.name,
        plan=new.plan_name,
        from_at=new.from_at,
        zone=ZoneInfo(row.organisation.zone),
        before=terms_of_binding(held.values_list("pk", flat=True).first()),
        after=terms_of_binding(new.pk),
        moved=tickets.count(),
        changes=due_changes(list(seen), new, last=last),
    )


def _ended(row: Subscription, day: date | None, at: datetime) -> Iterator[Foreseen]:
    """From the day on which the one would cover new reports and the other not."""
    limits = [each for each in (day, row.to_on) if each is not None]
    zone = ZoneInfo(row.organisation.zone)
    since = max(midnight(min(limits) + timedelta(days=1), zone), at)
    told = _as_it_is(row, since)
    is_shorter = day is None or (row.to_on is not None and row.to_on < day)
    yield replace(told, after=None) if is_shorter else replace(told, before=None)


def _filled(row: Subscription, before: _Stand, after: _Stand, at: datetime) -> Foreseen:
    told = _as_it_is(row, at)
    bindings = row.bindings.values_list("pk", flat=True)
    places = {each.key: each for pk in bindings for each in intake_of(pk).places}
    found = []
    for key, place in places.items():
        old, new = before.named.get((row.pk, key)), after.named.get((row.pk, key))
        if _holder(before, (row.pk, key)) != _holder(after, (row.pk, key)):
            found.append(
                Named(
                    title=place.title,
                    before=str(old.person) if old else "",
                    after=str(new.person) if new else "",
                    takes_tickets=place.takes_tickets,
                    keeps=_open_tickets(row).filter(assignee=old.person).count() if old else 0,
                )
            )
    return replace(told, named=tuple(found))


def _open_tickets(row: Subscription) -> QuerySet[Ticket]:
    rows = Ticket.objects.filter(subscription=row, binding__isnull=False)
    return rows.exclude(status=Status.CLOSED.value)


def _as_it_is(row: Subscription, since: datetime) -> Foreseen:
    """What holds at an instant, as if nothing changed."""
    held = row.bindings.filter(from_at__lte=since).order_by("-from_at", "-pk").first()
    terms = terms_of_binding(held.pk if held else None)
    return Foreseen(
        subscription_id=row.pk,
        organisation=row.organisation.name,
        plan=held.plan_name if held else "",
        from_at=since,
        zone=ZoneInfo(row.organisation.zone),
        before=terms,
        after=terms,
    )
