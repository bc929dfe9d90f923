"""What somebody wants to see of the queue: filters, an order and columns, as an address or a saved view gives them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum


class Sort(StrEnum):
    """The orders on offer; an index serves each."""

    DUE = "due"
    CRITICAL = "critical"
    OLDEST = "oldest"
    NEWEST = "newest"


class Column(StrEnum):
    """What a line may show beside its promise and its subject, in the order in which it stands there."""

    CUSTOMER = "customer"
    PRIORITY = "priority"
    STATE = "state"
    AGENT = "agent"
    TEAM = "team"
    PLAN = "plan"
    CHANNEL = "channel"
    TAGS = "tags"
    OPENED = "opened"
    NUMBER = "number"


USUAL = (Column.CUSTOMER, Column.PRIORITY, Column.STATE, Column.AGENT, Column.NUMBER)
"""The columns of somebody who chose none."""

HOURS = {"1h": 1, "4h": 4, "8h": 8, "24h": 24, "3d": 72, "7d": 168}
"""How soon a promise may be due, by the word for it."""

DAYS = {"1d": 1, "7d": 7, "30d": 30, "90d": 90}
"""How long ago a ticket may have been opened, by the word for it."""

_KEY = r"[^\x00/]{1,50}"
_KNOWN = {
    "rank": r"top|upper|unset",
    "priority": _KEY,
    "plan": rf"{_KEY}(/{_KEY})?",
    "organisation": r"\d{1,18}",
    "team": r"mine|none|\d{1,18}",
    "assignee": r"me|nobody|\d{1,18}",
    "tag": r"[^\x00]{1,50}",
    "field": r"[a-z][a-z0-9-]{0,49}:[^\x00]{1,500}",
    "state": r"[\w-]{1,50}",
    "due": "|".join(("missed", "none", *HOURS)),
    "opened": "|".join(DAYS),
    "channel": r"[\w-]{1,20}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions that all hold; what is empty asks for nothing.

    `rank` is the place on the scale of priorities, `priority` a policy's own key; `plan` is ``policy`` or
    ``policy/plan``; `state` is ``open``, ``waiting``, ``aside`` for what was put aside, or the reason of the waiting;
    `field` is ``key:value`` for one of the desk's own.
    """

    rank: str = ""
    priority: str = ""
    plan: str = ""
    organisation: str = ""
    team: str = ""
    assignee: str = ""
    tag: str = ""
    field: str = ""
    state: str = ""
    due: str = ""
    opened: str = ""
    channel: str = ""

    def given(self) -> dict[str, str]:
        """The conditions that ask for something, by name."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which tickets, in which order, with which columns."""

    filters: Filters = Filters()
    sort: Sort = Sort.DUE
    columns: tuple[Column, ...] = USUAL

    def written(self) -> dict[str, str]:
        """Write it as addresses carry it; `read_selection` reads it again."""
        written = self.filters.given()
        if self.sort is not Sort.DUE:
            written["sort"] = self.sort.value
        if self.columns != USUAL:
            written["columns"] = ",".join(self.columns) or "-"
        return written


def read_selection(written: Mapping[str, str]) -> Selection:
    """Read a selection; what is unknown or makes no sense is left out."""
    values = {name: " ".join(written.get(name, "").split()) for name in _KNOWN}
    known = {name: v for name, v in values.items() if re.fullmatch(_KNOWN[name], v)}
    sort = written.get("sort", "")
    return Selection(
        filters=Filters(**known),
        sort=Sort(sort) if sort in tuple(Sort) else Sort.DUE,
        columns=_columns(written.get("columns")),
    )


def _columns(written: str | None) -> tuple[Column, ...]:
    if written is None:
        return USUAL
    named = set(written.split(","))
    return tuple(column for column in Column if column in named)
