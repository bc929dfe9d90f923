"""Calendars, choices and holidays as a file states them (contract section 2)."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)

from duly.policy.document.base import Day, DayOrMonthDay, Name, Part, Text
from duly.policy.document.fault import fault
from duly.policy.document.tagged import LIST, MAPPING, TEXT, form
from duly.policy.document.week import Week, interval
from duly.policy.document.zones import zone

Interval = Annotated[
    tuple[int, int],
    BeforeValidator(interval),
    WithJsonSchema({"type": "string", "pattern": r"^\d\d:\d\d-\d\d:\d\d$"}),
]
"""Local minutes of opening and closing; past 24 hours the closing lies in the next day."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Intervals = Annotated[tuple[Interval, ...], BeforeValidator(_as_list)]
Zone = Annotated[str, AfterValidator(zone)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class CountryHolidays(Part):
    """The holidays of a country or a part of it; `dates` holds them once a version is stored."""

    named = "holidays"
    country: Text
    subdivision: Text | None = None
    dates: tuple[Day, ...] | None = None
    also: tuple[DayOrMonthDay, ...] = ()
    except_: tuple[DayOrMonthDay, ...] = Field((), alias="except")


def _holiday_word(value: str) -> str:
    if value not in ("customer", "unknown"):
        raise fault("holidays", "write a list of dates, {country: DE}, `customer` or `unknown`.")
    return value


HolidayWord = Annotated[
    str, AfterValidator(_holiday_word), WithJsonSchema({"enum": ["customer", "unknown"]})
]
Holidays = Annotated[
    Annotated[HolidayWord, Tag(TEXT)]
    | Annotated[CountryHolidays, Tag(MAPPING)]
    | Annotated[tuple[DayOrMonthDay, ...], Tag(LIST)],
    Discriminator(form),
]


class Edition(Part):
    """A calendar, or one of its editions: hours of its own, or a combination of calendars.

    That of a customer may give only the parts that a policy leaves to the customer.
    """

    named = "a calendar"
    from_: Day | None = Field(None, alias="from")
    zone: Zone | None = None
    week: Week | None = None
    holidays: Holidays | None = None
    days: dict[Day, Intervals] | None = None
    business_days: tuple[Weekday, ...] | None = None
    union: tuple[Name, ...] | None = None
    intersect: tuple[Name, ...] | None = None
    complement: Name | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The calendars that this one combines."""
        return self.union or self.intersect or ((self.complement,) if self.complement else ())

    @model_validator(mode="after")
    def _one_way(self) -> "Edition":
        ways = [
            way for way in ("union", "intersect", "complement") if getattr(self, way) is not None
        ]
        if len(ways) > 1:
            raise fault(
                "calendar-form",
                f"`{ways[0]}` and `{ways[1]}` exclude each other; make two calendars.",
            )
        if ways and any(value is not None for value in (self.week, self.holidays, self.days)):
            raise fault(
                "calendar-form",
                f"`{ways[0]}` takes its hours from other calendars; "
                "move week, holidays and days to those.",
            )
        return self

    @property
    def lacks(self) -> str | None:
        """The part without which it has no hours, with how to write it; None when it can stand alone."""
        if self.parts:
            return None
        if self.zone is None:
            return "`zone` is missing, e.g. zone: Europe/Berlin."
        if self.week is None and self.days is None:
            return "`week` is missing, e.g. week: {mon-fri: 09:00-17:00}."
        return None


def _whole(value: Edition) -> Edition:
    if value.lacks:
        raise fault("missing-key", value.lacks)
    return value


WholeEdition = Annotated[Edition, AfterValidator(_whole)]


def _editions(value: tuple[Edition, ...]) -> tuple[Edition, ...]:
    starts = [edition.from_ for edition in value]
    if not value or any(start is None for start in starts[1:]):
        raise fault("edition-from", "each edition but the first needs `from`, a date.")
    dates = [start for start in starts if start is not None]
    if dates != sorted(set(dates)):
        raise fault("edition-from", "put editions in the order of `from`.")
    return value


Calendar = Annotated[
    Annotated[WholeEdition, Tag(MAPPING)]
    | Annotated[tuple[WholeEdition, ...], AfterValidator(_editions), Tag(LIST)],
    Discriminator(lambda value: LIST if form(value) == LIST else MAPPING),
]
CustomerCalendar = Annotated[
    Annotated[Edition, Tag(MAPPING)]
    | Annotated[tuple[Edition, ...], AfterValidator(_editions), Tag(LIST)],
    Discriminator(lambda value: LIST if form(value) == LIST else MAPPING),
]
"""The same without the parts that nothing asks for."""


class Choice(Part):
    """Something the subscription picks: one of some calendars or zones."""

    named = "a choice"
    label: Text | None = None
    of: tuple[Name, ...] = Field(min_length=1)
