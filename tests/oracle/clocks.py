"""The clocks of a ticket, by living through its history (contract, section 5, quoted in place)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tests.oracle.due import Pauses, due
from tests.oracle.story import KINDS, Cell, Gate, Happened, Terms


@dataclass(eq=False)
class Cycle:
    """One cycle of a clock, as it stands while the story is lived through."""

    kind: str
    number: int
    cell: Cell
    priority: str
    terms: str
    started_at: int
    made_at: int
    pauses: Pauses = field(default_factory=list)
    due_when_ended: int | None = None
    missed_at: int | None = None
    met_at: int | None = None
    superseded_at: int | None = None
    void_at: int | None = None
    changes: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return (self.met_at or self.superseded_at or self.void_at) is not None

    @property
    def is_open(self) -> bool:
        return not self.is_over and self.missed_at is None


@dataclass(frozen=True)
class Seen:
    """A clock as the oracle sees it at the asked instant."""

    kind: str
    cycle: int
    state: str
    started_at: int
    due_at: int | None
    met_at: int | None
    ended_at: int | None
    late_seconds: int | None
    priority: str
    terms: str
    changes: tuple[tuple[int, int | None], ...]
    was: str | None


@dataclass(frozen=True)
class Answer:
    """Everything the oracle says about a ticket at an instant."""

    at: int
    clocks: tuple[Seen, ...]
    available: tuple[tuple[int, int], ...]
    invoked: tuple[tuple[int, int], ...]

    def made_void(self) -> "Answer":
        """Every cycle becomes `void`, keeping what it was in `was`; the open ones end here."""
        settled = ("met", "missed", "superseded", "void")
        clocks = tuple(
            replace(
                seen,
                state="void",
                was=seen.state,
                ended_at=seen.ended_at if seen.state in settled else self.at,
            )
            for seen in self.clocks
        )
        return replace(self, clocks=clocks)


class Ticket:
    """Lives through a history, event by event; between events only time passes."""

    def __init__(self, terms: Mapping[str, Terms]) -> None:
        self.all_terms = terms
        self.cycles: list[Cycle] = []
        self.owed: dict[
            str, int
        ] = {}  # kind → its normal start, while the kind is owed to the customer
        self.past: list[Happened] = []
        self.priority: str | None = None
        self.priority_set_at = 0
        self.facts: dict[str, str] = {}
        self.flags: frozenset[str] = frozenset()
        self.waiting: list[tuple[str, int, int | None]] = []
        self.agent_spoke = False
        self.awaits_customer = False  # an agent's public message is the last word
        self.resolved_at: int | None = None
        self.ended: dict[str, int] = {}
        self.closed = False
        self.merged = False
        self.causes: set[str] = set()
        self.when_excluded: Answer | None = None
        self.answers: list[int] = []
        self.invoked: list[tuple[int, int]] = []

    # Time passes

    def pauses_of(self, cycle: Cycle, now: int) -> Pauses:
        """Pauses remove open time from every target of the kinds listed."""
        reasons = self.terms.pauses.get(cycle.kind, frozenset())
        waited = [(a, now if b is None else b) for on, a, b in self.waiting if on in reasons]
        return [*waited, *cycle.pauses]

    def is_paused(self, cycle: Cycle) -> bool:
        reasons = self.terms.pauses.get(cycle.kind, frozenset())
        return any(on in reasons and ended is None for on, _, ended in self.waiting)

    def due_of(self, cycle: Cycle, now: int) -> int | None:
        """A paused clock has no due instant."""
        return None if self.is_paused(cycle) else self.due_if_running(cycle, now)

    def due_if_running(self, cycle: Cycle, now: int) -> int | None:
        """The due if a pause that still runs ended now."""
        if isinstance(cycle.cell.within, str):
            return None
        pauses = self.pauses_of(cycle, now)
        at = due(cycle.cell.within, cycle.cell.on, cycle.started_at, pauses)
        # a promise cannot be missed before it was made
        return None if at is None else max(at, cycle.made_at)

    def due_when_met(self, cycle: Cycle, now: int) -> int | None:
        """A paused clock is not missed, so an answer ends its pause in time."""
        at = self.due_if_running(cycle, now)
        return at if at is None or not self.is_paused(cycle) else max(at, now)

    def pass_time(self, now: int) -> None:
        """Missed when the asked instant is *after* `due_at`; the miss is dated at `due_at`."""
        while True:
            dues = [(self.due_of(c, now), c) for c in self.cycles if c.is_open]
            past = [(at, cycle) for at, cycle in dues if at is not None and at < now]
            if not past:
                return
            at, cycle = min(past, key=lambda pair: pair[0])
            cycle.missed_at = at
            if cycle.kind == "update":
                # missed for good at its due; the next cycle starts at that instant
                self.start("update", at)

    # Cycles

    def cell(self, kind: str, started_at: int) -> Cell | None:
        """The first whose `when` holds applies; none holds: nothing is promised."""
        if self.priority is None:
            return None
        cells = self.terms.targets.get(kind, {}).get(self.priority, ())
        return next((cell for cell in cells if self.holds(cell.when, started_at)), None)

    def holds(self, gate: Gate, started_at: int) -> bool:
        during = gate.during is None or gate.during.is_open(started_at)
        asked = all(self.facts.get(name) == value for name, value in gate.facts.items())
        return during and asked and gate.flags <= self.flags

    def start(self, kind: str, at: int, made_at: int = 0) -> None:
        """Cycles are counted from 1 by start; a kind is owed even while its target is none."""
        self.owed[kind] = at
        number = 1 + sum(cycle.kind == kind for cycle in self.cycles)
        self.add_cycle(kind, number, self.cell(kind, at), at, made_at)

    def add_cycle(
        self, kind: str, number: int, cell: Cell | None, at: int, made_at: int = 0
    ) -> None:
        if cell is None or self.priority is None:
            return
        made_at = max(made_at, self.priority_set_at)
        self.cycles.append(Cycle(kind, number, cell, self.priority, self.terms.key, at, made_at))

    def meet(self, at: int, *kinds: str) -> None:
        """Every cycle that waits for it; but an update once missed is missed for good."""
        for cycle in self.cycles:
            waits = cycle.is_open or (not cycle.is_over and cycle.kind != "update")
            if cycle.kind in kinds and waits:
                cycle.due_when_ended = self.due_when_met(cycle, at)
                cycle.met_at = at
        for kind in kinds:
            self.owed.pop(kind, None)

    def void(self, at: int, *kinds: str) -> None:
        """What is past its due is missed and is not voided."""
        for cycle in self.cycles:
            if cycle.kind in kinds and cycle.is_open:
                cycle.due_when_ended = self.due_of(cycle, at)
                cycle.void_at = at
        for kind in kinds:
            self.owed.pop(kind, None)

    def supersede(self, cycle: Cycle, at: int) -> None:
        cycle.due_when_ended = self.due_of(cycle, at)
        cycle.superseded_at = at

    # Events

    def live(self, event: Happened) -> None:
        if self.merged:
            # events after `merged` move nothing
            return
        self.pass_time(event.at)
        self.past.append(event)
        getattr(self, f"on_{event.what}")(event)

    def on_opened(self, event: Happened) -> None:
        self.terms = self.all_terms[event.terms]
        self.priority = event.priority
        self.restate(event)
        for kind in ("first_response", "workaround", "resolution"):
            self.start(kind, event.at)

    def restate(self, event: Happened) -> None:
        self.facts.update(event.facts)
        if event.flags is not None:
            self.flags = event.flags

    def on_prioritised(self, event: Happened) -> None:
        self.restate(event)
        before, self.priority = self.priority, event.priority
        if before is None:
            self.live_again(event)
        elif before != event.priority:
            # the same priority again changes nothing
            for kind in KINDS:
                mode = self.terms.priority_change.get(kind, "from_change")
                self.retarget(kind, event.at, from_start=mode == "from_start")
            # escalation clocks keep their target under `from_change`
            if self.terms.priority_change.get("escalation") == "from_start":
                self.retarget_escalations(event.at)

    def live_again(self, first: Happened) -> None:
        """The first setting of a priority is not a change: it holds as if it always had."""
        again = Ticket(self.all_terms)
        again.priority_set_at = first.at
        opened, *others = self.past[:-1]
        again.live(replace(opened, priority=first.priority, facts=self.facts, flags=self.flags))
        for event in others:
            again.live(event)
        again.past.append(first)
        again.when_excluded, again.causes = self.when_excluded, self.causes
        self.__dict__.update(again.__dict__)

    def on_moved(self, event: Happened) -> None:
        """`moved`, an amendment or a calendar edition re-target open clocks `from_start`."""
        self.terms = self.all_terms[event.terms]
        for kind in KINDS:
            self.retarget(kind, event.at, from_start=True, moved=True)
        self.retarget_escalations(event.at)

    def retarget(self, kind: str, now: int, *, from_start: bool, moved: bool = False) -> None:
        """Touches only clocks not yet met or void."""
        if kind not in self.owed:
            return
        mine = [c for c in self.cycles if c.kind == kind and c.started_at >= self.owed[kind]]
        standing = next((cycle for cycle in reversed(mine) if not cycle.is_over), None)
        if standing is None:
            # from `none`: starts at the change (`from_start`: at the kind's normal start)
            normal_start = self.owed[kind]
            self.start(kind, normal_start if from_start and not moved else now, made_at=now)
            self.owed[kind] = normal_start
        elif from_start:
            if standing.is_open:
                self.replace_target(standing, now)
        else:
            # a running or paused cycle becomes `superseded` and the next starts at the change;
            # a missed one stays missed and the next starts. To `none`: without a successor
            if standing.is_open:
                self.supersede(standing, now)
            normal_start = self.owed[kind]
            self.start(kind, now)
            self.owed[kind] = normal_start

    def retarget_escalations(self, now: int) -> None:
        for cycle in self.cycles:
            if cycle.kind == "escalation" and cycle.is_open:
                self.replace_target(cycle, now)

    def replace_target(self, cycle: Cycle, now: int) -> None:
        """Same cycle, start and pauses, new target; each keeps what it was in `changes`."""
        kind = self.terms.opens if cycle.kind == "escalation" else cycle.kind
        cell = self.cell(kind, cycle.started_at) if kind else None
        if cell is None:
            self.supersede(cycle, now)
            return
        cycle.changes.append((now, self.due_of(cycle, now)))
        assert self.priority is not None
        cycle.cell, cycle.priority, cycle.terms = cell, self.priority, self.terms.key

    def on_replied(self, event: Happened) -> None:
        # an automatic reply never meets a response or update
        if event.by == "agent":
            self.answer(event.at)
            self.agent_spoke = True
            self.start_update(event.at)
        elif event.by == "customer":
            # a reply by the customer ends waiting on the customer
            self.end_waiting(event.at, "customer")
            self.customer_spoke(event.at)

    def answer(self, at: int) -> None:
        self.meet(at, "first_response", "next_response", "update", "escalation")
        self.answers.append(at)
        # what answers a customer is a public message, a resolving by an agent too
        self.awaits_customer = True

    def customer_spoke(self, at: int) -> None:
        """The first customer message after an agent's public message, if none is open."""
        if self.awaits_customer and "next_response" not in self.owed and not self.closed:
            self.start("next_response", at)
        self.awaits_customer = False

    def start_update(self, at: int) -> None:
        """No chain runs while paused, resolved or closed."""
        if self.resolved_at is None and not self.closed:
            self.start("update", at)

    def on_updated(self, event: Happened) -> None:
        self.meet(event.at, "update")
        # each agent `replied` or `updated` once an agent has replied
        if self.agent_spoke:
            self.start_update(event.at)

    def on_noted(self, event: Happened) -> None:
        """An automatic reply, a note … never meets a response or update."""

    def on_spent(self, event: Happened) -> None:
        """Counts on an allowance; no clock reads it."""

    def on_waiting(self, event: Happened) -> None:
        # a new `waiting` replaces the old
        self.end_waiting(event.at)
        self.waiting.append((event.on, event.at, None))

    def on_resumed(self, event: Happened) -> None:
        self.end_waiting(event.at, event.on or None)

    def end_waiting(self, at: int, only: str | None = None) -> None:
        self.waiting = [
            (on, began, at if ended is None and only in (None, on) else ended)
            for on, began, ended in self.waiting
        ]

    def on_marked(self, event: Happened) -> None:
        if event.mark in ("workaround", "root_cause"):
            self.meet(event.at, event.mark)

    def on_resolved(self, event: Happened) -> None:
        if event.by == "agent":
            self.answer(event.at)
        else:
            # `resolved` by anyone but an agent voids open …
            self.void(event.at, "first_response", "next_response", "update", "escalation")
        self.note_the_end(event.at)
        # `marked workaround` or `resolved`; `resolved` by anyone
        self.meet(event.at, "workaround", "resolution")
        # resolving ends any [waiting]
        self.end_waiting(event.at)
        self.resolved_at = event.at
        self.start("root_cause", event.at)

    def note_the_end(self, at: int) -> None:
        """Which of the kinds that a reopening takes up again ended now, with or without a target."""
        self.ended |= {kind: at for kind in ("workaround", "resolution") if kind in self.owed}

    def on_reopened(self, event: Happened) -> None:
        for kind, ended_at in self.ended.items():
            self.reopen(kind, ended_at, event.at)
        self.ended, self.resolved_at, self.closed = {}, None, False
        # root_cause: a reopening supersedes it
        for cycle in self.cycles:
            if cycle.kind == "root_cause" and cycle.is_open:
                self.supersede(cycle, event.at)
        self.owed.pop("root_cause", None)
        self.start_update(event.at)
        if event.by == "customer":
            # a reopening by the customer counts as a customer message
            self.customer_spoke(event.at)

    def reopen(self, kind: str, solved_at: int, at: int) -> None:
        """Reopening touches resolution, and a workaround met by the resolving."""
        mine = [cycle for cycle in self.cycles if cycle.kind == kind]
        met = [cycle for cycle in mine if cycle.met_at == solved_at]
        if mine and not mine[-1].is_over:
            # missed, closed without an answer, and still waiting for it
            self.owed[kind] = mine[-1].started_at
        elif self.terms.reopen == "restart" or not met:
            self.start(kind, at)
        elif met[-1].missed_at is None:
            # `continue` takes `met` back in the same cycle, solved time being a pause;
            # what was missed stays as it is: settled promises are evidence
            met[-1].met_at = None
            met[-1].pauses.append((solved_at, at))
            self.owed[kind] = met[-1].started_at

    def on_closed(self, event: Happened) -> None:
        self.note_the_end(event.at)
        # `closed` voids every open clock but root_cause
        self.void(event.at, *(kind for kind in (*KINDS, "escalation") if kind != "root_cause"))
        self.closed = True

    def on_merged(self, event: Happened) -> None:
        # `merged` voids open cycles
        self.void(event.at, *KINDS, "escalation")
        self.merged = True

    def on_excluded(self, event: Happened) -> None:
        """Makes every cycle `void`, keeping what it was in `was`; `withdrawn` restores it."""
        if event.withdrawn:
            # several causes hold until all are withdrawn
            self.causes.discard(event.on)
            self.when_excluded = self.when_excluded if self.causes else None
            return
        self.causes.add(event.on)
        if self.when_excluded is None:
            self.when_excluded = self.answer_at(event.at)

    # Escalation

    def levels_opened(self) -> list[tuple[int, int]]:
        """Level 1 opens when the clock in `opens` is missed and unanswered at its due, level n+1
        when the clock of level n is."""
        opened: list[tuple[int, int]] = []
        for level in range(1, self.terms.levels + 1):
            kind = self.terms.opens if level == 1 else "escalation"
            misses = [
                cycle.missed_at
                for cycle in self.cycles
                if cycle.kind == kind and cycle.missed_at is not None
                if level == 1 or cycle.number == level - 1
            ]
            if not misses:
                break
            opened.append((level, min(misses)))
        return opened

    def on_escalated(self, event: Happened) -> None:
        opened_at = dict(self.levels_opened()).get(event.level)
        missed = [c.missed_at for c in self.cycles if c.kind == self.terms.opens and c.missed_at]
        # an answer closes the way up until the clock in `opens` is missed again
        answered = missed and any(at > max(missed) for at in self.answers)
        again = any(level == event.level for level, _ in self.invoked)
        # cannot be invoked after an answer or a resolution;
        # invoking an unopened level is kept in the record and moves nothing
        if opened_at is None or answered or again or self.resolved_at is not None or self.closed:
            return
        self.invoked.append((event.level, event.at))
        # invoking a higher one supersedes the running clock of the lower
        for cycle in self.cycles:
            if cycle.kind == "escalation" and cycle.is_open:
                self.supersede(cycle, event.at)
        # `escalated`, cycle = level, with the current cell of the clock named in `opens`
        cell = self.cell(self.terms.opens or "", event.at)
        self.add_cycle("escalation", event.level, cell, event.at)

    # The answer

    def answer_at(self, at: int) -> "Answer":
        if self.when_excluded is not None:
            return self.when_excluded.made_void()
        order = [*KINDS, "escalation"]
        cycles = sorted(self.cycles, key=lambda cycle: (order.index(cycle.kind), cycle.number))
        return Answer(
            at=at,
            clocks=tuple(self.see(cycle, at) for cycle in cycles),
            available=tuple(self.levels_opened()),
            invoked=tuple(self.invoked),
        )

    def see(self, cycle: Cycle, at: int) -> Seen:
        late = None
        if cycle.missed_at is not None and cycle.met_at is not None:
            late = cycle.met_at - cycle.missed_at
        return Seen(
            kind=cycle.kind,
            cycle=cycle.number,
            state=self.state(cycle),
            started_at=cycle.started_at,
            due_at=self.due_shown(cycle, at),
            met_at=cycle.met_at,
            ended_at=cycle.superseded_at or cycle.void_at,
            late_seconds=late,
            priority=cycle.priority,
            terms=cycle.terms,
            changes=tuple(cycle.changes),
            was=None,
        )

    def state(self, cycle: Cycle) -> str:
        if cycle.void_at is not None:
            return "void"
        if cycle.superseded_at is not None:
            return "superseded"
        if cycle.missed_at is not None:
            return "missed"
        if cycle.met_at is not None:
            return "met"
        if isinstance(cycle.cell.within, str):
            return cycle.cell.within
        return "paused" if self.is_paused(cycle) else "running"

    def due_shown(self, cycle: Cycle, at: int) -> int | None:
        if cycle.missed_at is not None:
            return cycle.missed_at
        return cycle.due_when_ended if cycle.is_over else self.due_of(cycle, at)


def ask(history: Iterable[Happened], terms: Mapping[str, Terms], at: int) -> Answer:
    """Events with `at`, stably sorted; those with `at` <= the asked instant count."""
    ticket = Ticket(terms)
    for event in sorted(history, key=lambda event: event.at):
        if event.at <= at:
            ticket.live(event)
    ticket.pass_time(at)
    return ticket.answer_at(at)
