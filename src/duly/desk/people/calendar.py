"""Calendars that belong to somebody, checked and kept in the words of the policy language."""

from typing import Any

from duly.desk.errors import Invalid
from duly.policy import PolicyErrors, UnusableInputError, own_calendar


def sound_calendar(calendar: Any) -> Any:
    """Give a calendar, or a list of its editions, with the holidays of a country as dates.

    Raises:
        Invalid: it is no calendar, needs another one, or is never open.
    """
    try:
        return own_calendar(calendar).data
    except PolicyErrors as errors:
        said = "; ".join(problem.message for problem in errors.problems)
        raise Invalid(f"This is no calendar: {said}", field="calendar") from errors
    except UnusableInputError as error:
        raise Invalid(f"This calendar needs more than itself: {error}", field="calendar") from error
