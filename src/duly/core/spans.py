"""Half-open spans of time [start, end) and the arithmetic of sorted, disjoint tuples of them."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from duly.core.instant import Instant, Seconds


class Span(NamedTuple):
    """The instants from `start` up to but not including `end`."""

    start: Instant
    end: Instant


Spans: TypeAlias = Sequence[Span]
"""Sorted, disjoint, none empty. What `union` returns, and what every other function here expects."""


def union(*many: Iterable[Span]) -> tuple[Span, ...]:
    """Every instant that any of the spans holds. Takes them in any order, overlapping, touching or empty."""
    merged: list[Span] = []
    for span in sorted(chain.from_iterable(many)):
        if span.end <= span.start:
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def intersect(left: Spans, right: Spans) -> tuple[Span, ...]:
    """Every instant that both hold."""
    both: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start = max(left[i].start, right[j].start)
        end = min(left[i].end, right[j].end)
        if start < end:
            both.append(Span(start, end))
        if left[i].end <= right[j].end:
            i += 1
        else:
            j += 1
    return tuple(both)


def subtract(left: Spans, right: Spans) -> tuple[Span, ...]:
    """Every instant that `left` holds and `right` does not."""
    if not left:
        return ()
    return intersect(left, _gaps(right, left[0].start, left[-1].end))


def total(spans: Spans) -> Seconds:
    """The seconds that the spans hold."""
    return sum(span.end - span.start for span in spans)


def _gaps(spans: Spans, start: Instant, end: Instant) -> tuple[Span, ...]:
    """What lies between the spans from `start` to `end`."""
    starts = chain((start,), (span.end for span in spans))
    ends = chain((span.start for span in spans), (end,))
    return tuple(
        Span(opens, closes) for opens, closes in zip(starts, ends, strict=True) if opens < closes
    )
