"""The sum behind one clock of a case, as lines for people and as plain values."""

from dataclasses import asdict
from typing import Any

from duly.core import instant
from duly.core.clock.values import Kind
from duly.core.explain import explain
from duly.core.explanation import Explanation
from duly.core.instant import Instant
from duly.core.spans import Span, Spans
from duly.policy.cases.history import Tickets
from duly.policy.cases.standing import clock_json
from duly.policy.problems import UnusableInputError


def explanation(
    tickets: Tickets, name: str, kind: str, cycle: int | None, at: Instant
) -> Explanation:
    """Explain a clock of a ticket: the cycle named, or the latest.

    Raises:
        UnusableInputError: there is no such ticket, or no such clock at that instant.
    """
    if name not in tickets.events:
        known = ", ".join(tickets.events)
        raise UnusableInputError(f"there is no ticket `{name}`; there is {known}.")
    events = [event for event in tickets.events[name] if event.at <= at]
    try:
        return explain(events, tickets.terms, at, Kind(kind), cycle)
    except LookupError as error:
        raise UnusableInputError(f"{name}: {error}.") from error


def explanation_json(explained: Explanation) -> dict[str, Any]:
    """Write everything the due instant follows from; instants as text in UTC."""
    counted = explained.sum
    return {
        "clock": clock_json(explained.clock),
        "policy": explained.policy,
        "version": explained.version,
        "plan": explained.plan,
        "started_by": explained.started_by,
        "when": _gate(explained),
        "promised_at": instant.text(explained.promised_at),
        "zone": explained.zone,
        "rules": dict(explained.rules),
        "pauses": _spans(explained.pauses),
        "sum": counted
        and {
            "rule": counted.rule.value,
            "counted_from": instant.text(counted.counted_from),
            "seconds": counted.seconds,
            "counted": _spans(counted.counted),
            "paused": _spans(counted.paused),
            "days": [
                {"on": str(mark.on), "at": instant.text(mark.at), "counts": mark.counts}
                for mark in counted.marks
            ],
            "edition": counted.edition and str(counted.edition),
            "due_at": None if counted.due_at is None else instant.text(counted.due_at),
        },
    }


def _gate(explained: Explanation) -> dict[str, Any] | None:
    if explained.when is None:
        return None
    stated = {key: value for key, value in asdict(explained.when).items() if value}
    return {key: sorted(v) if isinstance(v, frozenset) else v for key, v in stated.items()}


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [_span(span) for span in spans]


def _span(span: Span) -> dict[str, Any]:
    start, end = instant.text(span.start), instant.text(span.end)
    return {"start": start, "end": end, "seconds": span.end - span.start}
