"""Moving somebody on a support list, as buttons say it on both sides of the desk."""

from collections.abc import Sequence


def moved(listed: Sequence[int], move: str, who: int) -> list[int]:
    """A list with somebody a place up or down, off it, or at its end."""
    rest = [each for each in listed if each != who]
    if move == "off":
        return rest
    place = listed.index(who) if who in listed else len(rest)
    place = max(place + {"up": -1, "down": 1}.get(move, 0), 0)
    return [*rest[:place], who, *rest[place:]]
