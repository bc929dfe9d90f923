"""The week of a calendar: which local minutes of each day are open."""

import re
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from duly.policy.document.fault import fault

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
_INTERVAL = re.compile(r"(\d\d?):(\d\d)\s*[-–]\s*(\d\d?):(\d\d)")  # noqa: RUF001 - people paste the dash of web pages


def interval(value: object) -> object:
    """Read ``09:00-17:00`` as local minutes; an end at or before the start lies in the next day.

    Raises:
        fault: the text is no such interval.
    """
    if not isinstance(value, str):
        raise fault("interval", "write hours as 09:00-17:00.")
    match = _INTERVAL.fullmatch(value.strip())
    if match is None:
        raise fault("interval", f"`{value}` is not an interval; write e.g. 09:00-17:00.")
    hour, minute, end_hour, end_minute = (int(part) for part in match.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
        raise fault("interval", f"`{value}`: times go from 00:00 to 24:00.")
    return (start, end if end > start else end + DAY_MINUTES)


def _week(value: object) -> object:
    """Spread ``mon-fri`` over its days."""
    if not isinstance(value, dict):
        raise fault("week", "write a week as {mon-fri: 09:00-17:00}.")
    week: dict[str, tuple[Any, ...]] = {}
    said_by: dict[str, str] = {}
    for key, hours in value.items():
        texts = hours if isinstance(hours, list) else [hours]
        intervals = tuple(_in_day(key, text) for text in texts)
        for day in days_of(key):
            if day in week:
                raise fault(
                    "day-twice",
                    f"{day} is named twice, by `{said_by[day]}` and by `{key}`; name it once.",
                    key=key,
                )
            week[day], said_by[day] = intervals, key
    return {day: _apart(day, week[day]) for day in DAYS if day in week}


def _in_day(key: str, text: object) -> object:
    try:
        return interval(text)
    except PydanticCustomError as error:
        raise fault("interval", error.message(), key=key) from None


def _apart(day: str, intervals: tuple[Any, ...]) -> tuple[Any, ...]:
    ordered = sorted(intervals)
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            raise fault("interval", f"the hours of {day} overlap.")
    return tuple(ordered)


def days_of(key: str) -> list[str]:
    """Read ``mon``, ``mon-fri``, ``mon,wed,fri`` or ``daily``.

    Raises:
        fault: a word is not a day.
    """
    if key == "daily":
        return list(DAYS)
    found: list[str] = []
    for part in key.split(","):
        first, _, last = part.strip().partition("-")
        for name in (first, last or first):
            if name not in DAYS:
                raise fault(
                    "day",
                    f"`{name}` is not a day; days are mon tue wed thu fri sat sun, mon-fri, "
                    'daily or "mon,wed".',
                    key=key,
                )
        start, end = DAYS.index(first), DAYS.index(last or first)
        found += [DAYS[index % 7] for index in range(start, end + 1 if end >= start else end + 8)]
    return found


_DAY = "(mon|tue|wed|thu|fri|sat|sun)"
_HOURS = {"type": "string", "pattern": r"^\d\d?:\d\d\s*[-–]\s*\d\d?:\d\d$"}  # noqa: RUF001
Week = Annotated[
    dict[str, tuple[tuple[int, int], ...]],
    BeforeValidator(_week),
    WithJsonSchema(
        {
            "type": "object",
            "patternProperties": {
                f"^(daily|{_DAY}(-{_DAY})?(, ?{_DAY}(-{_DAY})?)*)$": {
                    "anyOf": [_HOURS, {"type": "array", "items": _HOURS}]
                }
            },
            "additionalProperties": False,
        }
    ),
]
