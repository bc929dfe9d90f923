"""The pictures in the documentation show what core computes, and core computes what was worked out by hand."""

import pytest

from tests.pictures.drawing import draw
from tests.pictures.scene import Scene, in_brief
from tests.pictures.scenes import PICTURES, SCENES

PAGE = PICTURES.parents[1] / "clocks.md"
every_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)


@every_scene
def test_a_picture_shows_what_was_worked_out_by_hand(scene: Scene) -> None:
    for lane in scene.lanes:
        assert tuple(in_brief(clock) for clock in scene.clocks(lane)) == lane.promised, lane.label


@every_scene
def test_a_picture_in_the_documentation_is_the_one_that_is_drawn_now(scene: Scene) -> None:
    """Draw them again with ``python -m tests.pictures``."""
    assert (PICTURES / f"{scene.name}.svg").read_text() == draw(scene)


def test_the_page_shows_every_picture_once_and_no_other() -> None:
    page = PAGE.read_text()
    shown = sorted(file.stem for file in PICTURES.glob("*.svg"))
    assert shown == sorted(scene.name for scene in SCENES)
    for name in shown:
        assert page.count(f"(pictures/clocks/{name}.svg)") == 1
