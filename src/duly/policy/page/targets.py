"""The table of promises of a plan: a row for each level, a column for each kind."""

from duly.policy.bind.plan import Resolved
from duly.policy.document.targets import Gated, KindTargets, When, alternatives
from duly.policy.page.model import Table, Value

KIND_NAMES = {
    "first_response": "First response",
    "next_response": "Next response",
    "update": "Updates",
    "workaround": "Workaround",
    "resolution": "Resolution",
    "root_cause": "Root cause",
}
FACTS = ("channel", "environment", "component", "contact", "requested", "region", "flags")


def targets_table(resolved: Resolved) -> Table | None:
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
        label = key if level.name in (None, key) else f"{key} {level.name}"
        cells = [cell(resolved, kind, key, table) for kind, table in kinds.items()]
        rows.append((Value(label), *cells))
    heads = (policy.priorities.label, *(KIND_NAMES[kind] for kind in kinds))
    return Table(heads, tuple(rows))


def cell(resolved: Resolved, kind: str, priority: str, table: KindTargets) -> Value:
    """Say what is promised, with its gates and where it comes from."""
    path = ("targets", kind, priority)
    stated = table.cells.get(priority)
    if stated is None:
        return Value("not stated", "unknown")
    said = "; ".join(_target(each, table) for each in alternatives(stated))
    return resolved_value(resolved, said, *path)


def resolved_value(resolved: Resolved, text: str, *path: str | int) -> Value:
    """Make a value of the plan, with its provenance and its layer."""
    source = resolved.provenance(*path)
    mark = source.mark if source and source.mark != "stated" else ""
    note = source.note if source else ""
    return Value(text, mark, note, str(resolved.origin(*path)))


def _target(gated: Gated, table: KindTargets) -> str:
    said = "no promise" if gated.within == "none" else gated.within
    if gated.when:
        said += f" when {when_in_words(gated.when)}"
    starts, met_by = gated.starts or table.starts, gated.met_by or table.met_by
    said += f", from {starts.replace('_', ' ')} on" if starts else ""
    return said + (f", met by {' or '.join(met_by)}" if met_by else "")


def when_in_words(when: When) -> str:
    """Say a gate: ``channel is phone and out-of-hours is open``."""
    stated = ((fact, getattr(when, fact)) for fact in FACTS)
    parts = [f"{fact} is {' or '.join(values)}" for fact, values in stated if values]
    parts += [f"during {when.during}"] if when.during else []
    return " and ".join(parts)
