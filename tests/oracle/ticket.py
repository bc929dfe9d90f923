"""A ticket as it stands: what is owed, which cycles run, and how time and new targets change them."""

from collections import defaultdict
from collections.abc import Mapping

from tests.oracle.cycles import Answer, Cycle, Seen
from tests.oracle.due import Pauses, due
from tests.oracle.story import KINDS, Cell, Gate, Happened, Terms


class Ticket:
    """Between events only time passes; what events do is in `clocks.py`."""

    def __init__(self, terms: Mapping[str, Terms]) -> None:
        self.all_terms = terms
        self.terms: Terms  # from `opened` on
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
        # what resolving or closing ended, and which cycle the resolving met
        self.ended: dict[str, Cycle | None] = {}
        self.unanswered: set[str] = set()  # responses that ended though nobody gave them
        self.solved: defaultdict[str, Pauses] = defaultdict(list)
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
        return [*waited, *self.solved[cycle.kind]]

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
        dues = {cycle: self.due_of(cycle, now) for cycle in self.cycles if cycle.is_open}
        while past := {cycle: at for cycle, at in dues.items() if at is not None and at < now}:
            cycle, at = min(past.items(), key=lambda pair: pair[1])
            cycle.missed_at = at
            del dues[cycle]
            if cycle.kind == "update" and (following := self.start("update", at)):
                # missed for good at its due; the next cycle starts at that instant
                dues[following] = self.due_of(following, now)

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

    def start(self, kind: str, at: int, made_at: int = 0) -> Cycle | None:
        """Cycles are counted from 1 by start; a kind is owed even while its target is none."""
        self.owed[kind] = at
        latest = self.latest(kind)
        number = 1 if latest is None else latest.number + 1
        return self.add_cycle(kind, number, self.cell(kind, at), at, made_at)

    def latest(self, kind: str) -> Cycle | None:
        return next((cycle for cycle in reversed(self.cycles) if cycle.kind == kind), None)

    def add_cycle(
        self, kind: str, number: int, cell: Cell | None, at: int, made_at: int = 0
    ) -> Cycle | None:
        if cell is None or self.priority is None:
            return None
        made_at = max(made_at, self.priority_set_at)
        cycle = Cycle(kind, number, cell, self.priority, self.terms.key, at, made_at)
        self.cycles.append(cycle)
        return cycle

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

    # New targets

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

    # The answer

    def answer_at(self, at: int) -> Answer:
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
