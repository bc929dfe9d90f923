"""What a plan covers and how much of it is used, for a ticket or for one that is not opened yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from duly.core import instant
from duly.core.allowance import Allowance, Beyond, Minutes, Usage
from duly.core.periods import period
from duly.core.terms import Terms
from duly.desk.queries.reading import Reading
from duly.desk.tickets import allowances


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """An allowance; `per` is empty where it is for each ticket, and `is_now` false where its period is over."""

    name: str
    is_minutes: bool
    per: str
    is_now: bool
    used: int
    limit: int | None
    is_over: bool
    beyond: Beyond


def covered(reading: Reading, at: datetime) -> tuple[Covered, ...]:
    """What covers a ticket. A statement for each allowance that is shared with other tickets."""
    row, terms = reading.row, reading.current_terms
    if terms is None or not terms.allowances:
        return ()
    stated, over = terms.allowances, reading.events[0].facts.get(allowances.OVER, ())
    found = [
        _tickets(name, stated[name], use, row.opened_at, at)
        for name, use in allowances.tickets_used(row, terms, at, over=over).items()
    ]
    found += [
        _minutes(name, stated[name], use)
        for name, use in allowances.minutes_used(row, terms, at, history=reading.history).items()
    ]
    return tuple(found)


def before_opening(subscription_id: int | None, terms: Terms, at: datetime) -> tuple[Covered, ...]:
    """What is used before a ticket is opened now; `is_over` says that this one would be beyond."""
    if subscription_id is None:
        return ()
    return before_opening_each({subscription_id: terms}, at)[subscription_id]


def before_opening_each(
    terms: Mapping[int, Terms], at: datetime
) -> Mapping[int, tuple[Covered, ...]]:
    """The same for many subscriptions. At most two statements."""
    return {
        pk: tuple(
            _tickets(name, terms[pk].allowances[name], use, at, at, besides=1)
            for name, use in found.items()
        )
        for pk, found in allowances.if_opened_each(terms, at).items()
    }


def _tickets(
    name: str, each: Allowance, use: Usage, opened_at: datetime, at: datetime, *, besides: int = 0
) -> Covered:
    assert each.per is not None
    then, now = (
        period(instant.from_datetime(when), each.per, each.zone).name for when in (opened_at, at)
    )
    return Covered(
        name=name,
        is_minutes=False,
        per=each.per.value,
        is_now=then == now,
        used=use.used - besides,
        limit=use.limit,
        is_over=use.over,
        beyond=each.beyond,
    )


def _minutes(name: str, each: Allowance, use: Minutes) -> Covered:
    return Covered(
        name=name,
        is_minutes=True,
        per=each.per.value if each.per else "",
        is_now=True,
        used=use.used,
        limit=use.limit,
        is_over=use.over > 0,
        beyond=each.beyond,
    )
