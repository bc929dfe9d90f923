"""What is due next, for a screen on a wall: few lines and three numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum

from duly.desk.access.actor import Actor
from duly.desk.access.screens import may_manage_screens, tallies_on, tickets_on
from duly.desk.access.tickets import visible_to
from duly.desk.errors import NotFound
from duly.desk.queries.queue import Line, lines_of, with_people
from duly.desk.tickets.screen import Screen
from duly.desk.tickets.tally import Of, Tally
from duly.desk.tickets.ticket import IN_QUEUE, Ticket

SIZE = 6
"""As many lines fit on a wide screen in letters that are read from five metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """`shows_words` is for those who are signed in; without it a screen may still name the customers."""

    title: str
    lines: tuple[Line, ...]
    tickets: int
    pressing: int
    missed: int
    shows_words: bool
    names_customers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLine:
    """A screen that was put up and not revoked."""

    id: int
    name: str
    team: str
    names_customers: bool
    made_by: str
    made_at: datetime


def wall_of(actor: Actor, at: datetime) -> Wall:
    """The wall of an agent: all that they see. Three statements."""
    tallies = Tally.objects.exclude(team__in=actor.barred_teams)
    return _wall(visible_to(actor), tallies, at, shows_words=True, names_customers=True)


def wall_on(screen_id: int, at: datetime) -> Wall:
    """The wall of a screen. Four statements.

    Raises:
        NotFound: there is no such screen, or it was revoked.
    """
    screen = Screen.objects.filter(pk=screen_id, revoked_at=None).first()
    if screen is None:
        raise NotFound
    return _wall(
        tickets_on(screen),
        tallies_on(screen),
        at,
        title=screen.name,
        names_customers=screen.names_customers,
    )


def screens(actor: Actor) -> Iterable[ScreenLine]:
    """The screens that hang somewhere. One statement.

    Raises:
        NotFound: the actor does not manage them.
    """
    if not may_manage_screens(actor):
        raise NotFound
    rows = Screen.objects.filter(revoked_at=None).select_related("team", "made_by").order_by("name")
    return [
        ScreenLine(
            id=row.pk,
            name=row.name,
            team=row.team.name if row.team else "",
            names_customers=row.names_customers,
            made_by=str(row.made_by),
            made_at=row.made_at,
        )
        for row in rows
    ]


def _wall(
    tickets: QuerySet[Ticket],
    tallies: QuerySet[Tally],
    at: datetime,
    *,
    title: str = "",
    shows_words: bool = False,
    names_customers: bool,
) -> Wall:
    due = tickets.filter(IN_QUEUE, snoozed_until=None, next_due_at__isnull=False)
    rows = list(with_people(due).order_by("next_due_at", "rank", "pk")[:SIZE])
    counts = tallies.filter(of=Of.QUEUE.value).aggregate(
        tickets=Sum("tickets"), pressing=Sum("pressing"), missed=Sum("missed")
    )
    return Wall(
        title=title,
        lines=lines_of(rows, at),
        tickets=counts["tickets"] or 0,
        pressing=counts["pressing"] or 0,
        missed=counts["missed"] or 0,
        shows_words=shows_words,
        names_customers=names_customers,
    )
