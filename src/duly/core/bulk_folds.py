"""Folds of many tickets. Each is folded as if alone: they share the layout of calendars, and nothing is vectorised.

A fold decides event by event, so there is no array to run over; deadlines of many starts are in `duly.core.bulk`.
"""

from collections.abc import Mapping, Sequence

from duly.core.clock.fold import fold
from duly.core.clock.promise import promises
from duly.core.clock.values import Fold
from duly.core.events import Event
from duly.core.instant import Instant
from duly.core.open_time import HORIZON
from duly.core.terms import Terms


def fold_many(
    histories: Sequence[Sequence[Event]], terms: Mapping[str, Terms], at: Instant
) -> list[Fold]:
    """Fold many histories to one instant. `terms` has every binding that any of them names.

    Each calendar is laid out once, wide enough for all; folded one by one, tickets of many years would have it laid out
    again for each year that is wider.

    Raises:
        HistoryError, CalendarError: as for `fold`, for the first history that cannot be folded.
    """
    known = [event.at for history in histories for event in history if event.at <= at]
    if known:
        for each in terms.values():
            promises(each).lay_out(min(known), at + HORIZON)
    return [fold(history, _named(history, terms), at) for history in histories]


def _named(history: Sequence[Event], terms: Mapping[str, Terms]) -> Mapping[str, Terms]:
    """The terms that a history names, so that it carries tracks only for what they promise."""
    bindings = {binding for event in history if (binding := getattr(event, "binding", None))}
    return {binding: terms[binding] for binding in bindings if binding in terms}
