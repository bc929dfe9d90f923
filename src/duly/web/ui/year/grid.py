"""Where everything of a painted year stands: a row for each month, a cell for each day, hours from top to bottom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from duly.core.calendar.values import DAY
from duly.policy.page.year import DayOfYear, MonthOfYear, Year
from duly.web.words import Reader, day, span

LEFT, TOP, CELL, WIDE, ROW, TALL = 44, 18, 28, 24, 46, 40
WIDTH, HEIGHT = LEFT + 31 * CELL, TOP + 12 * ROW


@dataclass(frozen=True, slots=True)
class Mark:
    """Something special on a day: what shape it has, where it stands, and what to say of it."""

    kind: str
    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A month: its days and open hours as two paths, and its marks."""

    month: MonthOfYear
    y: int
    days: str
    open: str
    marks: tuple[Mark, ...]


def grid(year: Year, reader: Reader) -> tuple[Row, ...]:
    """Lay a year out."""
    return tuple(_row(month, TOP + place * ROW, reader) for place, month in enumerate(year.months))


def heads() -> tuple[tuple[int, int], ...]:
    """The numbers of the days, and where each stands."""
    return tuple((number, _x(number) + WIDE // 2) for number in range(1, 32))


def notes(month: MonthOfYear, reader: Reader) -> tuple[str, ...]:
    """Say what is special about the days of a month: the same as the marks."""
    return tuple(text for each in month.days for _kind, text in _special(each, reader))


def _row(month: MonthOfYear, y: int, reader: Reader) -> Row:
    days = "".join(f"M{_x(each.on.day)} {y}h{WIDE}v{TALL}h-{WIDE}z" for each in month.days)
    hours = "".join(_box(each.on, y, start, end) for each in month.days for start, end in each.open)
    marks = tuple(
        Mark(kind, _x(each.on.day), y, text)
        for each in month.days
        for kind, text in _special(each, reader)
    )
    return Row(month, y, days, hours, marks)


def _box(on: date, y: int, start: int, end: int) -> str:
    top, tall = start * TALL / DAY, (end - start) * TALL / DAY
    return f"M{_x(on.day)} {y + top:.1f}h{WIDE}v{tall:.1f}h-{WIDE}z"


def _x(number: int) -> int:
    return LEFT + (number - 1) * CELL


def _special(each: DayOfYear, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield what is special about a day, in words: `Fri, 25 Dec 2026: Erster Weihnachtstag`."""
    said = day(each.on, reader)
    if each.begins_edition:
        yield "edition", _("%(day)s: other hours from here on") % {"day": said}
    if each.has_own_hours:
        hours = ", ".join(f"{_time(a)}-{_time(b)}" for a, b in each.open) or _("closed")
        yield "own", _("%(day)s: %(hours)s on this day alone") % {"day": said, "hours": hours}
    elif each.is_holiday:
        yield "holiday", f"{said}: {each.holiday or _('holiday')}"
    if each.shift:
        told = {"day": said, "length": span(abs(each.shift))}
        if each.shift > 0:
            yield "forward", _("%(day)s: clocks go forward by %(length)s") % told
        else:
            yield "back", _("%(day)s: clocks go back by %(length)s") % told


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
