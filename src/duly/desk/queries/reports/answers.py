"""How long first answers and resolutions took: medians and what nine of ten stayed under, on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q

from duly.core.clock.values import Kind
from duly.desk.access.actor import Actor
from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.queries.reports.attainment import Asked, By, Group, grouped, settled

KINDS = (Kind.FIRST_RESPONSE, Kind.RESOLUTION)
TOOK = ExpressionWrapper(F("met_at") - F("started_at"), output_field=DurationField())


class Percentile(Aggregate):
    """The value that a share of all values do not exceed, interpolated; PostgreSQL computes it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, slots=True)
class Took:
    """How many promises of a kind were answered, and how long half and nine tenths of them took at most, in seconds."""

    count: int
    median: int | None
    ninth: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """A group with its first answers and its resolutions."""

    group: Group
    took: Mapping[Kind, Took]


def answers(actor: Actor, asked: Asked, by: By) -> tuple[Answers, ...]:
    """Measure them. One statement, and one that names priorities.

    Raises:
        NotFound: the actor does not read reports.
    """
    require(may_see_reports(actor))
    rows, _more = grouped(settled(actor, asked).filter(met_at__isnull=False), asked, by, _SUMS)
    return tuple(Answers(group, {kind: _took(row, kind) for kind in KINDS}) for row, group in rows)


def _took(row: Mapping[str, Any], kind: Kind) -> Took:
    name = kind.value
    return Took(row[f"{name}_n"], _seconds(row[f"{name}_5"]), _seconds(row[f"{name}_9"]))


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else round(length.total_seconds())


_SUMS = {
    f"{kind.value}_{name}": aggregate
    for kind in KINDS
    for name, aggregate in (
        ("n", Count("pk", filter=Q(kind=kind.value))),
        (
            "5",
            Percentile(TOOK, share="0.5", filter=Q(kind=kind.value), output_field=DurationField()),
        ),
        (
            "9",
            Percentile(TOOK, share="0.9", filter=Q(kind=kind.value), output_field=DurationField()),
        ),
    )
}
