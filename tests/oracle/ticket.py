"""A ticket as it stands: what is owed, which cycles run, and how time and new targets change them."""

import math
from collections import defaultdict
from collections.abc import Mapping

from tests.oracle.cycles import Answer, Cycle, Seen
from tests.oracle.due import (
    OpenTime,
    Pauses,
    due,
    open_seconds,
    open_time_used_up,
    promised_seconds,
)
from tests.oracle.story import KINDS, Cell, Gate, Happened, Terms

OWN: Mapping[str, frozenset[str]] = {
    "first_response": frozenset({"replied", "resolved"}),
    "next_response": frozenset({"replied", "resolved"}),
    "update": frozenset({"replied", "updated", "resolved"}),
    "workaround": frozenset({"workaround", "resolved"}),
    "resolution": frozenset({"resolved"}),
    "root_cause": frozenset({"root_cause"}),
    "escalation": frozenset({"replied", "resolved"}),
}
"""The table of cycles, column `met by`."""


class Ticket:
    """Between events only time passes; what events do is in `clocks.py`."""

    def __init__(self, terms: Mapping[str, Terms]) -> None:
        self.all_terms = terms
        self.terms: Terms  # from `opened` on
        self.cycles: list[Cycle] = []
        self.owed: dict[
            str, int
        ] = {}  # kind → its normal start, while the kind is owed to the customer
        self.said: dict[str, int] = {}  # word → when first
        self.awaited: dict[str, Cell] = {}  # kind → its cell, whose `starts` was not said yet
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
        self.awaited.pop(kind, None)
        latest = self.latest(kind)
        number = 1 if latest is None else latest.number + 1
        cell = self.cell(kind, at)
        if cell is not None and cell.starts is not None:
            # `starts` names what must have happened before the cycle starts
            if cell.starts not in self.said:
                self.awaited[kind] = cell
                return None
            at = max(at, self.said[cell.starts])
        return self.add_cycle(kind, number, cell, at, made_at)

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

    def waiting_cycles(self, kind: str) -> list[Cycle]:
        """Those that an answer meets: the open one and, unless they are updates, the missed ones."""
        return [
            cycle
            for cycle in self.cycles
            if cycle.kind == kind
            if cycle.is_open or (not cycle.is_over and kind != "update")
        ]

    def words(self, kind: str) -> frozenset[str]:
        """`met_by` names what meets a clock instead of the kind's own events."""
        waiting = self.waiting_cycles(kind)
        cell = waiting[-1].cell if waiting else self.awaited.get(kind)
        if cell is None or cell.met_by is None or kind == "escalation":
            return OWN[kind]
        return cell.met_by

    def forget(self, kind: str) -> None:
        """Nothing of a kind is owed any more."""
        self.owed.pop(kind, None)
        self.awaited.pop(kind, None)

    def meet(self, kind: str, at: int) -> None:
        """Every cycle that waits for it; but an update once missed is missed for good."""
        for cycle in self.waiting_cycles(kind):
            cycle.due_when_ended = self.due_when_met(cycle, at)
            cycle.met_at = at
        self.forget(kind)

    def void(self, at: int, *kinds: str) -> None:
        """What is past its due is missed and is not voided."""
        for cycle in self.cycles:
            if cycle.kind in kinds and cycle.is_open:
                cycle.due_when_ended = self.due_of(cycle, at)
                cycle.void_at = at
        for kind in kinds:
            self.forget(kind)

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
            remaining_seconds=self.remaining(cycle, at),
            soon_at=self.soon(cycle, at),
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

    def remaining(self, cycle: Cycle, now: int) -> int | None:
        """Open time left for minutes and hours, also while paused; elapsed time to due for days; 0 once missed."""
        if cycle.missed_at is not None:
            return 0
        within, due_at = cycle.cell.within, self.due_of(cycle, now)
        if not cycle.is_open or isinstance(within, str):
            return None
        if isinstance(within, OpenTime):
            pauses = self.pauses_of(cycle, now)
            used = open_seconds(cycle.cell.on, cycle.started_at, now, pauses)
            return max(0, within.seconds - used)
        return None if due_at is None else max(0, due_at - now)

    def soon(self, cycle: Cycle, now: int) -> int | None:
        """When three quarters of the promised open time are used; for days, of that between start and due."""
        due_at = self.due_of(cycle, now) if cycle.is_open else None
        if due_at is None:
            return None
        paper, start, pauses = cycle.cell.on, cycle.started_at, self.pauses_of(cycle, now)
        promised = promised_seconds(cycle.cell.within)
        if promised is None:
            promised = open_seconds(paper, start, due_at, pauses)
        return open_time_used_up(paper, start, math.ceil(promised * 3 / 4), pauses)

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
