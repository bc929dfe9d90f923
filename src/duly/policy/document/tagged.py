"""Values that may be a text, a mapping or a list: errors speak of the form that was used."""

from collections.abc import Mapping
from typing import Any

from pydantic import Discriminator

FORM = "form:"
"""Marks a step in an error's location that names a form and is not written in the file."""

TEXT, MAPPING, LIST, VALUE = (f"{FORM}{name}" for name in ("text", "mapping", "list", "value"))


def form(value: Any) -> str:
    """Tell which form a value has."""
    if isinstance(value, Mapping):
        return MAPPING
    return LIST if isinstance(value, list | tuple) else TEXT


def word_or_value(word: str) -> Discriminator:
    """Tell a word of the language (tagged `TEXT`) from a value (tagged `VALUE`)."""
    return Discriminator(lambda value: TEXT if value == word else VALUE)
