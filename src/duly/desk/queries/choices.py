"""What the filters of the queue can be set to, and whom tickets can be given to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.people.person import Person
from duly.desk.people.role import Right
from duly.desk.people.team import Team
from duly.desk.queries.fields import Defined, fields_with_answers
from duly.desk.tickets.selection import Filters
from duly.desk.tickets.tag import Tag

MOST = 1_000
"""So many organisations or tags are listed at most; an address may name any."""

Option = tuple[str, str]
"""What an address carries, and what it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Reasons to wait, priorities and plans are those of each policy's newest version."""

    organisations: tuple[Option, ...]
    teams: tuple[Option, ...]
    agents: tuple[Option, ...]
    tags: tuple[str, ...]
    reasons: tuple[str, ...]
    priorities: tuple[Option, ...]
    plans: tuple[Option, ...]
    fields: tuple[Defined, ...]
    """The desk's own that have answers to choose from."""


def choices(actor: Actor) -> Choices:
    """Read them. Five statements."""
    versions = list(
        PolicyVersion.objects.order_by("policy", "-published_at", "-pk")
        .distinct("policy")
        .select_related("policy")
    )
    organisations = organisations_visible_to(actor).filter(is_active=True).order_by("name")
    agents, teams = takers(actor)
    return Choices(
        organisations=tuple(
            (str(pk), name) for pk, name in organisations.values_list("pk", "name")[:MOST]
        ),
        teams=teams,
        agents=agents,
        tags=tuple(Tag.objects.order_by("name").values_list("name", flat=True)[:MOST]),
        reasons=tuple(sorted({reason for version in versions for reason in _reasons(version)})),
        priorities=_priorities(versions),
        plans=tuple(option for version in versions for option in _plans(version)),
        fields=fields_with_answers(),
    )


def takers(actor: Actor) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Whom tickets can be given to: agents, and teams, by name. One statement."""
    people, teams, _ = names_in_queue(actor, Filters())
    return people, teams


def names_in_queue(
    actor: Actor, filters: Filters
) -> tuple[tuple[Option, ...], tuple[Option, ...], str]:
    """Whom tickets can be given to, and the name of the organisation that filters speak of. One statement."""
    holds = Q(grants__role__rights__contains=[Right.SEE_TICKETS.value])
    agents = Person.objects.filter(holds, is_active=True)
    called = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())
    teams = Team.objects.exclude(pk__in=actor.barred_teams)
    parts: list[QuerySet[Any, Any]] = [
        agents.values_list(Value("agent"), "pk", called),
        teams.values_list(Value("team"), "pk", "name"),
    ]
    if filters.organisation:
        own = organisations_visible_to(actor).filter(pk=int(filters.organisation))
        parts.append(own.values_list(Value("organisation"), "pk", "name"))
    rows = sorted(parts[0].union(*parts[1:]), key=lambda row: row[2].lower())

    def of(wanted: str) -> tuple[Option, ...]:
        return tuple((str(pk), name) for what, pk, name in rows if what == wanted)

    return of("agent"), of("team"), next((name for _, name in of("organisation")), "")


def _priorities(versions: list[PolicyVersion]) -> tuple[Option, ...]:
    """Keys with all the names that policies give them: `P1 · Urgent, Critical`."""
    found: dict[str, list[str]] = {}
    for version in versions:
        for level in version.document["priorities"]["levels"]:
            known = found.setdefault(str(level["key"]), [])
            name = level.get("name", "")
            if name and name not in known:
                known.append(name)
    return tuple(
        (key, f"{key} · {', '.join(known)}" if known else key) for key, known in found.items()
    )


def _reasons(version: PolicyVersion) -> list[str]:
    pauses = version.document.get("rules", {}).get("pauses", {})
    return [reason for each in pauses.values() if isinstance(each, list) for reason in each]


def _plans(version: PolicyVersion) -> list[Option]:
    policy = version.policy
    plans = version.document["plans"].items()
    return [
        (policy.key, policy.title),
        *(
            (f"{policy.key}/{key}", f"{policy.title}: {plan.get('name') or key}")
            for key, plan in plans
        ),
    ]
