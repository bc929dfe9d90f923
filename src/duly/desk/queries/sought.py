"""What somebody typed into the search box, read: words, and operators such as `org:acme is:open before:2026-11-01`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

OPERATORS = frozenset(
    {"org", "is", "priority", "before", "after", "assignee", "from", "team", "tag"}
)
STATES = frozenset({"open", "waiting", "resolved", "closed", "unfinished", "unassigned", "mine"})
MOST_WORDS = 20
_TERM = re.compile(
    r'(?P<not>-)?(?:(?P<name>[A-Za-z][A-Za-z0-9-]*):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)
_LETTERS = re.compile(r"[^\W_]+")


class Fault(NamedTuple):
    """An operator that was left out: its `value` cannot be used, it stands `twice`, or it was to exclude (`not`)."""

    name: str
    why: Literal["value", "twice", "not"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """`query` is what PostgreSQL reads as a query, made of `words` and of what is excluded."""

    query: str
    words: tuple[str, ...]
    operators: Mapping[str, str]
    faults: tuple[Fault, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    """What must stand in the desk's own fields, by their keys."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing that can be looked for was typed."""
        return not (self.query or self.narrows)

    @property
    def narrows(self) -> bool:
        """Whether more than words was typed."""
        return bool(self.operators or self.fields)


def may_name_fields(text: str) -> bool:
    """Whether something stands before a colon that is no operator of every desk."""
    names = (_named(term)[0] for term in _TERM.finditer(text))
    return any(name and name not in OPERATORS for name in names)


def read_sought(text: str, keys: Collection[str] = ()) -> Sought:
    """Read it. A word finds all that begin with it, words in quotes stand together, `-` before a word excludes it.

    `keys` are those of the desk's own fields. What looks like an operator but is none, such as `error:42`, is words.
    Of an operator given twice the last counts.
    """
    parts: list[str] = []
    words: list[str] = []
    operators: dict[str, str] = {}
    faults: set[Fault] = set()
    for term in _TERM.finditer(text.replace("\0", " ")):
        name, value, is_phrase = _named(term)
        if name in OPERATORS or name in keys:
            if name in operators:
                faults.add(Fault(name, "twice"))
            if term["not"]:
                faults.add(Fault(name, "not"))
            else:
                operators[name] = value.strip().lower() if name == "is" else value.strip()
            continue
        found = _LETTERS.findall(f"{name} {value}".lower())[:MOST_WORDS]
        if found and len(parts) < MOST_WORDS:
            parts.append(_part(found, together=is_phrase, is_not=bool(term["not"])))
            words += [] if term["not"] else found
    wrong = {name for name, value in operators.items() if not _usable(name, value)}
    kept = {name: value for name, value in operators.items() if name not in wrong}
    return Sought(
        query=" & ".join(parts),
        words=tuple(words),
        operators={name: value for name, value in kept.items() if name in OPERATORS},
        fields={name: " ".join(v.split()) for name, v in kept.items() if name not in OPERATORS},
        faults=tuple(sorted(faults | {Fault(name, "value") for name in wrong})),
    )


def _named(term: re.Match[str]) -> tuple[str, str, bool]:
    """The operator's name, or nothing, its value or words, and whether they stand together."""
    name, is_phrase = (term["name"] or "").lower(), term["phrase"] is not None
    value = (term["phrase"] if is_phrase else term["word"]) or ""
    if not name and value.endswith(":"):
        return value[:-1].lower(), "", False
    return name, value, is_phrase


def day(value: str) -> date | None:
    """A date as it is written: 2026-11-01."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _part(words: list[str], *, together: bool, is_not: bool) -> str:
    """Letters and digits alone reach the database, so nothing that is typed is read as syntax."""
    query = " <-> ".join(words) if together else " & ".join(f"{word}:*" for word in words)
    return f"!({query})" if is_not else f"({query})"


def _usable(name: str, value: str) -> bool:
    if name in ("before", "after"):
        return day(value) is not None
    return value in STATES if name == "is" else bool(value)
