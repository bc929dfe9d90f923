"""What a new version changes: promises compared by what they mean, everything else by what it says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from duly.core import instant
from duly.core.clock.values import Kind
from duly.core.instant import Instant
from duly.core.quantity import Untimed
from duly.core.terms import Cell
from duly.policy.check.meaning import Meaning, later, meaning
from duly.policy.document.base import KINDS
from duly.policy.document.plans import Plan
from duly.policy.document.read import Document
from duly.policy.problems import Path, UnusableInputError, path_text
from duly.policy.reading.source import leaves

_STRENGTH = {Untimed.NONE: 0, Untimed.BEST_EFFORT: 1, Untimed.CONTINUOUS: 2}
"""Of what has no due instant; a due instant is stronger than all of these."""
_TIMED = 3
_APART = ("version", "effective", "known_since", "sources", "documents")
"""Said of the file itself, not to a customer."""


@dataclass(frozen=True, slots=True)
class Example:
    """An instant of reporting at which a promise is due at another instant than before."""

    reported: Instant
    old: Instant
    new: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value that is another now; `old` or `new` is empty where there is none."""

    path: Path
    old: str
    new: str
    example: Example | None = None

    def as_json(self) -> dict[str, object]:
        """Give the keys of ``duly policy diff --json``; instants as text in UTC."""
        example = self.example and {
            name: instant.text(getattr(self.example, name)) for name in Example.__slots__
        }
        return {
            "path": path_text(self.path),
            "old": self.old,
            "new": self.new,
            "example": example,
        }


@dataclass(slots=True)
class Differences:
    """Promises that became weaker and stronger; `others` is what was worded anew and cannot be ranked."""

    reductions: list[Difference] = field(default_factory=list)
    improvements: list[Difference] = field(default_factory=list)
    others: list[Difference] = field(default_factory=list)
    unchanged: int = 0

    @property
    def are_none(self) -> bool:
        """Whether customers would notice nothing."""
        return not (self.reductions or self.improvements or self.others)


def differences(old: Document, new: Document, plan: str | None = None) -> Differences:
    """Compare two versions, or one plan of them; the promises of each plan as its customers are given them.

    A promise is reduced when some report of a fortnight would be due later, or would no longer be due at all. Targets
    behind gates, and all that is no promise of time, are compared by their words.

    Raises:
        UnusableInputError: neither has such a plan.
    """
    found = Differences()
    if plan is not None and plan not in {*old.policy.plans, *new.policy.plans}:
        raise UnusableInputError(f"neither version has a plan `{plan}`.")
    plans = [plan] if plan is not None else [*dict.fromkeys([*old.policy.plans, *new.policy.plans])]
    for key in plans:
        _compare_plans(found, key, old, new)
    found.others += _worded(old, new, plan)
    return found


def _compare_plans(found: Differences, key: str, old: Document, new: Document) -> None:
    was, now = old.policy.plans.get(key), new.policy.plans.get(key)
    path: Path = ("plans", key)
    if was is None or now is None:
        change = Difference(path=path, old=_name(was, key), new=_name(now, key))
        (found.improvements if was is None else found.reductions).append(change)
        return
    first, second = meaning(old, key), meaning(new, key)
    if first is None or second is None:
        return  # It cannot be bound for anybody yet; its words are compared.
    for kind in map(Kind, KINDS):
        priorities = [*first.terms.targets.get(kind, ()), *second.terms.targets.get(kind, ())]
        for priority in dict.fromkeys(priorities):
            _compare_cells(found, (*path, "targets", kind.value, priority), first, second)


def _compare_cells(found: Differences, path: Path, first: Meaning, second: Meaning) -> None:
    kind, priority = Kind(str(path[-2])), str(path[-1])
    old, new = (_said(each, kind, priority) for each in (first, second))
    gain = _strength(second, kind, priority) - _strength(first, kind, priority)
    slower = next(later(second, first, kind, priority), None)
    faster = next(later(first, second, kind, priority), None)
    if gain < 0 or (slower and not gain):
        example = Example(slower[0], slower[2], slower[1]) if slower else None
        found.reductions.append(Difference(path=path, old=old, new=new, example=example))
    elif gain > 0 or faster:
        example = Example(*faster) if faster else None
        found.improvements.append(Difference(path=path, old=old, new=new, example=example))
    elif old != new:
        found.others.append(Difference(path=path, old=old, new=new))
    else:
        found.unchanged += 1


def _strength(found: Meaning, kind: Kind, priority: str) -> int:
    """How much a promise binds, its length apart: one that is only suggested is weaker than one that is not."""
    cell = found.cell(kind, priority)
    if cell is None or cell.target.within is Untimed.NONE:
        return 0
    strength = _STRENGTH.get(cell.target.within, _TIMED)  # type: ignore[arg-type]
    return 2 * strength - cell.target.suggested


def _said(found: Meaning, kind: Kind, priority: str) -> str:
    return "; ".join(map(_in_words, found.terms.targets.get(kind, {}).get(priority, ())))


def _in_words(cell: Cell) -> str:
    said = str(cell.target)
    if cell.when is not None:
        stated = {name: getattr(cell.when, name) for name in cell.when.__slots__}
        gates = (f"{name} is {_listed(value)}" for name, value in stated.items() if value)
        said += f" when {' and '.join(gates)}"
    said += f", from {cell.starts} on" if cell.starts else ""
    return said + (f", met by {_listed(cell.met_by)}" if cell.met_by else "")


def _listed(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else " or ".join(sorted(value))


def _worded(old: Document, new: Document, plan: str | None) -> Iterator[Difference]:
    """Yield every other value that is worded otherwise, in the order of the new file."""
    was, now = _words(old, plan), _words(new, plan)
    for path in dict.fromkeys([*now, *was]):
        before, after = was.get(path, ""), now.get(path, "")
        if before != after:
            yield Difference(path=path, old=before, new=after)


def _words(document: Document, plan: str | None) -> Mapping[Path, str]:
    return {
        path: value or ""
        for path, value in leaves(document.source.data)
        if path[0] not in _APART and not _is_promise(path) and _concerns(path, plan)
    }


def _is_promise(path: Path) -> bool:
    return path[0] == "plans" and path[2:3] == ("targets",)


def _concerns(path: Path, plan: str | None) -> bool:
    return plan is None or path[0] != "plans" or path[1] == plan


def _name(plan: Plan | None, key: str) -> str:
    return "" if plan is None else plan.name or key
