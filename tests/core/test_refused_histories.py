"""Histories that cannot be folded are refused, and say why."""

import pytest

from duly.core.clock.fold import HistoryError
from tests.core.retargets import FROM_CHANGE, LOW, moved
from tests.core.tickets import folded, ticket


def test_an_unknown_priority_is_refused() -> None:
    with pytest.raises(HistoryError, match="unknown priority '9'; the plan knows 1, 2, 3"):
        folded(FROM_CHANGE, ticket("mon 09:00 opened priority=9"), "mon 10:00")
    with pytest.raises(HistoryError, match="unknown priority '9'"):
        folded(FROM_CHANGE, ticket(LOW, "mon 10:00 prioritised priority=9"), "mon 10:00")


def test_an_unknown_binding_is_refused() -> None:
    with pytest.raises(HistoryError, match="the binding 'bronze', and its terms were not given"):
        folded(FROM_CHANGE, moved(LOW, "mon 10:00 moved", binding="bronze"), "mon 11:00")


def test_a_history_begins_with_its_one_opening() -> None:
    with pytest.raises(HistoryError, match="begins with Noted"):
        folded(FROM_CHANGE, ticket("mon 08:00 noted", LOW), "mon 10:00")
    with pytest.raises(HistoryError, match="second Opened"):
        folded(FROM_CHANGE, ticket(LOW, LOW), "mon 10:00")


def test_nothing_is_known_before_the_opening() -> None:
    assert folded(FROM_CHANGE, ticket(LOW), "mon 08:59").clocks == ()
