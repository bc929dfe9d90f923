"""What a restore unpacks in the home, and the removal of what one that was killed left there."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duly.cli.console import say
from duly.cli.home import Home

PREFIX = ".restore-"


@contextmanager
def unpacking(home: Home) -> Iterator[Path]:
    """Give a folder for the rows of a backup, gone when the block ends."""
    with tempfile.TemporaryDirectory(dir=home.path, prefix=PREFIX) as folder:
        yield Path(folder)


def sweep(home: Home) -> None:
    """Remove what a killed restore left, and say so; whoever holds the lock of the home may ask for it."""
    for left in home.path.glob(f"{PREFIX}*"):
        shutil.rmtree(left)
        say(
            f"A restore was killed before it was done; what it had unpacked in {left} is removed. "
            "To have that backup, restore it again."
        )
