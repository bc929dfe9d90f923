"""Core's clocks against the slow oracle, on random terms and histories in every zone."""

import pytest

from tests.oracle.compare import same_life, same_past
from tests.oracle.draw_lives import lives
from tests.oracle.sample import prove

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "examples", [pytest.param(20, id="few"), pytest.param(120, id="many", marks=pytest.mark.slow)]
)
def test_clocks_and_levels_agree_with_the_oracle(examples: int) -> None:
    prove(same_life, lives(), examples)


def test_a_past_instant_folds_to_what_was_known_then() -> None:
    prove(same_past, lives(), 15)
