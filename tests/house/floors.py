"""The floors of the house, held by import-linter: `python -m tests.house.floors`, for its own module runs nothing."""

import sys
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

CONTRACTS = Path(__file__).parents[2] / "pyproject.toml"


def hold(contracts: Path = CONTRACTS) -> bool:
    """Whether every contract of a file is kept; import-linter says which are not."""
    return lint_imports(config_filename=str(contracts), no_cache=True) == EXIT_STATUS_SUCCESS


if __name__ == "__main__":
    sys.exit(not hold(*map(Path, sys.argv[1:])))
