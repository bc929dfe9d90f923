"""Colours and how well they can be read: the contrast of WCAG 2.2 (1.4.3), and shades of one colour that keep it."""

import re
from typing import NamedTuple

ENOUGH = 4.5
"""What WCAG asks for between text and what is behind it, at level AA."""
_HEX = re.compile(r"#[0-9a-f]{6}")


class Colour(NamedTuple):
    """Red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


WHITE, BLACK = Colour(255, 255, 255), Colour(0, 0, 0)
PAPER = Colour(0xF7, 0xF7, 0xF5)
"""The darkest ground that the light colours have."""
NIGHT = Colour(0x26, 0x27, 0x2E)
"""The lightest ground that the dark colours have."""


def colour(text: str) -> Colour:
    """Read `#3b5bdb`.

    Raises:
        ValueError: it is not written so.
    """
    if not _HEX.fullmatch(text):
        raise ValueError(text)
    return Colour(*(int(text[place : place + 2], 16) for place in (1, 3, 5)))


def contrast(one: Colour, other: Colour) -> float:
    """How far two colours are apart, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """So much of the other in the one."""
    return Colour(*(round(a + (b - a) * share) for a, b in zip(one, other, strict=True)))


def lightened(one: Colour, ground: Colour, enough: float) -> Colour:
    """The first shade towards white that stands out from a dark ground."""
    shades = (mixed(one, WHITE, step / 50) for step in range(51))
    return next((shade for shade in shades if contrast(shade, ground) >= enough), WHITE)


def _luminance(one: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in one)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
