"""What moving subscribers to a version would mean: who can be moved, and which dues of open tickets change."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.clock.values import Clock, Kind, State
from duly.core.events import Event as CoreEvent
from duly.core.events import Moved, Opened
from duly.core.terms import Terms
from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.require import require
from duly.desk.access.tickets import visible_to
from duly.desk.agreements.binding import Agreed, supposed
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of
from duly.desk.errors import Invalid
from duly.desk.queries.reading import core_history
from duly.desk.queries.subscriptions import Subscribed, holding, subscribed_of
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Status, Ticket

MOST = 500
"""So many open tickets are looked at; of a larger desk the rest is not counted, and the page says so."""
_NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueChange:
    """A promise of an open ticket that would be due at another instant, or no longer, or only then."""

    number: int
    subject: str
    kind: Kind
    old: datetime | None
    new: datetime | None

    @property
    def is_later(self) -> bool:
        """Whether the customer would wait longer."""
        return self.old is not None and (self.new is None or self.new > self.old)


@dataclass(slots=True, kw_only=True)
class Effect:
    """What a move would mean to one subscription; `problem` says why it cannot be moved."""

    subscribed: Subscribed
    problem: str = ""
    tickets: int = 0
    changes: list[DueChange] = field(default_factory=list)

    @property
    def later(self) -> int:
        """How many dues would be later."""
        return sum(change.is_later for change in self.changes)

    @property
    def earlier(self) -> int:
        """How many would be earlier, or promised for the first time."""
        return len(self.changes) - self.later


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """The version, whoever holds another one of the same policy, and whether all their tickets were looked at."""

    version_id: int
    policy: str
    policy_key: str
    version: str
    effective_on: date | None
    effects: Sequence[Effect]
    is_whole: bool


def moving(actor: Actor, version_id: int, at: datetime) -> Moving:
    """Suppose that everybody is moved now. Four statements, whatever is open, once terms are loaded.

    Raises:
        NotFound: the actor may not, or there is no such version.
    """
    version = PolicyVersion.objects.select_related("policy").filter(pk=version_id).first()
    require(may_manage_agreements(actor) and version is not None)
    assert version is not None
    rows = holding(actor, at).filter(subscription__policy=version.policy_id)
    others = [row for row in rows if row.version_id != version.pk]
    tickets = _open_tickets(actor, others)
    histories = _histories(tickets[:MOST])
    terms = _Terms(version, at)
    effects = [_effect(row, terms, tickets[:MOST], histories, at) for row in others]
    return Moving(
        version_id=version.pk,
        policy=version.policy.title,
        policy_key=version.policy.key,
        version=version.version,
        effective_on=version.effective_on,
        effects=sorted(effects, key=lambda each: each.subscribed.organisation.casefold()),
        is_whole=len(tickets) <= MOST,
    )


def _open_tickets(actor: Actor, rows: Sequence[Binding]) -> list[Ticket]:
    held = visible_to(actor).filter(subscription__in=[row.subscription_id for row in rows])
    unfinished = held.exclude(status=Status.CLOSED.value).filter(binding__isnull=False)
    return list(unfinished.order_by("number")[: MOST + 1])


def _histories(tickets: Sequence[Ticket]) -> Mapping[int, Sequence[CoreEvent]]:
    events: dict[int, list[Event]] = {ticket.pk: [] for ticket in tickets}
    for event in Event.objects.filter(ticket__in=tickets).order_by("ticket_id", "sequence"):
        events[event.ticket_id].append(event)
    return {pk: tuple(core_history(told)) for pk, told in events.items()}


class _Terms:
    """The terms under the version, made once for all who hold the same."""

    def __init__(self, version: PolicyVersion, at: datetime) -> None:
        self._version = version
        self._at = at
        self._made: dict[str, Terms] = {}

    def of(self, row: Binding) -> Terms:
        """Suppose them for the holder of a binding.

        Raises:
            Invalid: what they hold does not fit.
        """
        held = json.dumps([row.made_from, row.subscription.organisation.calendar], sort_keys=True)
        if held not in self._made:
            agreed = Agreed(self._version, row.made_from)
            self._made[held] = supposed(row.subscription, agreed, self._at)
        return self._made[held]


def _effect(
    row: Binding,
    terms: _Terms,
    tickets: Sequence[Ticket],
    histories: Mapping[int, Sequence[CoreEvent]],
    at: datetime,
) -> Effect:
    found = Effect(subscribed=subscribed_of(row))
    try:
        new = terms.of(row)
    except Invalid as problem:
        found.problem = str(problem)
        return found
    known = {level.key for level in new.priorities}
    for ticket in tickets:
        if ticket.subscription_id != row.subscription_id:
            continue
        found.tickets += 1
        found.changes += _changes(ticket, histories[ticket.pk], new, at)
        if ticket.priority and ticket.priority not in known:
            told = {"number": ticket.number, "plan": new.plan_name}
            found.problem = _("%(plan)s lacks the priority of #%(number)s.") % told
    return found


def _changes(
    ticket: Ticket, history: Sequence[CoreEvent], new: Terms, at: datetime
) -> Iterator[DueChange]:
    held = terms_of(e.binding for e in history if isinstance(e, Opened | Moved))
    now = instant.from_datetime(at)
    moved = [*history, Moved(at=now, binding=_NEW, why="moved")]
    before = _dues(fold(history, held, now).clocks)
    after = _dues(fold(moved, {**held, _NEW: new}, now).clocks)
    for kind in Kind:
        old_due, new_due = before.get(kind), after.get(kind)
        if old_due != new_due:
            yield DueChange(
                number=ticket.number, subject=ticket.subject, kind=kind, old=old_due, new=new_due
            )


def _dues(clocks: Sequence[Clock]) -> dict[Kind, datetime]:
    """When what runs is due; of each kind one cycle runs at most."""
    return {
        clock.kind: instant.to_datetime(clock.due_at)
        for clock in clocks
        if clock.state is State.RUNNING and clock.due_at is not None
    }
