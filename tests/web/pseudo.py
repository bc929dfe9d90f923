"""A language that nobody speaks: every word of ours in ⟦brackets⟧ and with accents, so that any other is seen."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import allauth
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps
from django.db.models import CharField, EmailField, JSONField, TextField
from django.utils.translation import trans_real

from tests.house.catalogue import compiled, extracted

PLACES = re.compile(r"(%\(\w+\)[sd]|%[s%]|{\w+}|<[^>]+>)")
ACCENTS = str.maketrans("aeiouyAEIOUY", "åëïöüÿÅËÏÖÜŸ")
SAID = ("aria-label", "title", "placeholder", "alt", "data-send", "data-saved", "data-kept")
"""Attributes that people read or hear."""
SILENT = frozenset({"script", "style", "svg", "kbd", "code", "pre", "noscript", "textarea"})
OPEN = frozenset(
    {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "col", "wbr"}
)
"""Elements without an end."""


def speak_pseudo(folder: Path, settings: object) -> None:
    """Let English be this language from now on."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for message in (*extracted(), *_third_party()):
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            strange = tuple(pseudo(form) for form in forms)
            catalogue.add(message.id, strange if len(strange) > 1 else strange[0])
    file = folder / "en" / "LC_MESSAGES" / "django.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled(catalogue))
    settings.LOCALE_PATHS = [folder]  # type: ignore[attr-defined]
    trans_real._translations = {}  # type: ignore[attr-defined]


def _third_party() -> Catalog:
    """The words of the pages that sign people in: their package translates them itself."""
    words = Path(allauth.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po"
    with words.open("rb") as file:
        return read_po(file)


def pseudo(text: str) -> str:
    """Make a word of ours strange; places for values stay."""
    parts = PLACES.split(text)
    return f"⟦{''.join(p if i % 2 else p.translate(ACCENTS) for i, p in enumerate(parts))}⟧"


class _Seen(HTMLParser):
    """What people see and hear of a page, one piece for each element."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._within: list[bool] = []
        """For each element that is open, whether what it holds is not ours to translate."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stated = {name: value or "" for name, value in attrs}
        silent = tag in SILENT
        inside = silent or bool(self._within and self._within[-1])
        if not inside:
            self.pieces += [stated[name] for name in SAID if stated.get(name)]
        if tag not in OPEN:
            self._within.append(inside)

    def handle_endtag(self, tag: str) -> None:
        if tag not in OPEN and self._within:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not (self._within and self._within[-1]):
            self.pieces.append(data)


def pieces(html: str) -> list[str]:
    """What people see and hear of a page."""
    seen = _Seen()
    seen.feed(html)
    return [" ".join(piece.split()) for piece in seen.pieces if piece.strip()]


def outside(text: str) -> str:
    """What stands outside all brackets; values inside of them are part of a translated sentence."""
    depth, left = 0, ""
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        left += letter if depth == 0 and letter != "⟧" else " "
    return left


def data() -> set[str]:
    """Every text that the database holds: names, addresses, subjects, the words of policies.

    A single word in small letters is left out: it is a code such as a status, which nobody should be shown.
    """
    found: set[str] = set()
    for model in apps.get_app_config("desk").get_models():
        fields = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | EmailField | TextField | JSONField)
        ]
        for row in model._default_manager.values_list(*fields) if fields else ():
            found.update(text for value in row for text in _texts(value))
    return {text for text in found if text and not (text.isalpha() and text.islower())}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from value.split("\n")
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield str(key)
            yield from _texts(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _texts(inside)
