"""What its owner has set for the desk as a whole."""

from duly.desk.setup.desk import the_settings


def close_after_days() -> int | None:
    """How long a resolved ticket waits before it closes by itself; None: for ever."""
    return the_settings().close_after_days
