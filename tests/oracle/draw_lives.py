"""Random terms and histories, all valid under the contract."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from hypothesis import strategies as st

from tests.oracle.draw import day_rules, papers, places, quantities, steps, zones
from tests.oracle.due import DayRules, Quantity
from tests.oracle.paper import Always, Paper
from tests.oracle.story import KINDS, Cell, Gate, Happened, Mode, Terms, Word
from tests.oracle.wall import DAY, HOUR

# Terms

PRIORITIES = ("1", "2", "3")
GATES = [Gate()] * 4 + [Gate({"channel": "phone"}), Gate(flags=frozenset({"outage"}))]
PAUSABLE = [frozenset[str](), frozenset({"customer"}), frozenset({"customer", "third_party"})]
words = st.sampled_from(get_args(Word))
SAID = ["workaround", "root_cause", "verified", "replied", "updated", "resolved", "closed"]
SAID += ["prioritised", "lowered"]
STARTS = st.sampled_from([None, None, None, *SAID])
MET_BY = st.sampled_from([None, None]) | st.frozensets(
    st.sampled_from(SAID), min_size=1, max_size=2
)
MODES: Sequence[Mode] = ("from_start", "from_change")


@st.composite
def cells(draw: st.DrawFn, paper: Paper, rules: DayRules) -> tuple[Cell, ...]:
    """One cell of the target table: nothing, one target, or a gated one before another."""
    on = st.sampled_from([paper, paper, Always()])
    found = []
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2]))):
        gate = draw(st.sampled_from([*GATES, Gate(during=paper)]))
        within: Quantity | Word = draw(quantities(rules, 20 * HOUR))
        if draw(st.integers(0, 4)) == 4:
            within = draw(words)
        found.append(Cell(within, draw(on), gate, draw(STARTS), draw(MET_BY)))
    return tuple(found)


@st.composite
def tables(
    draw: st.DrawFn, paper: Paper, rules: DayRules
) -> dict[str, dict[str, tuple[Cell, ...]]]:
    """Targets by kind and priority, dealt from a few drawn cells."""
    pool = st.sampled_from([draw(cells(paper, rules)) for _ in range(4)])
    return {kind: {priority: draw(pool) for priority in PRIORITIES} for kind in KINDS}


@st.composite
def terms(draw: st.DrawFn, paper: Paper) -> Terms:
    rules = draw(day_rules())
    return Terms(
        key="a",
        days=rules,
        targets=draw(tables(paper, rules)),
        pauses={kind: draw(st.sampled_from(PAUSABLE)) for kind in (*KINDS, "escalation")},
        priority_change={kind: draw(st.sampled_from(MODES)) for kind in (*KINDS, "escalation")},
        reopen=draw(st.sampled_from(["continue", "restart"])),
        opens=draw(st.sampled_from([None, "first_response", "first_response", "update"])),
        levels=2,
    )


@st.composite
def bindings(draw: st.DrawFn, zone: str, near: int) -> dict[str, Terms]:
    """The terms of a ticket, and others to which it may be moved with the same rules."""
    paper = draw(papers(zone, near))
    first = draw(terms(paper))
    return {"a": first, "b": replace(first, key="b", targets=draw(tables(paper, first.days)))}


# Histories

PEOPLE = ("agent", "customer", "automatic")
FIELDS: dict[str, dict[str, Sequence[Any]]] = {
    "prioritised": {
        "priority": PRIORITIES,
        "facts": [{}, {}, {"channel": "phone"}, {"channel": "web"}],
        "flags": [None, None, frozenset({"outage"}), frozenset()],
    },
    "waiting": {"on": ["customer", "third_party"]},
    "resumed": {"on": ["", "", "customer"]},
    "marked": {"mark": ["workaround", "root_cause", "verified"]},
    "moved": {"terms": ["a", "b"]},
    "escalated": {"level": [1, 2]},
    "excluded": {"on": ["elsewhere", "abroad"], "withdrawn": [False, True, True]},
}


@st.composite
def histories(draw: st.DrawFn, opened_at: int) -> list[Happened]:
    """What a ticket may live through: each event is possible after the ones before it."""
    at = opened_at
    story = [
        Happened(
            at,
            "opened",
            by="customer",
            terms="a",
            priority=draw(st.sampled_from([*PRIORITIES, *PRIORITIES, None])),
            facts=draw(st.sampled_from([{}, {"channel": "phone"}, {"channel": "email"}])),
            flags=draw(st.sampled_from([None, frozenset({"outage"})])),
        )
    ]
    resolved = False
    for _ in range(draw(st.integers(1, 12) | st.integers(8, 14))):
        at += draw(st.just(0) | steps(0, 6 * HOUR) | steps(0, 3 * DAY))
        what = draw(st.sampled_from(possible(resolved=resolved)))
        story.append(draw(happenings(at, what)))
        resolved = {"resolved": True, "closed": True, "reopened": False}.get(what, resolved)
    return story


def possible(*, resolved: bool) -> list[str]:
    """What may happen next; the more often a name stands here the likelier it is."""
    always = ["replied"] * 6 + ["prioritised"] * 2
    rare = ["noted", "moved", "marked", "excluded", "spent", "updated", "closed"]
    if resolved:
        return [*always, *rare, "resolved", *["reopened"] * 6]
    common = ["waiting", "waiting", "resumed", "escalated", "resolved", "updated"]
    return [*always, *common, *common, *rare, "merged", "reopened"]


@st.composite
def happenings(draw: st.DrawFn, at: int, what: str) -> Happened:
    event = Happened(at, what, by=draw(st.sampled_from(PEOPLE)))
    choices = FIELDS.get(what, {})
    fields = {name: draw(st.sampled_from(values)) for name, values in choices.items()}
    return replace(event, **fields)


@dataclass(frozen=True)
class Life:
    """A ticket's terms and history, and the instant at which it is asked how things stand."""

    terms: dict[str, Terms]
    story: list[Happened]
    at: int


@st.composite
def lives(draw: st.DrawFn, zone: str | None = None, near: int | None = None) -> Life:
    zone = zone or draw(zones)
    near = draw(places(zone)) if near is None else near
    story = draw(histories(near + draw(steps(-3 * DAY, 3 * DAY))))
    at = story[-1].at + draw(st.just(0) | steps(0, 3 * DAY))
    return Life(draw(bindings(zone, near)), story, at)
