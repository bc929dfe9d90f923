"""The load of each team: who has how much, who works now or next, and what is at risk without anybody's name on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.people.person import Person
from duly.desk.people.team import Team, TeamMember
from duly.desk.queries.queue import Line, lines_of, with_people
from duly.desk.queries.working import Working, absences, working
from duly.desk.tickets.tally import Of, Tally
from duly.desk.tickets.ticket import IN_QUEUE

RISK = timedelta(days=1)
MOST = 100
"""So many tickets at risk are looked at, the most pressing ones."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many tickets, how many of them due within a day or missed, and how many missed."""

    tickets: int
    pressing: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentLoad:
    """An agent in a team; `working` is None for somebody who has tickets of the team without being in it."""

    id: int
    name: str
    working: Working | None
    load: Load


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLoad:
    """A team, or without an id what no team has. Whoever works now stands first."""

    id: int | None
    name: str
    load: Load
    nobodys: Load
    agents: tuple[AgentLoad, ...]
    at_risk: tuple[Line, ...]


def team_loads(actor: Actor, at: datetime) -> tuple[TeamLoad, ...]:
    """Read it for all teams whose tickets the actor sees. Six statements."""
    teams = list(Team.objects.exclude(pk__in=actor.barred_teams).order_by("name"))
    members = list(
        TeamMember.objects.filter(team__in=teams, person__is_active=True).select_related("person")
    )
    away = absences({member.person_id for member in members}, at)
    states = {
        member.person_id: working(member.person.hours, away.get(member.person_id, ()), at)
        for member in members
    }
    tallies = list(
        Tally.objects.filter(of=Of.QUEUE.value)
        .exclude(team__in=actor.barred_teams)
        .select_related("assignee")
    )
    at_risk = _at_risk(actor, at)
    return tuple(
        TeamLoad(
            id=team_id,
            name=name,
            load=_load(row for row in tallies if row.team_id == team_id),
            nobodys=_load(
                row for row in tallies if (row.team_id, row.assignee_id) == (team_id, None)
            ),
            agents=_agents(
                {m.person_id: m.person for m in members if m.team_id == team_id},
                [row for row in tallies if row.team_id == team_id and row.assignee_id],
                states,
            ),
            at_risk=at_risk.get(team_id, ()),
        )
        for team_id, name in ((None, ""), *((team.pk, team.name) for team in teams))
        if team_id is not None or any(row.team_id is None for row in tallies)
    )


def _agents(
    people: Mapping[int, Person], tallies: list[Tally], states: Mapping[int, Working]
) -> tuple[AgentLoad, ...]:
    everybody = dict(people) | {
        row.assignee_id: row.assignee for row in tallies if row.assignee and row.assignee_id
    }
    agents = (
        AgentLoad(
            id=pk,
            name=str(person),
            working=states.get(pk) if pk in people else None,
            load=_load(row for row in tallies if row.assignee_id == pk),
        )
        for pk, person in everybody.items()
    )
    return tuple(
        sorted(agents, key=lambda one: (not (one.working and one.working.until), one.name.lower()))
    )


def _at_risk(actor: Actor, at: datetime) -> dict[int | None, tuple[Line, ...]]:
    """What nobody has and is due within a day, or missed, by team."""
    rows = with_people(visible_to(actor).filter(IN_QUEUE, assignee=None, snoozed_until=None))
    found = list(
        rows.filter(next_due_at__lte=at + RISK).order_by(F("next_due_at"), "rank", "pk")[:MOST]
    )
    lines: dict[int | None, tuple[Line, ...]] = {}
    for row, line in zip(found, lines_of(found, at), strict=True):
        lines[row.team_id] = (*lines.get(row.team_id, ()), line)
    return lines


def _load(rows: Iterable[Tally]) -> Load:
    rows = list(rows)
    return Load(
        sum(row.tickets for row in rows),
        sum(row.pressing for row in rows),
        sum(row.missed for row in rows),
    )
