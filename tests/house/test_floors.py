"""The check of the floors is one that can fail."""

from pathlib import Path

from tests.house.floors import hold


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
    assert not hold(upside_down)
