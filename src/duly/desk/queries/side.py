"""What stands on the side of every page of the workspace: teams, saved views, and how much is in each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from duly.desk.access.actor import Actor
from duly.desk.access.views import views_visible_to
from duly.desk.people.team import Team
from duly.desk.tickets.event import Event
from duly.desk.tickets.saved_view import SavedView
from duly.desk.tickets.tally import Of, Tally


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, and how many of them are past their due and unanswered."""

    tickets: int
    missed: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A team or a saved view."""

    id: int
    name: str
    count: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Teams by name; one's own views in one's order, then those that others share by name."""

    teams: tuple[Entry, ...]
    views: tuple[Entry, ...]
    queue: Count
    mine: Count
    unassigned: Count
    held: Count
    number: int
    """As `desk_number` gives it: what is read behind this is at least as new."""


class _Row(NamedTuple):
    """A team (by `id`), a view (with its owner and place, and what it asks of people), or a tally (of a view)."""

    what: str
    id: int | None
    name: str
    person: int | None
    place: int | None
    missed: int | None
    team: int | None
    wants: str | None
    wants_team: str | None


def side(actor: Actor) -> Side:
    """Read it. One statement, because every page asks it."""
    parts = (_views(actor), _tallies(actor), _last(Event.objects.all()), _last(Tally.objects.all()))
    rows = [_Row(*row) for row in _teams(actor).union(*parts, all=True)]

    def count(what: Of, fits: Callable[[_Row], bool] = lambda _: True) -> Count:
        found = [row for row in rows if row.what == what.value and fits(row)]
        return Count(sum(row.place or 0 for row in found), sum(row.missed or 0 for row in found))

    def in_view(view: _Row) -> Callable[[_Row], bool]:
        return lambda row: (
            row.id == view.id
            and (view.wants != "me" or row.person == actor.person_id)
            and (view.wants_team != "mine" or row.team in actor.teams)
        )

    return Side(
        teams=_entries(
            sorted((row for row in rows if row.what == "team"), key=_by_name),
            lambda team: count(Of.QUEUE, lambda row: row.team == team.id),
        ),
        views=_entries(
            _in_order(actor, [row for row in rows if row.what == "saved"]),
            lambda view: count(Of.VIEW, in_view(view)),
        ),
        queue=count(Of.QUEUE),
        mine=count(Of.QUEUE, lambda row: row.person == actor.person_id),
        unassigned=count(Of.NOBODY),
        held=count(Of.HELD),
        number=sum(row.id or 0 for row in rows if row.what == "last"),
    )


def _entries(rows: Iterable[_Row], count: Callable[[_Row], Count]) -> tuple[Entry, ...]:
    return tuple(Entry(row.id or 0, row.name, count(row)) for row in rows)


def _in_order(actor: Actor, views: list[_Row]) -> list[_Row]:
    mine = sorted((v for v in views if v.person == actor.person_id), key=lambda v: v.place or 0)
    return mine + sorted((v for v in views if v.person != actor.person_id), key=_by_name)


def _by_name(row: _Row) -> str:
    return row.name.lower()


_NUMBER = BigIntegerField()
_NONE = Cast(Value(None), _NUMBER)
_NO_WORD = Cast(Value(None), CharField())


def _teams(actor: Actor) -> QuerySet[Team, tuple[Any, ...]]:
    rows = Team.objects.filter(pk__in=actor.teams).order_by()
    return rows.values_list(
        Value("team"), "pk", "name", _NONE, _NONE, _NONE, _NONE, _NO_WORD, _NO_WORD
    )


def _views(actor: Actor) -> QuerySet[SavedView, tuple[Any, ...]]:
    wants = (KeyTextTransform(name, "selected") for name in ("assignee", "team"))
    place = Cast("position", _NUMBER)
    return (
        views_visible_to(actor)
        .order_by()
        .values_list(Value("saved"), "pk", "name", "owner", place, _NONE, _NONE, *wants)
    )


def _last(rows: QuerySet[Any]) -> QuerySet[Any, tuple[Any, ...]]:
    nothing = (Value(""), _NONE, _NONE, _NONE, _NONE, _NO_WORD, _NO_WORD)
    return rows.order_by("-pk").values_list(Value("last"), "pk", *nothing)[:1]


def _tallies(actor: Actor) -> QuerySet[Tally, tuple[Any, ...]]:
    """Those of teams whose tickets the actor sees."""
    rows = Tally.objects.exclude(team__in=actor.barred_teams).order_by()
    numbers = (Cast("tickets", _NUMBER), Cast("missed", _NUMBER))
    return rows.values_list(
        "of", "view", Value(""), "assignee", *numbers, "team", _NO_WORD, _NO_WORD
    )
