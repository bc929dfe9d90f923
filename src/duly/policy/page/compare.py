"""Plans side by side: what each costs, when it is there and what it promises, in rows that align."""

from collections.abc import Iterator

from duly.policy.bind.plan import Resolved, resolve, source_of
from duly.policy.document.read import Document
from duly.policy.page.model import Comparison, Value
from duly.policy.page.plan import escalation_in_words, facts_of
from duly.policy.page.say import Say, english
from duly.policy.page.targets import KIND_NAMES, cell, level_in_words

NOTHING = Value("\N{EN DASH}")
Row = tuple[Value, ...]


def comparison(document: Document, say: Say = english) -> Comparison | None:
    """Lay the plans of a policy beside each other; None when it has only one."""
    plans = [resolve(document, key) for key in document.policy.plans]
    if len(plans) < 2:
        return None
    names = tuple((each.key, each.plan.name or each.key) for each in plans)
    groups = (("", tuple(_facts(plans, say))), *_targets(plans, say))
    return Comparison(names, tuple(group for group in groups if group[1]))


def _facts(plans: list[Resolved], say: Say) -> Iterator[Row]:
    """A row for each thing that any of the plans says, in the order of the first that says it."""
    said = [_by_name(plan, say) for plan in plans]
    for name in _in_order([list(each) for each in said]):
        yield (Value(name), *(each.get(name, NOTHING) for each in said))
    if plans[0].document.policy.escalation:
        yield (Value(say("Escalation")), *(_escalation(plan, say) for plan in plans))


def _escalation(plan: Resolved, say: Say) -> Value:
    """What the ladder gives a plan: nothing where the promise that opens it is not made."""
    stated = plan.document.policy.escalation
    assert stated is not None
    kind = stated.opens.split()[0] if stated.opens else None
    if kind and kind not in plan.plan.targets.kinds:
        return NOTHING
    source = source_of(plan.document, ("escalation",))
    mark = source.mark if source and source.mark != "stated" else ""
    steps = say("{n} level", "{n} levels", len(stated.levels)).format(n=len(stated.levels))
    said = f"{escalation_in_words(stated, say)}, {steps}"
    return Value(said, mark, source.note if source else "")


def _by_name(plan: Resolved, say: Say) -> dict[str, Value]:
    """The facts of a plan by name; several of one name become one."""
    found: dict[str, Value] = {}
    for fact in facts_of(plan, say):
        before = found.get(fact.name)
        text = f"{before.text}; {fact.value.text}" if before else fact.value.text
        found[fact.name] = Value(text, fact.value.mark, fact.value.note, fact.value.origin)
    return found


def _in_order(lists: list[list[str]]) -> list[str]:
    """Merge lists of names; what only a later one has stands behind what comes before it there."""
    merged: list[str] = []
    for names in lists:
        place = 0
        for name in names:
            if name not in merged:
                merged.insert(place, name)
            place = merged.index(name) + 1
    return merged


def _targets(plans: list[Resolved], say: Say) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """A group for each kind of promise that any plan makes, a row for each level."""
    levels = plans[0].document.policy.priorities.by_key
    for kind, name in KIND_NAMES.items():
        if any(kind in each.plan.targets.kinds for each in plans):
            rows = (
                (
                    Value(level_in_words(level)),
                    *(_cell(each, kind, key, say) for each in plans),
                )
                for key, level in levels.items()
            )
            yield say(name), tuple(rows)


def _cell(plan: Resolved, kind: str, key: str, say: Say) -> Value:
    stated, known = plan.plan.targets.kinds.get(kind), plan.plan.priorities or ()
    keys = [each if isinstance(each, str) else each.key for each in known]
    if stated is None or (keys and key not in keys):
        return NOTHING
    return cell(plan, kind, key, stated, say)
