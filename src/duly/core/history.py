"""Events as plain JSON values and back: the form of the case files, ``{at, event, …}`` (contract, section 5)."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeAlias, get_args

from duly.core import events, instant
from duly.core.events import By, Event, Facts
from duly.core.instant import Instant

Plain: TypeAlias = dict[str, Any]

_IN_FILES = {"mark": "as"}
_NAMES = {kind: name for name, kind in events.NAMES.items()}
_FACTS = tuple(fact.name for fact in fields(Facts))
_KEYS = {
    kind: {
        _IN_FILES.get(field.name, field.name): field
        for field in fields(kind)
        if field.name not in ("at", "facts")
    }
    for kind in events.NAMES.values()
}


class EventError(ValueError):
    """A plain value is no event. The text says which field, and what was expected."""


def read(plain: Mapping[str, object]) -> Event:
    """Read one event. `opened` and `moved` name their terms as `binding`; a priority may be a number.

    Raises:
        EventError: an unknown event, a field that it lacks or does not have, or a value of the wrong type.
    """
    rest = dict(plain)
    name = rest.pop("event", None)
    if not isinstance(name, str) or name not in events.NAMES:
        raise EventError(f"event is {name!r}; known are {', '.join(events.NAMES)}")
    return event(name, _at(rest.pop("at", None), name), rest)


def event(name: str, at: Instant, stated: Mapping[str, object]) -> Event:
    """Read an event whose name and instant are known already, as rows have them in columns of their own.

    Raises:
        EventError: a field that it lacks or does not have, or a value of the wrong type.
    """
    kind, rest = events.NAMES[name], dict(stated)
    keys = _KEYS[kind]
    values: dict[str, Any] = {"at": at}
    for key, field in keys.items():
        if key in rest:
            values[field.name] = _value(f"{name}: {key}", field.name, rest.pop(key))
        elif field.default is MISSING:
            raise EventError(f"{name}: {key} is missing")
    if rest and "facts" in kind.__dataclass_fields__:
        known: dict[str, Any] = {
            fact: _fact(f"{name}: {fact}", fact, rest.pop(fact)) for fact in _FACTS if fact in rest
        }
        values["facts"] = Facts(**known)
    if rest:
        raise EventError(f"{name}: unknown {', '.join(rest)}; known are {', '.join(('at', *keys))}")
    return kind(**values)


def write(event: Event) -> Plain:
    """Write one event; what is not stated is left out, so that `read` gives an equal event back."""
    plain: Plain = {"at": instant.text(event.at), "event": _NAMES[type(event)]}
    for key, field in _KEYS[type(event)].items():
        value = getattr(event, field.name)
        if value != field.default:
            plain[key] = value
    facts = getattr(event, "facts", Facts())
    for fact in _FACTS:
        value = getattr(facts, fact)
        if value is not None:
            plain[fact] = sorted(value) if fact == "flags" else value
    return plain


def _at(value: object, name: str) -> int:
    if not isinstance(value, str):
        raise EventError(f"{name}: at is {value!r}; write an instant with an offset")
    try:
        return instant.parse(value)
    except ValueError as error:
        raise EventError(f"{name}: at: {error}") from error


def _value(place: str, name: str, value: object) -> object:
    """Check a field by its name: names mean the same in every event."""
    if name in ("level", "minutes", "withdrawn"):
        wanted = bool if name == "withdrawn" else int
        if type(value) is not wanted:
            raise EventError(
                f"{place} is {value!r}; write a {'yes or no' if wanted is bool else 'whole number'}"
            )
        return value
    if name == "by" and value not in get_args(By):
        raise EventError(f"{place} is {value!r}; write one of {', '.join(get_args(By))}")
    return _text(place, value)


def _fact(place: str, fact: str, value: object) -> object:
    if fact != "flags":
        return _text(place, value)
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise EventError(f"{place} is {value!r}; write a list")
    return frozenset(_text(place, flag) for flag in value)


def _text(place: str, value: object) -> str:
    if isinstance(value, str) or type(value) is int:
        return str(value)
    raise EventError(f"{place} is {value!r}; write a text")
