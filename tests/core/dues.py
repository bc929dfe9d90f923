"""Due instants written and read as text, on an office in UTC."""

from collections.abc import Mapping

from duly.core.calendar.values import Calendar, Rule
from duly.core.due import due_at
from duly.core.instant import parse, text
from duly.core.marks import BusinessDay, DayRules
from duly.core.open_time import OpenTime
from duly.core.quantity import parse as target
from duly.core.spans import Span
from tests.core.calendars import HOUR, open_time, weekdays

UTC_OFFICE = Calendar(zone="UTC", week=weekdays((9, 17)))
CLOSED = Calendar(zone="UTC", week=weekdays())
SAME_TIME = DayRules(business_day=BusinessDay.SAME_LOCAL_TIME)
OPEN_HOURS = DayRules(business_day=BusinessDay.OPEN_HOURS, day_seconds=6 * HOUR)
NEXT_OPENING = DayRules(from_next_opening=True)
DEFAULT = DayRules()


def due(
    words: str,
    start: str,
    calendar: Rule = UTC_OFFICE,
    rules: DayRules = DEFAULT,
    others: Mapping[str, Rule] | None = None,
) -> str | None:
    """The due instant, as text without the seconds."""
    at = due_at(
        target(words), parse(start), OpenTime("it", {**(others or {}), "it": calendar}), rules
    )
    return None if at is None else text(at)[:16]


def paused_due(words: str, start: str, *pauses: tuple[str, str]) -> str:
    """The due instant on the office in UTC, around pauses."""
    at = due_at(target(words), parse(start), open_time(UTC_OFFICE), DEFAULT, spans(*pauses))
    assert at is not None
    return text(at)[:16]


def spans(*pairs: tuple[str, str]) -> list[Span]:
    return [Span(parse(start), parse(end)) for start, end in pairs]
