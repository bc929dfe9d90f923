"""A selection of the queue in words: what each filter is called, what it can be set to, and addresses that carry it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.queries.choices import Choices, Option
from duly.desk.queries.fields import Defined
from duly.desk.tickets.selection import USUAL, Column, Selection, Sort
from duly.web.fields import answers
from duly.web.state import state_for_agents, tails


@dataclass(frozen=True, slots=True)
class Field:
    """A filter of the form. Without options it is typed; `known` is then what others have typed."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words, and the address without it."""

    label: str
    words: str
    without: str


def address_of(selection: Selection, **more: str) -> str:
    """The address that shows a selection."""
    query = urlencode(selection.written() | more)
    return reverse("agent:queue") + (f"?{query}" if query else "")


def fields_of(selection: Selection, choices: Choices) -> list[Field]:
    """The form's filters, each with its choices."""
    given = selection.filters.given()
    options = {**_fixed(), **_read(choices)}
    return [
        Field(
            name,
            label,
            given.get(name, ""),
            _with(options.get(name, ()), given.get(name, "")),
            choices.tags if name == "tag" else (),
        )
        for name, label in labels().items()
    ]


def _with(options: tuple[Option, ...], value: str) -> tuple[Option, ...]:
    """The options, and what is set though it is none of them any more."""
    is_known = not value or not options or value in dict(options)
    return options if is_known else (*options, (value, value))


def chips(
    selection: Selection,
    people: tuple[Option, ...],
    teams: tuple[Option, ...],
    customer: str,
    field: Defined | None,
) -> list[Chip]:
    """The filters that are set, with the names of agents and teams, of the customer, and the field they speak of."""
    written, called, fixed = selection.written(), labels(), _fixed()
    named = {
        **fixed,
        "assignee": (*fixed["assignee"], *people),
        "team": (*fixed["team"], *teams),
        "organisation": ((selection.filters.organisation, customer),),
        "field": _answers(field) if field else (),
    }
    return [
        Chip(
            called[name],
            dict(named.get(name, ())).get(value) or value,
            _without(written, name),
        )
        for name, value in selection.filters.given().items()
    ]


def _without(written: Mapping[str, str], name: str) -> str:
    query = urlencode({key: value for key, value in written.items() if key != name})
    return reverse("agent:queue") + (f"?{query}" if query else "")


def _answers(field: Defined) -> tuple[Option, ...]:
    """The answers of a field as an address carries them, and in words."""
    return tuple(
        (f"{field.key}:{value}", f"{field.name}: {words}") for value, words in answers(field)
    )


def labels() -> dict[str, str]:
    """What each filter is called, in the order of the form."""
    return {
        "due": _("Due"),
        "state": _("State"),
        "rank": _("How critical"),
        "priority": _("Priority"),
        "assignee": _("Agent"),
        "team": _("Team"),
        "organisation": _("Customer"),
        "plan": _("Plan"),
        "tag": _("Tag"),
        "field": _("Field"),
        "channel": _("Came by"),
        "opened": _("Opened"),
    }


def in_lines(columns: Iterable[Column] = USUAL) -> dict[str, Any]:
    """What pages that show tickets in lines ask for."""
    return {"state": state_for_agents, "tails": tails(), "columns": headings(columns)}


def headings(columns: Iterable[Column] = USUAL) -> list[Option]:
    """Columns with what stands above them."""
    return [(column.value, _heading(column)) for column in columns]


def _heading(column: Column) -> str:
    return {
        Column.CUSTOMER: _("Customer"),
        Column.PRIORITY: _("Priority"),
        Column.STATE: _("State"),
        Column.AGENT: _("Agent"),
        Column.TEAM: _("Team"),
        Column.PLAN: _("Plan"),
        Column.CHANNEL: _("Came by"),
        Column.TAGS: _("Tags"),
        Column.OPENED: _("Opened"),
        Column.NUMBER: _("Number"),
    }[column]


def sorts() -> list[Option]:
    """The orders on offer."""
    return [
        (Sort.DUE.value, _("Due first")),
        (Sort.CRITICAL.value, _("Most critical first")),
        (Sort.OLDEST.value, _("Oldest first")),
        (Sort.NEWEST.value, _("Newest first")),
    ]


def _read(choices: Choices) -> dict[str, tuple[Option, ...]]:
    fixed = _fixed()
    return {
        "priority": choices.priorities,
        "state": _states(choices),
        "assignee": (*fixed["assignee"], *choices.agents),
        "team": (*fixed["team"], *choices.teams),
        "organisation": choices.organisations,
        "plan": choices.plans,
        "field": tuple(option for field in choices.fields for option in _answers(field)),
    }


def _states(choices: Choices) -> tuple[Option, ...]:
    """The states, with the reasons to wait that policies name."""
    usual = _fixed()["state"]
    named = [reason for reason in choices.reasons if reason not in dict(usual)]
    said = [
        (reason, _("waiting: %(reason)s") % {"reason": reason.replace("_", " ")})
        for reason in named
    ]
    return (*usual, *said)


def _fixed() -> dict[str, tuple[Option, ...]]:
    """The options that are the same on every desk."""
    return {
        "rank": (
            ("top", _("the most critical level")),
            ("upper", _("the upper half of the levels")),
            ("unset", _("none set yet")),
        ),
        "state": (
            ("open", _("with us")),
            ("waiting", _("waiting for anybody")),
            ("customer", _("waiting for the customer")),
            ("third_party", _("waiting for others")),
            ("aside", _("put aside")),
        ),
        "assignee": (("me", _("me")), ("nobody", _("nobody yet"))),
        "team": (("mine", _("any of mine")), ("none", _("no team"))),
        "due": (
            ("missed", _("missed")),
            ("1h", _("within an hour")),
            ("4h", _("within 4 hours")),
            ("8h", _("within 8 hours")),
            ("24h", _("within 24 hours")),
            ("3d", _("within 3 days")),
            ("7d", _("within 7 days")),
            ("none", _("nothing promised")),
        ),
        "opened": (
            ("1d", _("in the last 24 hours")),
            ("7d", _("in the last 7 days")),
            ("30d", _("in the last 30 days")),
            ("90d", _("in the last 90 days")),
        ),
    }
