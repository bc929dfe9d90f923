"""The fold: from a history, the terms it names and an instant to the clocks as they stand then."""

from collections.abc import Mapping, Sequence

from duly.core.clock.values import Fold
from duly.core.events import Event
from duly.core.instant import Instant
from duly.core.terms import Terms


class HistoryError(ValueError):
    """A history that cannot be folded: an event before `opened`, an unknown priority or binding."""


def fold(history: Sequence[Event], terms: Mapping[str, Terms], at: Instant) -> Fold:
    """Fold a ticket's history into its promises as they stand at an instant.

    Events are taken in the order of their `at` (stably); those after `at` do not count. `terms` has the bindings that
    `Opened.binding` and `Moved.binding` name.

    Raises:
        HistoryError: the history does not begin with its one `opened`, or names an unknown priority or binding.
    """
    raise NotImplementedError
