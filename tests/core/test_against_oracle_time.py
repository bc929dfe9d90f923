"""Core's calendars and due instants against the slow oracle, on random calendars in every zone."""

import pytest

from tests.oracle import draw
from tests.oracle.compare import same_promises
from tests.oracle.sample import prove
from tests.oracle.transitions import transitions
from tests.oracle.wall import offset

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "examples", [pytest.param(10, id="few"), pytest.param(80, id="many", marks=pytest.mark.slow)]
)
def test_open_time_and_due_instants_agree_with_the_oracle(examples: int) -> None:
    prove(same_promises, draw.desks(), examples)


@pytest.mark.parametrize("forward", [True, False], ids=["gap", "fold"])
@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "Antarctica/Troll"]
)
def test_they_agree_where_clocks_jump(zone: str, *, forward: bool) -> None:
    """An hour, a whole day skipped, half an hour, two hours: at the zone's widest jump each way."""

    def jump(at: int) -> int:
        return offset(zone, at) - offset(zone, at - 1)

    widest = (max if forward else min)(transitions(zone), key=jump)
    prove(same_promises, draw.desks(zone, widest), 8)
