"""Draw every picture again: ``python -m tests.pictures``."""

from tests.pictures.drawing import draw
from tests.pictures.scenes import PICTURES, SCENES

PICTURES.mkdir(parents=True, exist_ok=True)
for scene in SCENES:
    (PICTURES / f"{scene.name}.svg").write_text(draw(scene))
