from random import Random

import pytest

from duly.core.bulk_folds import fold_many
from duly.core.clock.fold import HistoryError, fold
from duly.core.events import Event
from tests.core.test_fold import KNOWN, LINES
from tests.core.tickets import MONDAY, event, on, said, terms, ticket

YEARS = 4 * 365 * 96


def random_history(random: Random) -> list[Event]:
    """A ticket of the last four years with up to twenty events, a quarter of an hour to two weeks apart."""
    at = MONDAY - 900 * random.randrange(YEARS)
    priority = random.choice(["", "priority=1", "priority=2", "priority=3"])
    lines = [(at, f"opened binding={random.choice(['gold', 'silver'])} {priority}")]
    for _ in range(random.randrange(20)):
        at += 900 * random.choice([0, 1, 4, 9, 32, 96, 500, 1344])
        lines.append((at, random.choice(LINES)))
    return [event(f"{said(at)} {line}") for at, line in lines]


@pytest.mark.parametrize("many", [300, pytest.param(10_000, marks=pytest.mark.slow)])
def test_many_tickets_fold_as_each_does_alone(many: int) -> None:
    random = Random(2026)
    histories = [random_history(random) for _ in range(many)]
    folds = fold_many(histories, KNOWN, MONDAY)
    for history, folded in zip(histories, folds, strict=True):
        assert folded == fold(history, KNOWN, MONDAY)


def test_no_tickets_are_no_folds() -> None:
    assert fold_many([], KNOWN, MONDAY) == []


def test_what_no_ticket_needs_may_be_missing() -> None:
    known = {"gold": terms(first_response={"1": "2 business hours on customer", "2": "2 hours"})}
    (folded,) = fold_many([ticket("mon 09:00 opened priority=2")], known, on("mon 10:00"))
    assert len(folded.clocks) == 1


def test_a_history_that_cannot_be_folded_says_so() -> None:
    with pytest.raises(HistoryError, match="the binding 'bronze'"):
        fold_many([ticket("mon 09:00 opened binding=bronze priority=1")], KNOWN, on("mon 10:00"))
