"""A history that grows answers after each event as one that is folded whole."""

from random import Random

import pytest

from duly.core.clock.fold import HistoryError, fold
from duly.core.clock.growing import Growing
from tests.core.test_bulk_folds import random_history
from tests.core.test_fold import KNOWN
from tests.core.tickets import on, ticket


@pytest.mark.parametrize("many", [60, pytest.param(600, marks=pytest.mark.slow)])
def test_each_answer_on_the_way_is_that_of_a_whole_fold(many: int) -> None:
    random = Random(1122)
    for _ in range(many):
        history, growing = random_history(random), Growing()
        for number, each in enumerate(history, start=1):
            growing.add(each)
            at = each.at
            # At the event itself, before the next one, and at instants at which time alone does something.
            for later in (0, random.choice([1, 900, 40_000, 5_000_000]), 0):
                at += later
                whole = fold(history[:number], KNOWN, at)
                assert growing.fold(KNOWN, at) == whole
                at = whole.wakes_at or at
        assert growing.events == tuple(history)


def test_terms_may_come_with_the_event_that_names_them() -> None:
    history = ticket("mon 09:00 opened binding=gold priority=1", "mon 10:00 moved binding=silver")
    growing = Growing(history[:1])
    gold = {"gold": KNOWN["gold"]}
    assert growing.fold(gold, on("mon 09:30")) == fold(history, gold, on("mon 09:30"))
    growing.add(history[1])
    assert growing.fold(KNOWN, on("mon 10:30")) == fold(history, KNOWN, on("mon 10:30"))


def test_what_is_added_out_of_order_is_folded_in_order() -> None:
    history = ticket(
        "mon 09:00 opened priority=1", "mon 12:00 replied by=agent", "mon 10:00 replied by=agent"
    )
    told = Growing(history).fold(KNOWN, on("mon 13:00"))
    assert told == fold(history, KNOWN, on("mon 13:00"))
    assert told.clocks[0].met_at == on("mon 10:00")


def test_an_event_that_cannot_be_applied_is_told_each_time() -> None:
    growing = Growing(ticket("mon 09:00 opened priority=1"))
    growing.fold(KNOWN, on("mon 09:00"))
    growing.add(*ticket("mon 10:00 prioritised priority=9"))
    for _ in range(2):
        with pytest.raises(HistoryError, match="unknown priority '9'"):
            growing.fold(KNOWN, on("mon 10:00"))
