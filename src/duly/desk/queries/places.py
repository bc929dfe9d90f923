"""Places in a long queue: an address names the last line shown, and an index goes on behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from duly.desk.tickets.selection import Sort
from duly.desk.tickets.ticket import Ticket

BY_DUE = F("next_due_at").asc(nulls_last=True)
ORDERS: dict[Sort, tuple[str | OrderBy, ...]] = {
    Sort.DUE: (BY_DUE, "rank", "id"),
    Sort.CRITICAL: ("rank", BY_DUE, "id"),
    Sort.OLDEST: ("opened_at", "id"),
    Sort.NEWEST: ("-opened_at", "-id"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """What the orders look at in the last line that was shown."""

    due_at: datetime | None
    opened_at: datetime
    rank: int
    id: int

    def written(self) -> str:
        """Write it as an address carries it."""
        due = self.due_at.timestamp() if self.due_at else ""
        return f"{due}_{self.opened_at.timestamp()}_{self.rank}_{self.id}"


def place_of(row: Ticket) -> Place:
    """The place of a line."""
    return Place(row.next_due_at, row.opened_at, row.rank, row.pk)


def read_place(written: str) -> Place | None:
    """Read a place; None where it is none."""
    try:
        due, opened, rank, id_ = written.split("_")
        return Place(
            datetime.fromtimestamp(float(due), UTC) if due else None,
            datetime.fromtimestamp(float(opened), UTC),
            int(rank),
            int(id_),
        )
    except (ValueError, OverflowError, OSError):
        return None


def rows_behind(rows: QuerySet[Ticket], sort: Sort, place: Place | None, size: int) -> list[Ticket]:
    """Read so many lines behind a place. One statement: of each part behind it as many, of which the first are kept."""
    if place is not None:
        plain = rows.order_by(*ORDERS[sort])
        first, *others = (plain.filter(part)[:size].values("pk") for part in _parts(sort, place))
        rows = rows.filter(pk__in=first.union(*others, all=True) if others else first)
    return list(rows.order_by(*ORDERS[sort])[:size])


def _parts(sort: Sort, place: Place) -> Iterator[Q | TupleGreaterThan | TupleLessThan]:
    """What comes behind a place, in parts that an index gives in order: without a due instant comes last."""
    match sort:
        case Sort.OLDEST:
            yield TupleGreaterThan(Tuple("opened_at", "id"), (place.opened_at, place.id))
        case Sort.NEWEST:
            yield TupleLessThan(Tuple("opened_at", "id"), (place.opened_at, place.id))
        case Sort.DUE if place.due_at is None:
            yield Q(next_due_at=None) & Q(
                TupleGreaterThan(Tuple("rank", "id"), (place.rank, place.id))
            )
        case Sort.DUE:
            behind = (place.due_at, place.rank, place.id)
            yield TupleGreaterThan(Tuple("next_due_at", "rank", "id"), behind)
            yield Q(next_due_at=None)
        case Sort.CRITICAL:
            same = Q(rank=place.rank)
            if place.due_at is None:
                yield same & Q(next_due_at=None, id__gt=place.id)
            else:
                later = TupleGreaterThan(Tuple("next_due_at", "id"), (place.due_at, place.id))
                yield same & Q(later)
                yield same & Q(next_due_at=None)
            yield Q(rank__gt=place.rank)
