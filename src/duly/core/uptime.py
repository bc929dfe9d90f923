"""Uptime: the share of a period in which a component was up, and whether the promise was kept (contract, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from duly.core.instant import Instant, Seconds
from duly.core.periods import Per, Period
from duly.core.spans import Span, Spans, intersect, subtract, total, union

MILLI = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Which maintenance is no downtime: announced `notice` seconds ahead, together `at_most` seconds a period."""

    notice: Seconds = 0
    at_most: Seconds | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime:
    """A promise in percent of a period of the zone."""

    target: Decimal
    per: Per = Per.MONTH
    zone: str = "UTC"
    denominator: Literal["whole", "scheduled"] = "whole"
    """`scheduled` takes the maintenance that counts out of the period; `whole` only out of the downtime."""
    maintenance: Maintenance | None = None
    """None: no maintenance is taken out."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A maintenance and when the customers were told."""

    span: Span
    announced_at: Instant


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a period came to. The percentage is floored to a thousandth, so it never rounds up to the promise."""

    period: str
    of_seconds: Seconds
    maintenance_seconds: Seconds
    down_seconds: Seconds
    percent: Decimal
    kept: bool


def verdict(
    uptime: Uptime,
    period: Period,
    down: Iterable[Span],
    maintenance: Iterable[Announced] = (),
) -> Verdict:
    """Judge a period. The whole period is the denominator, also while it still runs."""
    whole = (period.span,)
    excused = _excused(uptime.maintenance, whole, maintenance)
    counted = subtract(intersect(union(down), whole), excused)
    seconds = period.seconds - (total(excused) if uptime.denominator == "scheduled" else 0)
    up = seconds - total(counted)
    return Verdict(
        period.name,
        seconds,
        total(excused),
        total(counted),
        (Decimal(100 * up) / seconds).quantize(MILLI, ROUND_FLOOR) if seconds else Decimal(100),
        100 * up >= uptime.target * seconds,
    )


def _excused(rule: Maintenance | None, whole: Spans, maintenance: Iterable[Announced]) -> Spans:
    """The maintenance that counts: announced in time, and the first of it up to the cap."""
    if rule is None:
        return ()
    in_time = union(
        each.span for each in maintenance if each.announced_at + rule.notice <= each.span.start
    )
    inside = intersect(in_time, whole)
    return inside if rule.at_most is None else _first(inside, rule.at_most)


def _first(spans: Spans, seconds: Seconds) -> Spans:
    """The spans until they hold so many seconds."""
    kept: list[Span] = []
    for span in spans:
        taken = min(seconds, span.end - span.start)
        kept.append(Span(span.start, span.start + taken))
        seconds -= taken
    return union(kept)
