"""Calendars that belong to somebody, checked and kept in the words of the policy language."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.open_time import OpenTime
from duly.core.spans import Spans
from duly.desk.errors import Invalid
from duly.policy import PolicyErrors, UnusableInputError, customers_calendar, own_calendar
from duly.policy.bind.own_calendar import OWN


def sound_calendar(calendar: Any) -> Any:
    """Give a calendar, or a list of its editions, with the holidays of a country as dates.

    Raises:
        Invalid: it is no calendar, needs another one, or is never open.
    """
    return _sound(lambda: own_calendar(calendar).data)


def sound_customers_calendar(calendar: Any) -> Any:
    """The same for a customer's, which may give only the zone, the holidays or the week that policies ask for.

    Raises:
        Invalid: it is no calendar, gives nothing, needs another one, or is never open.
    """
    return _sound(lambda: customers_calendar(calendar))


def _sound(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except PolicyErrors as errors:
        said = "; ".join(problem.message for problem in errors.problems)
        raise Invalid(
            _("This is no calendar: %(said)s") % {"said": said}, field="calendar"
        ) from errors
    except UnusableInputError as error:
        raise Invalid(
            _("This calendar needs more than itself: %(error)s") % {"error": error},
            field="calendar",
        ) from error


def is_open(calendar: Any, at: datetime) -> bool:
    """Whether a sound calendar is open at an instant."""
    return _compiled(json.dumps(calendar)).is_open(instant.from_datetime(at))


def open_spans(calendar: Any, since: datetime, until: datetime) -> Spans:
    """The open spans of a sound calendar between two instants."""
    return _compiled(json.dumps(calendar)).spans(
        instant.from_datetime(since), instant.from_datetime(until)
    )


@lru_cache(maxsize=500)
def _compiled(calendar: str) -> OpenTime:
    return OpenTime(OWN, own_calendar(json.loads(calendar)).rules)
