"""Reading settings from the environment: one name at a time, secrets from files, every mistake loud."""

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ELSEWHERE = {"DULY_PG_BIN", "DULY_PG_USER", "DULY_PORT", "DULY_TEST_DATABASE_URL"}
"""Variables of the command line, which settings do not read."""

_read: set[str] = set()


def text(name: str, default: str | None = None) -> str:
    """Give the variable, or the content of the file that `<name>_FILE` names.

    Raises:
        ImproperlyConfigured: it is set twice, its file cannot be read, or it is missing and has no default.
    """
    _read.update({name, f"{name}_FILE"})
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one of them.")
    if file:
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise ImproperlyConfigured(f"{name}_FILE: {problem.strerror}: {file}") from problem
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(
            f"{name} is not set. `./duly up` and `./duly manage` set it; "
            f"elsewhere set {name}, or {name}_FILE to a file that holds it."
        )
    return default


def choice(name: str, allowed: Iterable[str], default: str) -> str:
    """Give a variable that must be one of a few words."""
    value = text(name, default)
    if value not in set(allowed):
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    return value


def whole(name: str, default: int, *, least: int = 1) -> int:
    """Give a variable that must be a whole number, above zero unless `least` says otherwise."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be a whole number, {least} or more."
        )
    return int(value)


def words(name: str, default: str) -> list[str]:
    """Give a variable that lists words, parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def refuse_unknown() -> None:
    """Refuse a `DULY_` variable that nothing has read: most likely a slip of the pen."""
    known = _read | ELSEWHERE
    for name in sorted(os.environ):
        if name.startswith("DULY_") and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise ImproperlyConfigured(f"Nothing reads {name}.{hint}")
