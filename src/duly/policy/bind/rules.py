"""Rules as core values: what a policy leaves out keeps the default of the contract."""

from duly.core.clock.values import Kind
from duly.core.marks import BusinessDay, DayRules
from duly.core.terms import DEFAULT_PAUSES, PriorityChange
from duly.core.terms import Rules as CoreRules
from duly.policy.document.rules import Rules


def rules(stated: Rules) -> CoreRules:
    """Fill what is stated into the defaults."""
    default = DayRules()
    days = DayRules(
        business_day=BusinessDay(stated.business_day)
        if stated.business_day
        else default.business_day,
        day_seconds=int(stated.day_hours * 3600) if stated.day_hours else default.day_seconds,
        from_next_opening=stated.outside_hours == "next_opening",
    )
    pauses = {Kind(kind): frozenset(reasons) for kind, reasons in (stated.pauses or {}).items()}
    return CoreRules(
        days=days,
        pauses={**DEFAULT_PAUSES, **pauses},
        priority_change=_by_kind(stated),
        reopen=stated.reopen or "continue",
    )


def _by_kind(stated: Rules) -> dict[Kind, PriorityChange]:
    change = stated.priority_change
    if change is None:
        return {}
    if isinstance(change, str):
        return dict.fromkeys(Kind, change)
    return {Kind(kind): value for kind, value in change.items()}
