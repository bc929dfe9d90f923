"""Macros: those that an agent can pick on a ticket, and the list on which they are kept."""

from dataclasses import dataclass

from django.db.models import F

from duly.desk.access.actor import Actor
from duly.desk.access.macros import macros_visible_to, may_keep_macro
from duly.desk.errors import NotFound
from duly.desk.people.team import Team
from duly.desk.tickets.macro import Macro

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class MacroLine:
    """A macro; `team` and `assigns_to` are names, `is_own` says that nobody else has it."""

    id: int
    name: str
    text: str
    tags: tuple[str, ...]
    priority: str
    takes: bool
    assigns_to: str
    assigns_to_id: int | None
    then: str
    is_own: bool
    team: str
    may_keep: bool


def macros(actor: Actor, sought: str = "") -> tuple[MacroLine, ...]:
    """Those whose name or words hold each sought word, one's own first. One statement."""
    rows = macros_visible_to(actor).filter(removed_at=None).select_related("team", "assigns_to")
    for word in sought.split()[:10]:
        rows = rows.filter(name__icontains=word) | rows.filter(text__icontains=word)
    ordered = rows.order_by(F("owner").asc(nulls_last=True), "name", "pk")
    return tuple(_line(row, actor) for row in ordered[:MOST])


def macro(actor: Actor, macro_id: int) -> MacroLine:
    """One of them.

    Raises:
        NotFound: there is none, or it is not shown to this actor.
    """
    rows = macros_visible_to(actor).filter(removed_at=None).select_related("team", "assigns_to")
    row = rows.filter(pk=macro_id).first()
    if row is None:
        raise NotFound
    return _line(row, actor)


def teams_of(actor: Actor) -> list[tuple[int, str]]:
    """The teams that the actor works in."""
    rows = Team.objects.filter(pk__in=actor.teams).order_by("name")
    return list(rows.values_list("pk", "name"))


def all_teams() -> list[tuple[int, str]]:
    """Every team a ticket can be given to."""
    return list(Team.objects.order_by("name").values_list("pk", "name"))


def _line(row: Macro, actor: Actor) -> MacroLine:
    return MacroLine(
        id=row.pk,
        name=row.name,
        text=row.text,
        tags=tuple(row.tags),
        priority=row.priority,
        takes=row.takes,
        assigns_to=row.assigns_to.name if row.assigns_to else "",
        assigns_to_id=row.assigns_to_id,
        then=row.then,
        is_own=row.owner_id is not None,
        team=row.team.name if row.team else "",
        may_keep=may_keep_macro(actor, owner_id=row.owner_id, team_id=row.team_id),
    )
