"""How the desk is called and looks, for its pages and letters."""

import hashlib
from dataclasses import dataclass

from duly.desk.setup.colour import BLACK, NIGHT, WHITE, Colour, colour, lightened, mixed
from duly.desk.setup.desk import Desk, kind_of, the_settings

DULY = "Duly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What is set, with Duly's own name where nothing is; `edition` names all of it together."""

    name: str
    accent: str
    support_address: str
    footer: str
    language: str
    zone: str
    has_logo: bool
    edition: str

    @property
    def own_name(self) -> str:
        """What the desk is called by its owner; empty where nobody said."""
        return "" if self.name == DULY else self.name


@dataclass(frozen=True, slots=True)
class Shades:
    """The accent in both themes: itself, pressed, and as a ground; then what is written on it."""

    light: tuple[str, str, str, str]
    dark: tuple[str, str, str, str]


def brand() -> Brand:
    """Read it. One statement."""
    return _of(the_settings())


def _of(row: Desk) -> Brand:
    logo = bytes(row.logo)
    parts = repr((row.name, row.accent, row.support_address, row.footer)).encode() + logo
    return Brand(
        name=row.name or DULY,
        accent=row.accent,
        support_address=row.support_address,
        footer=row.footer,
        language=row.language,
        zone=row.zone,
        has_logo=bool(logo),
        edition=hashlib.sha256(parts).hexdigest()[:12],
    )


DULYS_OWN = _of(Desk())
"""How a desk looks that nobody branded."""


def logo() -> tuple[bytes, str]:
    """The picture that stands for the desk and its media type; empty where there is none."""
    content = bytes(the_settings().logo)
    return content, kind_of(content)


def shades(accent: str) -> Shades:
    """Derive what pages paint with from a colour that is readable on paper."""
    base = colour(accent)
    night = lightened(base, NIGHT, 7.0)
    return Shades(
        light=_texts(base, mixed(base, BLACK, 0.2), mixed(WHITE, base, 0.06), WHITE),
        dark=_texts(night, mixed(night, WHITE, 0.3), mixed(NIGHT, base, 0.3), BLACK),
    )


def _texts(*colours: Colour) -> tuple[str, str, str, str]:
    one, pressed, wash, written = map(str, colours)
    return one, pressed, wash, written
