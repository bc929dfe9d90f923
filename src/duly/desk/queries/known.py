"""What the operators of the search box name: priorities by key or name, and which values nothing is called."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.fields.json import KeyTransform

from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to, people_visible_to
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.people.team import Team
from duly.desk.tickets.tag import Tag

MANY = 1_000


def named_priority(value: str) -> Q:
    """The condition for a priority, by its key or by what a policy calls it. One statement."""
    found = Q(priority__iexact=value)
    for policy, key, name in _levels():
        if name.lower() == value.lower():
            found |= Q(priority=key, binding__version__policy=policy)
    return found


def _levels() -> Iterator[tuple[int, str, str]]:
    """Policy, key and name of each priority, of each policy's newest version."""
    versions = PolicyVersion.objects.order_by("policy", "-published_at", "-pk").distinct("policy")
    levels = KeyTransform("levels", KeyTransform("priorities", "document"))
    for policy, stated in versions.annotate(levels=levels).values_list("policy", "levels"):
        for level in stated:
            yield policy, str(level["key"]), level.get("name") or ""


def called(actor: Actor, operators: Mapping[str, str]) -> dict[str, list[int]]:
    """The ids of what each operator's value names and the actor sees, some more than `MANY` at most. One statement.

    PostgreSQL then knows how rare they are, and does not look at a million tickets for somebody who has none.
    """
    parts = {
        name: rows.order_by().values_list(Value(name), "pk")[: MANY + 1]
        for name, rows in _called(actor, operators)
    }
    found: dict[str, list[int]] = {name: [] for name in parts}
    if parts:
        first, *others = parts.values()
        for name, pk in first.union(*others, all=True) if others else first:
            found[name].append(pk)
    return found


def unknown(operators: Mapping[str, str], found: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """Those operators whose value nothing is called, of what `called` found. At most one statement."""
    unknown = {name for name, ids in found.items() if not ids}
    if value := operators.get("priority", "").lower():
        known = {word.lower() for _, key, name in _levels() for word in (key, name)}
        unknown |= {"priority"} - ({"priority"} if value in known else set())
    return tuple(sorted(unknown))


def _called(actor: Actor, operators: Mapping[str, str]) -> Iterator[tuple[str, QuerySet[Any, Any]]]:
    people = people_visible_to(actor)
    teams = Team.objects.exclude(pk__in=actor.barred_teams)
    for name, value in operators.items():
        is_named = Q(name__icontains=value)
        match name:
            case "org":
                yield name, organisations_visible_to(actor).filter(is_named)
            case "assignee" | "from" if value not in ("me", "nobody"):
                yield name, people.filter(is_named | Q(email__icontains=value))
            case "team":
                yield name, teams.filter(is_named)
            case "tag":
                yield name, Tag.objects.filter(name=value.lower())
