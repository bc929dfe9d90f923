"""How many random cases a test takes, and from which seed."""

import os
import secrets
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.strategies import SearchStrategy

SEED = int(os.environ.get("ORACLE_SEED") or secrets.randbits(32))
"""Printed at the head of every test run; `ORACLE_SEED=… ./duly test` takes the same cases again."""

PHASES = [Phase.generate, Phase.shrink] if "ORACLE_SHRINK" in os.environ else [Phase.generate]
"""Making a failing case small takes minutes, so it has to be asked for with `ORACLE_SHRINK=1`."""


def prove(
    check: Callable[[Any], None], cases: SearchStrategy[Any], examples: int, number: int = SEED
) -> None:
    """Run a check on so many random cases; the same seed gives the same cases."""
    quietly = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=PHASES,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    seed(number)(quietly(given(cases)(check)))()
