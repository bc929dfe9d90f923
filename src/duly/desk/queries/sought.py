"""What somebody typed into the search box, read: words, and operators such as `org:acme is:open before:2026-11-01`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

OPERATORS = frozenset(
    {"org", "is", "priority", "before", "after", "assignee", "from", "team", "tag"}
)
STATES = frozenset({"open", "waiting", "resolved", "closed", "unfinished", "unassigned", "mine"})
MOST_WORDS = 20
_TERM = re.compile(
    r'(?P<not>-)?(?:(?P<name>[a-z][a-z0-9-]*):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """`query` is what PostgreSQL reads as a query, made of `words` and of what is excluded.

    `faults` names the operators whose value cannot be used.
    """

    query: str
    words: tuple[str, ...]
    operators: Mapping[str, str]
    faults: tuple[str, ...]
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
    return any(term["name"] and term["name"] not in OPERATORS for term in _TERM.finditer(text))


def read_sought(text: str, keys: Collection[str] = ()) -> Sought:
    """Read it. A word finds all that begin with it, words in quotes stand together, `-` before a word excludes it.

    `keys` are those of the desk's own fields. What looks like an operator but is none, such as `error:42`, is words.
    """
    parts: list[str] = []
    words: list[str] = []
    operators: dict[str, str] = {}
    fields: dict[str, str] = {}
    for term in _TERM.finditer(text.replace("\0", " ")):
        name, phrase = term["name"], term["phrase"] is not None
        value = (term["phrase"] if phrase else term["word"]) or ""
        if name in OPERATORS and not term["not"]:
            operators[name] = value.strip()
            continue
        if name in keys and value.strip() and not term["not"]:
            fields[name] = " ".join(value.split())
            continue
        found = _LETTERS.findall(f"{name or ''} {value}".lower())[:MOST_WORDS]
        if found and len(parts) < MOST_WORDS:
            parts.append(_part(found, together=phrase, is_not=bool(term["not"])))
            words += [] if term["not"] else found
    faults = tuple(sorted(name for name, value in operators.items() if not _usable(name, value)))
    kept = {name: value for name, value in operators.items() if name not in faults}
    query = " & ".join(parts)
    return Sought(query=query, words=tuple(words), operators=kept, faults=faults, fields=fields)


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
