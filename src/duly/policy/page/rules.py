"""The rules a plan is counted by, in words: what the policy says, or the default that fills its silence."""

from collections.abc import Mapping

from duly.core.terms import DEFAULT_PAUSES
from duly.policy.bind.plan import Resolved
from duly.policy.page.model import Section, Table, Value
from duly.policy.page.targets import resolved_value

NAMES = {
    "business_day": "A business day",
    "outside_hours": "A report outside hours",
    "pauses": "Clocks pause while waiting for",
    "priority_change": "After a change of priority",
    "reopen": "After a reopening",
}
WORDS = {
    "end_of_nth_day": "ends with the hours of that day",
    "same_local_time": "ends at the same time of that day",
    "open_hours": "is {hours} open hours",
    "as_received": "counts from the day it arrives",
    "next_opening": "counts from the next opening",
    "from_change": "the new target counts from the change",
    "from_start": "the new target counts from the start",
    "continue": "the time to resolution goes on",
    "restart": "the time to resolution starts again",
}
DEFAULTS = {
    "business_day": "end_of_nth_day",
    "outside_hours": "as_received",
    "priority_change": "from_change",
    "reopen": "continue",
}
"""What holds when a policy is silent (contract, section 4)."""


def rules_section(resolved: Resolved) -> Section:
    """List each rule with its value."""
    rows = tuple((Value(name), _value(resolved, rule)) for rule, name in NAMES.items())
    return Section("How it is counted", (Table(("Rule", "Value"), rows),))


def _value(resolved: Resolved, rule: str) -> Value:
    stated = getattr(resolved.plan.rules, rule)
    said = _pauses(stated or {}) if rule == "pauses" else _words(stated or DEFAULTS[rule], resolved)
    if stated is None:
        return Value(said, "default")
    return resolved_value(resolved, said, "rules", rule)


def _words(stated: str | Mapping[str, str], resolved: Resolved) -> str:
    if isinstance(stated, str):
        return WORDS[stated].format(hours=resolved.plan.rules.day_hours or 8)
    return "; ".join(f"{_plain(kind)}: {WORDS[value]}" for kind, value in stated.items())


def _pauses(stated: Mapping[str, tuple[str, ...]]) -> str:
    """Group kinds that pause for the same reasons."""
    pauses = {kind.value: tuple(sorted(reasons)) for kind, reasons in DEFAULT_PAUSES.items()}
    kinds_by_reasons: dict[tuple[str, ...], list[str]] = {}
    for kind, reasons in {**pauses, **stated}.items():
        kinds_by_reasons.setdefault(tuple(reasons), []).append(_plain(kind))
    return "; ".join(
        f"{' or '.join(map(_plain, reasons)) or 'nobody'} ({', '.join(kinds)})"
        for reasons, kinds in kinds_by_reasons.items()
    )


def _plain(word: str) -> str:
    return word.replace("_", " ")
