"""The table of targets as core cells: names of calendars resolved, gates and marks beside them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from duly.core import quantity
from duly.core.clock.values import Kind
from duly.core.terms import Cell, Gate
from duly.policy.bind.calendars import Calendars
from duly.policy.document.plans import Plan
from duly.policy.document.targets import Gated, KindTargets, When, alternatives

Table: TypeAlias = Mapping[Kind, Mapping[str, tuple[Cell, ...]]]

BUILT_IN_MARKS = frozenset({"verified", "reproduced", "workaround", "root_cause"})
OTHER_STARTS = frozenset({"prioritised"})
OTHER_ANSWERS = frozenset({"replied", "updated", "resolved", "closed", "lowered"})


def targets(plan: Plan, calendars: Calendars) -> Table:
    """Read every cell of a plan.

    Raises:
        UnusableInputError: a cell needs a calendar or choice of the customer that was not given.
    """
    return {
        Kind(kind): {
            priority: tuple(_cell(each, table, calendars) for each in alternatives(stated))
            for priority, stated in table.cells.items()
        }
        for kind, table in plan.targets.kinds.items()
    }


def marks(plan: Plan) -> frozenset[str]:
    """List the milestones that a plan names beyond the built-in ones."""
    named: set[str] = set()
    for table in plan.targets.kinds.values():
        cells = [cell for stated in table.cells.values() for cell in alternatives(stated)]
        parts: tuple[KindTargets | Gated, ...] = (table, *cells)
        for part in parts:
            named.update(part.met_by or ())
            named.update((part.starts,) if part.starts else ())
    return frozenset(named - BUILT_IN_MARKS - OTHER_STARTS - OTHER_ANSWERS)


def _cell(gated: Gated, table: KindTargets, calendars: Calendars) -> Cell:
    target = quantity.parse(gated.within)
    if target.on:
        target = replace(target, on=calendars.name(target.on))
    met_by = gated.met_by or table.met_by
    return Cell(
        target=target,
        when=_gate(gated.when, calendars) if gated.when else None,
        starts=gated.starts or table.starts,
        met_by=frozenset(met_by) if met_by else None,
    )


def _gate(when: When, calendars: Calendars) -> Gate:
    return Gate(
        channel=when.channel or (),
        environment=when.environment or (),
        component=when.component or (),
        contact=when.contact or (),
        requested=when.requested or (),
        region=when.region or (),
        flags=frozenset(when.flags or ()),
        during=calendars.name(when.during) if when.during else None,
    )
