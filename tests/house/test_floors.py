"""The check of the floors is one that can fail."""

import subprocess
import sys
from pathlib import Path

from tests.house.floors import CONTRACTS


def test_a_floor_that_imports_one_above_is_found(tmp_path: Path) -> None:
    upside_down = tmp_path / "floors.toml"
    upside_down.write_text(
        """
[tool.importlinter]
root_package = "duly"

[[tool.importlinter.contracts]]
name = "Upside down"
type = "layers"
layers = ["duly.core", "duly.policy"]
"""
    )
    # A process of its own: import-linter silences every logger that it finds.
    command = [sys.executable, "-m", "tests.house.floors", str(upside_down)]
    found = subprocess.run(
        command, cwd=CONTRACTS.parent, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1
    assert "Upside down BROKEN" in found.stdout
