"""The rules a plan is counted by, in words: what the policy says, or the default that fills its silence."""

from collections.abc import Mapping

from duly.core.terms import DEFAULT_PAUSES
from duly.policy.bind.plan import Resolved
from duly.policy.page.model import Section, Table, Value
from duly.policy.page.say import Say, phrase, word, words
from duly.policy.page.targets import KIND_NAMES, resolved_value

NAMES = {
    "business_day": phrase("A business day"),
    "outside_hours": phrase("A report outside hours"),
    "pauses": phrase("Clocks pause while waiting for"),
    "priority_change": phrase("After a change of priority"),
    "reopen": phrase("After a reopening"),
}
WORDS = {
    "end_of_nth_day": phrase("ends with the hours of that day"),
    "same_local_time": phrase("ends at the same time of that day"),
    "open_hours": phrase("is {hours} open hours"),
    "as_received": phrase("counts from the day it arrives"),
    "next_opening": phrase("counts from the next opening"),
    "from_change": phrase("the new target counts from the change"),
    "from_start": phrase("the new target counts from the start"),
    "continue": phrase("the time to resolution goes on"),
    "restart": phrase("the time to resolution starts again"),
}
DEFAULTS = {
    "business_day": "end_of_nth_day",
    "outside_hours": "as_received",
    "priority_change": "from_change",
    "reopen": "continue",
}
"""What holds when a policy is silent (contract, section 4)."""


def rules_section(resolved: Resolved, say: Say) -> Section:
    """List each rule with its value."""
    rows = tuple((Value(say(name)), _value(resolved, rule, say)) for rule, name in NAMES.items())
    return Section(say("How it is counted"), (Table((say("Rule"), say("Value")), rows),))


def _value(resolved: Resolved, rule: str, say: Say) -> Value:
    stated = getattr(resolved.plan.rules, rule)
    said = _pauses(stated or {}, say) if rule == "pauses" else _words(stated, rule, resolved, say)
    if stated is None:
        return Value(said, "default")
    return resolved_value(resolved, say, said, "rules", rule)


def _words(stated: str | Mapping[str, str] | None, rule: str, resolved: Resolved, say: Say) -> str:
    stated = stated or DEFAULTS[rule]
    if isinstance(stated, str):
        return say(WORDS[stated]).format(hours=resolved.plan.rules.day_hours or 8)
    return "; ".join(f"{_kind(kind, say)}: {say(WORDS[value])}" for kind, value in stated.items())


def _pauses(stated: Mapping[str, tuple[str, ...]], say: Say) -> str:
    """Group kinds that pause for the same reasons."""
    pauses = {kind.value: tuple(sorted(reasons)) for kind, reasons in DEFAULT_PAUSES.items()}
    kinds_by_reasons: dict[tuple[str, ...], list[str]] = {}
    for kind, reasons in {**pauses, **stated}.items():
        kinds_by_reasons.setdefault(tuple(reasons), []).append(_kind(kind, say))
    between = f" {say('or')} "
    return "; ".join(
        f"{words(reasons, say, between) or say('nobody')} ({', '.join(kinds)})"
        for reasons, kinds in kinds_by_reasons.items()
    )


def _kind(name: str, say: Say) -> str:
    return say(KIND_NAMES[name]) if name in KIND_NAMES else word(name, say)
