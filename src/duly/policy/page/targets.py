"""The table of promises of a plan: a row for each level, a column for each kind."""

from duly.core.terms import Gate
from duly.policy.bind.layers import Origin
from duly.policy.bind.plan import Resolved
from duly.policy.document.plans import Level
from duly.policy.document.policy import Policy
from duly.policy.document.targets import Gated, KindTargets, When, alternatives
from duly.policy.page.model import Table, Value
from duly.policy.page.quantities import target_in_words
from duly.policy.page.say import Say, phrase, word, words

KIND_NAMES = {
    "first_response": phrase("First response"),
    "next_response": phrase("Next response"),
    "update": phrase("Updates"),
    "workaround": phrase("Workaround"),
    "resolution": phrase("Resolution"),
    "root_cause": phrase("Root cause"),
}
LAYERS = {
    "plan": phrase("plan {name}"),
    "base": phrase("base plan {name}"),
    "policy": phrase("policy {name}"),
    "addon": phrase("add-on {name}"),
}
FACTS = ("channel", "environment", "component", "contact", "requested", "region", "flags")


def targets_table(resolved: Resolved, say: Say) -> Table | None:
    """Lay out the promises; None when the plan has none."""
    policy, kinds = resolved.document.policy, resolved.plan.targets.kinds
    if not kinds:
        return None
    levels = policy.priorities.by_key
    known = [each if isinstance(each, str) else each.key for each in resolved.plan.priorities or ()]
    rows = []
    for key, level in levels.items():
        if known and key not in known:
            continue
        cells = [cell(resolved, kind, key, table, say) for kind, table in kinds.items()]
        rows.append((Value(level_in_words(level)), *cells))
    heads = (label_in_words(policy, say), *(say(KIND_NAMES[kind]) for kind in kinds))
    return Table(heads, tuple(rows))


def cell(resolved: Resolved, kind: str, priority: str, table: KindTargets, say: Say) -> Value:
    """Say what is promised, with its gates and where it comes from."""
    path = ("targets", kind, priority)
    stated = table.cells.get(priority)
    if stated is None:
        return Value(say("not stated"), "unknown")
    said = "; ".join(_target(each, table, say) for each in alternatives(stated))
    return resolved_value(resolved, say, said, *path)


def resolved_value(resolved: Resolved, say: Say, text: str, *path: str | int) -> Value:
    """Make a value of the plan, with its provenance and its layer."""
    source = resolved.provenance(*path)
    mark = source.mark if source and source.mark != "stated" else ""
    note = source.note if source else ""
    return Value(text, mark, note, _origin(resolved.origin(*path), say))


def level_in_words(level: Level) -> str:
    """Name a level by key and name, or once where they are the same word."""
    if level.name is None or level.name.casefold() == level.key.casefold():
        return level.name or level.key
    return f"{level.key} {level.name}"


def label_in_words(policy: Policy, say: Say) -> str:
    """What the policy calls its levels; its own word stays."""
    label = policy.priorities.label
    return say("Priority") if label == "Priority" else label


def when_in_words(when: When | Gate, say: Say) -> str:
    """Say a gate: ``channel is phone and during out-of-hours``."""
    stated = ((fact, getattr(when, fact)) for fact in FACTS)
    parts = [
        say("{fact} is {values}").format(
            fact=word(fact, say), values=words(tuple(values), say, f" {say('or')} ")
        )
        for fact, values in stated
        if values
    ]
    parts += [say("during {calendar}").format(calendar=when.during)] if when.during else []
    return f" {say('and')} ".join(parts)


def _target(gated: Gated, table: KindTargets, say: Say) -> str:
    said = target_in_words(gated.within, say)
    if gated.when:
        said = say("{target} when {gate}").format(target=said, gate=when_in_words(gated.when, say))
    starts, met_by = gated.starts or table.starts, gated.met_by or table.met_by
    if starts:
        said += ", " + say("from {what} on").format(what=word(starts, say))
    if met_by:
        said += ", " + say("met by {what}").format(what=words(tuple(met_by), say, f" {say('or')} "))
    return said


def _origin(origin: Origin, say: Say) -> str:
    """The layer that a value came from, as `str(origin)` names it."""
    if origin.layer not in LAYERS:
        return str(origin)
    said = say(LAYERS[origin.layer]).format(name=origin.name)
    return f"{said} ({origin.note})" if origin.note else said
