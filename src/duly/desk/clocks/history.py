"""The history of one ticket in memory: it grows by happenings, and time does to it what the terms say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from duly.core import instant
from duly.core.clock.growing import Growing
from duly.core.clock.values import Clock, Fold, Kind, State
from duly.core.events import Merged, Moved, Opened
from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.terms import rank_of, terms_of, terms_of_binding
from duly.desk.clocks.lapses import Lapse, closing, lapse_of, lapses
from duly.desk.tickets.happening import Happening, Past, core_event
from duly.desk.tickets.standing import stand
from duly.desk.tickets.ticket import NO_RANK, Ticket


class History:
    """What happened to a ticket so far, and what is `fresh` since it was read from the rows."""

    def __init__(self, ticket: Ticket, past: Iterable[Past] = ()) -> None:
        self.ticket = ticket
        self.fold: Fold | None = None
        self.fresh: list[Happening] = []
        self.was_in_queue = ticket.is_in_queue
        self._events = Growing()
        self._bindings: set[str] = set()
        self._recorded: set[Lapse] = set()
        for each in past:
            self._remember(each)

    def append(self, happening: Happening) -> None:
        """Let something happen, after what time did before it; `at` is raised to keep the order."""
        at = self._raised(happening.at)
        self._pass_wakes(at)
        late = happening.at < at and happening.received_at is None
        received_at = happening.at if late else happening.received_at
        if at != happening.at or received_at != happening.received_at:
            happening = replace(happening, at=at, received_at=received_at)
        self._add(happening)
        self._look(at)

    def pass_time(self, at: datetime) -> None:
        """Let time have its effect up to an instant."""
        at = self._raised(at)
        self._pass_wakes(at)
        if self.fold is None:
            self._look(at)

    def supposing(self, happening: Happening) -> Fold | None:
        """Answer the promises as if something happened; nothing is kept of it."""
        at = self._raised(happening.at)
        self._remember(Past(happening.kind, instant.from_datetime(at), happening.facts))
        return self._folded(at)

    def _folded(self, at: datetime) -> Fold | None:
        """Answer the promises at an instant; a ticket without terms has none."""
        if self.ticket.binding_id is None:
            return None
        return self._events.fold(terms_of(self._bindings), instant.from_datetime(at))

    def _pass_wakes(self, at: datetime) -> None:
        """Look at each instant at which time alone changed something, as a watch that never sleeps would."""
        while (wakes_at := self.ticket.wakes_at) is not None and wakes_at <= at:
            self._look(wakes_at)
            if self.ticket.wakes_at is not None and self.ticket.wakes_at <= wakes_at:
                raise RuntimeError(f"ticket {self.ticket.pk} wakes at {wakes_at} for ever")

    def _look(self, at: datetime) -> None:
        """Fold at an instant and record what came about by then."""
        if self.ticket.snoozed_until is not None and self.ticket.snoozed_until <= at:
            self._add(Happening(kind="returned", at=self.ticket.snoozed_until))
        self.fold = self._folded(at)
        if self.fold is not None:
            for lapse in lapses(self.fold, self._recorded):
                self._add(lapse)
        closes_at = self.ticket.closes_at
        if closes_at is not None and closes_at <= at and self._next_due_at() is None:
            self._add(closing(closes_at))
            self.fold = self._folded(self.ticket.last_event_at)
        self._set_derived()

    def _raised(self, at: datetime) -> datetime:
        """Cut off parts of a second, which core does not count, and never run backwards."""
        at = at.replace(microsecond=0)
        return max(at, self.ticket.last_event_at) if self.ticket.sequence else at

    def _add(self, happening: Happening) -> None:
        at = self._raised(happening.at)
        if at != happening.at:
            happening = replace(happening, at=at)
        stand(self.ticket, happening)
        self.fresh.append(happening)
        self._remember(Past(happening.kind, instant.from_datetime(happening.at), happening.facts))

    def _remember(self, past: Past) -> None:
        if past.kind == "unmerged":
            # As with an exclusion that is withdrawn, the history counts as if it had never been.
            kept = (event for event in self._events.events if not isinstance(event, Merged))
            self._events = Growing(kept)
        event = core_event(*past)
        if event is not None:
            self._events.add(event)
            if isinstance(event, Opened | Moved):
                self._bindings.add(event.binding)
        elif lapse := lapse_of(past.kind, past.facts):
            self._recorded.add(lapse)

    def _set_derived(self) -> None:
        ticket = self.ticket
        ticket.rank = NO_RANK
        terms = terms_of_binding(ticket.binding_id)
        if terms is not None and ticket.priority:
            ticket.rank = rank_of(terms, ticket.priority, intake_of(ticket.binding_id).turn)
        ticket.next_due_at = self._next_due_at()
        # What is still owed keeps a resolved ticket from closing.
        closes_at = None if ticket.next_due_at else ticket.closes_at
        wakes = [ticket.snoozed_until, closes_at]
        if self.fold is not None and self.fold.wakes_at is not None:
            wakes.append(instant.to_datetime(self.fold.wakes_at))
        ticket.wakes_at = min((at for at in wakes if at is not None), default=None)

    def _next_due_at(self) -> datetime | None:
        """The earliest due instant that somebody still owes an answer to, a missed one included."""
        latest: dict[str, Clock] = {}
        for clock in self.fold.clocks if self.fold else ():
            latest[clock.kind] = clock
        owed = [c.due_at for c in latest.values() if self._is_owed(c) and c.due_at is not None]
        return instant.to_datetime(min(owed)) if owed else None

    def _is_owed(self, clock: Clock) -> bool:
        unanswered = clock.state is State.MISSED and clock.met_at is None
        # The root cause is owed after the resolving, the rest is over with it.
        goes_on = self.ticket.is_unfinished or clock.kind is Kind.ROOT_CAUSE
        return clock.state is State.RUNNING or (unanswered and goes_on)
