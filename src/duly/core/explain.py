"""Explaining a clock: its history is walked once more, and what was counted on the way is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from duly.core import due
from duly.core.calendar.values import Editions
from duly.core.clock.cycle import Cycle
from duly.core.clock.fold import fold, tell, walk
from duly.core.clock.promise import promises
from duly.core.clock.values import Kind
from duly.core.due import Sum
from duly.core.events import Event
from duly.core.explanation import Explanation
from duly.core.instant import Instant
from duly.core.spans import Spans, intersect, subtract
from duly.core.terms import Terms


def explain(
    history: Sequence[Event],
    terms: Mapping[str, Terms],
    at: Instant,
    kind: Kind,
    cycle: int | None = None,
) -> Explanation:
    """Explain a clock as it stands at an instant: the cycle named, or the latest.

    Raises:
        LookupError: there is no such clock at that instant.
        HistoryError, CalendarError: as for `fold`.
    """
    told, excluded = tell(history, at)
    then = at if excluded is None else excluded.at
    walked = walk(told, terms, then)
    track = walked.tracks.get(kind) if walked else None
    found = [each for each in track.cycles if cycle in (None, each.number)] if track else []
    if walked is None or track is None or not found:
        raise LookupError(f"there is no {kind} clock{f' {cycle}' if cycle else ''} then")
    chosen = found[-1]
    known = terms[chosen.terms]
    clock = next(
        clock
        for clock in fold(history, terms, at).clocks
        if (clock.kind, clock.cycle) == (kind, chosen.number)
    )
    holes = chosen.holes if chosen.settled else (*chosen.holes, *track.running_pause(then))
    return Explanation(
        clock=clock,
        policy=known.policy,
        version=known.version,
        plan=known.plan,
        started_by=chosen.why,
        when=chosen.promise.cell.when,
        pauses=holes,
        sum=_sum(chosen, holes, then),
        zone=_zone(known, chosen),
        promised_at=chosen.made_at,
        rules=_rules(known, kind),
    )


def _sum(cycle: Cycle, holes: Spans, at: Instant) -> Sum | None:
    promise = cycle.promise
    if promise.untimed:
        return None
    whole = due.explain(
        promise.cell.target, cycle.started_at, promise.open_time, promise.rules, holes
    )
    if cycle.due_at is not None:
        return whole
    spans = promise.open_time.spans(whole.counted_from, cycle.ended_at or at)
    return replace(
        whole,
        due_at=None,
        counted=subtract(spans, holes),
        paused=intersect(spans, holes),
        marks=(),
    )


def _zone(terms: Terms, cycle: Cycle) -> str:
    rule = terms.calendars.get(cycle.promise.open_time.name)
    if isinstance(rule, Editions):
        edition = cycle.promise.open_time.reign(cycle.started_at).edition
        rule = next(each.rule for each in rule.editions if each.from_on == edition)
    return getattr(rule, "zone", None) or "UTC"


def _rules(terms: Terms, kind: Kind) -> Mapping[str, str]:
    days, known = terms.rules.days, promises(terms)
    return {
        "business_day": days.business_day.value,
        "outside_hours": "next_opening" if days.from_next_opening else "as_received",
        "pauses": ", ".join(sorted(known.pauses[kind])) or "none",
        "priority_change": known.modes[kind],
        "reopen": terms.rules.reopen,
    }
