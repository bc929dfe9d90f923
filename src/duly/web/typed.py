"""Whole numbers and days as addresses and forms carry them; what is none, or no row can have, is None."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duly.desk.errors import Invalid

MOST_DIGITS = 18
"""As many as surely fit a column of the database."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""For which time is laid out at all; sums with days beyond them would leave the calendar."""


def whole(typed: str) -> int | None:
    """Read a whole number."""
    typed = typed.strip()
    fits = typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS
    return int(typed) if fits else None


def calendar_day(typed: str) -> date | None:
    """Read a day, such as 2026-11-30."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


class DayField(forms.DateField):
    """The box for a day; one beyond all calendars is as wrong as one that is none."""

    default_error_messages = {  # noqa: RUF012 - Django reads it from the class
        "required": gettext_lazy("Say from which day on."),
        "invalid": gettext_lazy("Write the day as 2026-12-01."),
    }

    def to_python(self, value: Any) -> date | None:
        """Read it.

        Raises:
            ValidationError: it is none.
        """
        found: date | None = super().to_python(value)
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def read_moment(typed: str, zone: ZoneInfo, *, field: str) -> datetime:
    """Read a day and an hour, as a box for both sends them.

    Raises:
        Invalid: it is none.
    """
    try:
        found = datetime.fromisoformat(typed).replace(tzinfo=zone)
    except ValueError:
        found = None
    if found is None or calendar_day(found.date().isoformat()) is None:
        raise Invalid(_("Choose a day and an hour."), field=field)
    return found
