"""Faults that make a policy unusable: names that lead nowhere and targets that cannot be read."""

from collections.abc import Callable, Collection, Iterator

from duly.core import quantity
from duly.policy.check import places
from duly.policy.document.policy import Policy, Priorities
from duly.policy.document.zones import known_zones
from duly.policy.nearest import nearest
from duly.policy.problems import Path, Problem
from duly.policy.reading.source import Source, at

BUILT_IN_CALENDARS = ("always", "customer")


def faults(policy: Policy, source: Source) -> Iterator[Problem]:
    """Find every name that leads nowhere."""
    for find in _FINDERS:
        yield from find(policy, source)


def calendars(policy: Policy, source: Source) -> Iterator[Problem]:
    """Every calendar that is named is a calendar, a choice, `always` or `customer`."""
    known = (*BUILT_IN_CALENDARS, *policy.calendars, *policy.choices)
    for root, overlay in places.overlays(policy):
        for path, name in places.calendar_names(root, overlay):
            yield from _unknown(source, path, "calendar", name, known)
    for path, _, edition in places.editions(policy):
        for name in edition.parts:
            yield from _unknown(source, path, "calendar", name, known)
    for key, choice in policy.choices.items():
        for index, name in enumerate(choice.of):
            if "/" not in name or name not in known_zones():
                path = ("choices", key, "of", index)
                yield from _unknown(source, path, "calendar", name, known)


def circles(policy: Policy, source: Source) -> Iterator[Problem]:
    """No calendar is made of itself, no plan is its own base."""
    bases = {key: [plan.base] if plan.base else [] for key, plan in policy.plans.items()}
    yield from _circles(source, "plans", "base-circle", bases, "is its own base")
    parts: dict[str, list[str]] = {}
    for _, name, edition in places.editions(policy):
        parts.setdefault(name, []).extend(edition.parts)
    yield from _circles(source, "calendars", "calendar-circle", parts, "is made of itself")


def plans(policy: Policy, source: Source) -> Iterator[Problem]:
    """Every plan that is named exists."""
    for root, overlay in places.overlays(policy):
        for index, name in enumerate(overlay.served_before):
            path = (*root, "served_before", index)
            yield from _unknown(source, path, "plan", name, policy.plans)
    for key, plan in policy.plans.items():
        if plan.base:
            path = ("plans", key, "base")
            yield from _unknown(source, path, "plan", plan.base, policy.plans)
    for key, addon in policy.addons.items():
        for index, name in enumerate(addon.to):
            yield from _unknown(source, ("addons", key, "to", index), "plan", name, policy.plans)
    for number, clause in enumerate(policy.clauses):
        for index, name in enumerate(clause.plans):
            path = ("clauses", number, "plans", index)
            yield from _unknown(source, path, "plan", name, policy.plans)


def levels(policy: Policy, source: Source) -> Iterator[Problem]:
    """Every level is listed once, by the policy and by each plan."""
    short = isinstance(at(source.data, ("priorities",)), list)
    root: Path = ("priorities",) if short else ("priorities", "levels")
    stated = [(root, policy.priorities.levels)]
    stated += [
        ((*path, "priorities"), overlay.priorities or ())
        for path, overlay in places.overlays(policy)
    ]
    for path, listed in stated:
        keys = [each if isinstance(each, str) else each.key for each in listed]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                first = source.place((*path, keys.index(key))).line
                message = f"the level `{key}` is listed twice (first in line {first}); keep one."
                yield source.problem((*path, index), "level-twice", message)


def priorities(policy: Policy, source: Source) -> Iterator[Problem]:
    """Every priority that is named is a level of the policy."""
    known = policy.priorities.by_key
    for path, name in _defaults(policy.priorities):
        yield from _unknown(source, path, "priority", name, known)
    for root, overlay in places.overlays(policy):
        for index, level in enumerate(overlay.priorities or ()):
            name = level if isinstance(level, str) else level.key
            path = (*root, "priorities", index)
            yield from _unknown(source, path, "priority", name, known)
        for place in places.targets(root, overlay):
            yield from _unknown(source, place.path, "priority", place.priority, known)
        for path, _ in places.hours(root, overlay):
            if path[-1] not in ("hours", "otherwise"):
                yield from _unknown(source, path, "priority", str(path[-1]), known)


def target_texts(policy: Policy, source: Source) -> Iterator[Problem]:
    """Every target follows the grammar; `every` is for updates."""
    for root, overlay in places.overlays(policy):
        for place in places.targets(root, overlay):
            written = (*place.path, "within")
            path = written if written in source.values else place.path
            try:
                target = quantity.parse(place.gated.within)
            except quantity.TargetError as error:
                yield source.problem(path, "target", f"{error}.")
                continue
            if target.every and place.kind != "update":
                message = f"`every` is for updates; {place.kind} is promised once."
                yield source.problem(path, "every", message)


def sources(policy: Policy, source: Source) -> Iterator[Problem]:
    """A note of provenance is about something that a policy can have."""
    roots = set(Policy.model_fields)
    for path in policy.sources:
        root = path.split(".")[0]
        yield from _unknown(source, ("sources", path), "part of a policy", root, roots)


def _defaults(stated: Priorities) -> Iterator[tuple[Path, str]]:
    if isinstance(stated.default, str):
        yield ("priorities", "default"), stated.default
    elif stated.default is not None:
        for channel, name in stated.default.items():
            yield ("priorities", "default", channel), name


def _circles(
    source: Source, part: str, code: str, links: dict[str, list[str]], said: str
) -> Iterator[Problem]:
    for key, nearby in links.items():
        seen: set[str] = set()
        ahead = list(nearby)
        while ahead:
            name = ahead.pop()
            if name == key:
                message = f"`{key}` {said}: {' → '.join([*sorted(seen), key])}."
                yield source.problem((part, key), code, message, at_key=True)
                break
            if name not in seen:
                seen.add(name)
                ahead += links.get(name, [])


def _unknown(
    source: Source, path: Path, what: str, name: str, known: Collection[str]
) -> Iterator[Problem]:
    if name in known:
        return
    hint = nearest(name, known) or f"; known: {', '.join(known)}."
    code = f"unknown-{what.split(maxsplit=1)[0]}"
    yield source.problem(path, code, f"there is no {what} `{name}`{hint}")


_FINDERS: tuple[Callable[[Policy, Source], Iterator[Problem]], ...] = (
    calendars,
    circles,
    plans,
    levels,
    priorities,
    target_texts,
    sources,
)
