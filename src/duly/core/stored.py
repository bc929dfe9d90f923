"""Core values as plain JSON values and back, with a schema number: how terms outlive the process that made them.

What is written follows from the types of the values. A change of their shape changes what is stored: raise `SCHEMA`
then, and teach `read` the step from the number before. The stored example among the tests shows when that is due.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from duly.core.terms import Terms

SCHEMA = 1


class SchemaError(ValueError):
    """A stored value is of a schema that this version of Duly does not read."""


def write(terms: Terms) -> dict[str, Any]:
    """Write terms as values that JSON knows: mappings, lists, texts, whole numbers, yes, no and null."""
    return {"schema": SCHEMA, "terms": _plain(terms)}


def read(stored: Mapping[str, Any]) -> Terms:
    """Read terms that `write` wrote, after any trip through JSON.

    Raises:
        SchemaError: it was written by a version of Duly with another schema.
    """
    if stored.get("schema") != SCHEMA:
        raise SchemaError(
            f"stored terms have schema {stored.get('schema')!r}; this version reads {SCHEMA}"
        )
    terms = _value(Terms, stored["terms"])
    assert isinstance(terms, Terms)
    return terms


def _plain(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in sorted(value.items())}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset):
        return [_plain(each) for each in sorted(value)]
    if isinstance(value, (Decimal, date, StrEnum)):
        return str(value)
    if is_dataclass(value):
        named = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **named}
    return value


def _value(hint: Any, plain: Any) -> Any:
    """Read a value of a type, as the type is written in the dataclass."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _one_of(inner, plain)
    if origin is tuple:
        kinds = inner[:1] * len(plain) if inner[-1] is Ellipsis else inner
        return tuple(_value(kind, each) for kind, each in zip(kinds, plain, strict=True))
    if origin is frozenset:
        return frozenset(_value(inner[0], each) for each in plain)
    if origin is Mapping:
        return {_value(inner[0], key): _value(inner[1], each) for key, each in plain.items()}
    return plain if origin is Literal else _single(hint, plain)


def _one_of(kinds: tuple[Any, ...], plain: Any) -> Any:
    """Read one of several types: null, a dataclass by its name, or the one type that is neither."""
    if plain is None:
        return None
    name = plain["is"] if isinstance(plain, dict) else None
    fitting = [
        kind for kind in kinds if (kind.__name__ == name if name else not is_dataclass(kind))
    ]
    return _value(fitting[0], plain)


def _single(kind: Any, plain: Any) -> Any:
    if hasattr(kind, "__dataclass_fields__"):
        return kind(**{name: _value(hint, plain[name]) for name, hint in _hints(kind).items()})
    if issubclass(kind, tuple):
        return kind(*plain)
    if kind is date:
        return date.fromisoformat(plain)
    return kind(plain)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
