"""An explanation: how a clock came to its due instant, as data that adds up to the second and in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from duly.core import instant
from duly.core.clock.values import Clock, State
from duly.core.due import Sum
from duly.core.instant import Instant, Seconds
from duly.core.marks import Mark
from duly.core.spans import Span, Spans, total
from duly.core.terms import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that a due instant follows from."""

    clock: Clock
    policy: str
    version: str
    plan: str
    started_by: str
    """The word of the event that started the cycle."""
    when: Gate | None
    """The gate behind which the cell stands that was chosen."""
    pauses: Spans
    """The whole pauses since the start, open or not."""
    sum: Sum | None
    """What was counted up to the due instant, or so far when a pause leaves it without one; None: nothing is timed."""
    zone: str
    """The zone in which the calendar's days are read."""
    promised_at: Instant
    """When it was promised: nothing is due before that."""
    rules: Mapping[str, str]
    """The rules of the policy that bear on this clock, by name."""

    def lines(self, zone: str | None = None) -> list[str]:
        """Say it in plain words, with times in a zone: the calendar's own unless another is given."""
        return _in_words(self, zone or self.zone)


def _in_words(explained: Explanation, zone: str) -> list[str]:
    """Say how a clock came to its due instant, with times in a zone."""
    here = ZoneInfo(zone)
    return [
        *_what(explained, here),
        *_counted(explained, here),
        *_changes(explained.clock, here),
        *_end(explained, here),
        f"Rules: {', '.join(f'{name} {value}' for name, value in explained.rules.items())}.",
    ]


def moment(at: Instant, zone: ZoneInfo) -> str:
    """Write ``Mon 2026-10-26 16:00``, with seconds where there are some."""
    local = instant.to_datetime(at).astimezone(zone)
    return local.strftime("%a %Y-%m-%d %H:%M:%S" if local.second else "%a %Y-%m-%d %H:%M")


def length(seconds: Seconds) -> str:
    """Write ``1 h 30 min`` or ``45 s``."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "min"), (left, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 s"


def _what(explained: Explanation, zone: ZoneInfo) -> Iterator[str]:
    clock = explained.clock
    name = f"{clock.kind} {clock.cycle}".replace("_", " ").capitalize()
    binding = "" if clock.binding else ", a suggestion that does not bind"
    yield (
        f"{name}: {clock.target} for priority {clock.priority}{binding}"
        f" ({explained.policy} {explained.version}, plan {explained.plan})."
    )
    if explained.when:
        yield f"This target holds {_gate(explained.when)}."
    event = explained.started_by.replace("_", " ")
    yield f"It started {moment(clock.started_at, zone)} ({event}). Times are those of {zone.key}."


def _gate(gate: Gate) -> str:
    asked = [
        f"{name} is {' or '.join(values)}"
        for name in ("channel", "environment", "component", "contact", "requested", "region")
        if (values := getattr(gate, name))
    ]
    if gate.flags:
        asked.append(f"flags include {', '.join(sorted(gate.flags))}")
    if gate.during:
        asked.append(f"{gate.during} is open at the start")
    return f"when {' and '.join(asked)}" if asked else "in any case"


def _counted(explained: Explanation, zone: ZoneInfo) -> Iterator[str]:
    counted = explained.sum
    if counted is None:
        yield "It promises no time by which it is due."
        return
    edition = f", in its edition from {counted.edition}" if counted.edition else ""
    yield f"Open time is that of {explained.clock.calendar}{edition}."
    if counted.counted_from != explained.clock.started_at:
        yield f"It counts from the next opening, {moment(counted.counted_from, zone)}."
    if counted.seconds is None:
        yield from (_mark(mark) for mark in counted.marks)
    else:
        yield from (f"  {_span(span, zone)}" for span in counted.counted)
        yield f"  that is {length(total(counted.counted))} of {length(counted.seconds)}"
    yield from _paused(explained.pauses, counted, zone)


def _mark(mark: Mark) -> str:
    return f"  {mark.on:%a %Y-%m-%d} {'counts' if mark.counts else 'does not count: paused'}"


def _paused(pauses: Spans, counted: Sum, zone: ZoneInfo) -> Iterator[str]:
    for pause in pauses:
        yield f"Paused {_span(pause, zone)}"
    if pauses:
        yield f"Pauses took {length(total(counted.paused))} of open time out."


def _span(span: Span, zone: ZoneInfo) -> str:
    start, end = moment(span.start, zone), moment(span.end, zone)
    same_day = start[:14] == end[:14]
    until = end[15:] if same_day else end
    return f"{start} to {until}, {length(span.end - span.start)}"


def _changes(clock: Clock, zone: ZoneInfo) -> Iterator[str]:
    for change in clock.changes:
        due = "no due time" if change.due_at is None else f"due {moment(change.due_at, zone)}"
        yield f"Changed {moment(change.at, zone)} ({change.why}): until then {due}."


def _end(explained: Explanation, zone: ZoneInfo) -> Iterator[str]:
    clock = explained.clock
    counted = explained.sum
    if counted and clock.due_at is not None and counted.due_at != clock.due_at:
        yield f"The promise was made only {moment(explained.promised_at, zone)}."
    state = clock.state.value.replace("_", " ")
    due = "" if clock.due_at is None else f", due {moment(clock.due_at, zone)}"
    met = "" if clock.met_at is None else f", met {moment(clock.met_at, zone)}"
    late = "" if clock.late_seconds is None else f", {length(clock.late_seconds)} late"
    ended = "" if clock.ended_at is None else f", ended {moment(clock.ended_at, zone)}"
    left = clock.remaining_seconds
    remaining = f", {length(left)} left" if left and clock.state is not State.MISSED else ""
    yield f"It is {state}{due}{met}{late}{ended}{remaining}."
