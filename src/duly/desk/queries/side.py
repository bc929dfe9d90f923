"""What stands on the side of every page of the workspace: the teams one works in and the saved views one sees."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, F, Value
from django.db.models.functions import Cast

from duly.desk.access.actor import Actor
from duly.desk.access.views import views_visible_to
from duly.desk.people.team import Team


@dataclass(frozen=True, slots=True)
class Entry:
    """A team or a saved view."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Teams by name; one's own views in one's order, then those that others share by name."""

    teams: tuple[Entry, ...]
    views: tuple[Entry, ...]


def side(actor: Actor) -> Side:
    """Read it. One statement, because every page asks it."""
    nothing = Value(None, output_field=BigIntegerField())
    teams = Team.objects.filter(pk__in=actor.teams).annotate(
        what=Value("team"), whose=nothing, place=nothing
    )
    views = views_visible_to(actor).annotate(
        what=Value("view"),
        whose=F("owner"),
        place=Cast("position", BigIntegerField()),
    )
    columns = ("what", "pk", "name", "whose", "place")
    rows = list(
        teams.order_by()
        .values_list(*columns)
        .union(views.order_by().values_list(*columns), all=True)
    )
    views_first = sorted(
        (row for row in rows if row[0] == "view"),
        key=lambda row: (0, row[4], "") if row[3] == actor.person_id else (1, 0, row[2].lower()),
    )
    return Side(
        teams=tuple(Entry(row[1], row[2]) for row in sorted(rows, key=_name) if row[0] == "team"),
        views=tuple(Entry(row[1], row[2]) for row in views_first),
    )


def _name(row: tuple[str, int, str, int | None, int | None]) -> str:
    return row[2].lower()
