"""Cells that are missing, never reached, or counted by a rule that nobody declared."""

from collections.abc import Iterator
from datetime import date

from duly.core.quantity import Quantity, Unit
from duly.policy.bind.plan import resolve
from duly.policy.check import places
from duly.policy.document.plans import Overlay, Plan
from duly.policy.document.read import Document
from duly.policy.document.targets import alternatives
from duly.policy.problems import Problem


def absent_cell(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A level without a cell beside others that have one: a silence, or a slip?"""
    told: set[tuple[str, str]] = set()
    for key in document.policy.plans:
        plan = resolve(document, key).plan
        for kind, table in plan.targets.kinds.items():
            for level in _levels(document, plan):
                if level in table.cells or not table.cells or (kind, level) in told:
                    continue
                told.add((kind, level))
                message = (
                    f"`{level}` has no cell here; write `{level}: none` if nothing is promised."
                )
                path = ("plans", key, "targets", kind)
                yield document.source.problem(path, "absent-cell", message, at_key=True)


def level_of_no_plan(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """A cell for a level that the plan does not know is never read."""
    for key, stated in document.policy.plans.items():
        levels = _levels(document, resolve(document, key).plan)
        for place in places.targets(("plans", key), stated):
            if place.priority not in levels:
                message = f"the plan does not know `{place.priority}`; add it to its priorities."
                yield document.source.problem(place.path, "level-not-in-plan", message)


def no_otherwise(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """When no gate holds nothing is promised; that should be said."""
    for root, overlay in places.overlays(document.policy):
        for kind, table in overlay.targets.kinds.items():
            for priority, cell in table.cells.items():
                path = (*root, "targets", kind, priority)
                tried = alternatives(cell)
                if tried[-1].when is not None:
                    message = (
                        "when no gate holds nothing is promised; end with a target without `when`."
                    )
                    yield document.source.problem(path, "no-otherwise", message)
                free = next(i for i, each in enumerate([*tried, None]) if not each or not each.when)
                if free < len(tried) - 1:
                    message = "what follows a target without `when` is never tried."
                    path = (*path, free + 1)
                    yield document.source.problem(path, "never-reached", message)


def hours_missing(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """Business time needs a calendar: the plan's `hours`, or `on` in the target."""
    for key, stated in document.policy.plans.items():
        hours = resolve(document, key).plan.hours
        for place in places.targets(("plans", key), stated):
            target = place.value
            if hours or target is None or target.on or not isinstance(target.within, Quantity):
                continue
            if not target.within.on_always:
                message = "this counts business time, but the plan has no `hours`; name a calendar."
                yield document.source.problem(place.path, "hours-missing", message)


def business_day_undeclared(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """How business days are counted is never self-evident; a policy that uses them says it."""
    if document.policy.rules.business_day:
        return
    for root, overlay in places.overlays(document.policy):
        if overlay.rules.business_day or _inherited(document, root[1]):
            continue
        place = next((each for each in places.targets(root, overlay) if _in_days(each)), None)
        if place:
            message = (
                "business days are counted to the end of the last one, as nothing else is said; "
                "declare rules: {business_day: end_of_nth_day}, same_local_time or open_hours."
            )
            yield document.source.problem(place.path, "business-day-undeclared", message)
            return


def day_hours_undeclared(document: Document, today: date) -> Iterator[Problem]:  # noqa: ARG001
    """Business days as open hours need to know how many hours a day has."""
    stated = document.policy.rules
    roots = [((*root, "rules"), each.rules) for root, each in places.overlays(document.policy)]
    for path, rules in [(("rules",), stated), *roots]:
        hours = rules.day_hours or stated.day_hours
        if rules.business_day == "open_hours" and not hours:
            message = "a business day counts 8 hours, as nothing else is said; add day_hours."
            yield document.source.problem(path, "day-hours-undeclared", message, at_key=True)


def _in_days(place: places.TargetPlace) -> bool:
    target = place.value
    within = target.within if target else None
    return isinstance(within, Quantity) and within.unit is Unit.BUSINESS_DAY


def _inherited(document: Document, key: str | int) -> bool:
    plan = document.policy.plans.get(str(key))
    return bool(plan and resolve(document, str(key)).plan.rules.business_day)


def _levels(document: Document, plan: Plan | Overlay) -> list[str]:
    if plan.priorities is None:
        return list(document.policy.priorities.by_key)
    return [each if isinstance(each, str) else each.key for each in plan.priorities]
