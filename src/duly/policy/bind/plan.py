"""One plan with all that is laid over it: base plans, add-ons, amendments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duly.policy.bind.layers import Layered, Origin, parse_path
from duly.policy.document.plans import Plan
from duly.policy.document.policy import Source as Provenance
from duly.policy.document.read import Document, read_source
from duly.policy.document.subscription import Amendment, Subscription, Units
from duly.policy.nearest import nearest
from duly.policy.problems import Path, PolicyErrors, UnusableInputError, path_text
from duly.policy.reading.source import Data, Source

OVERLAY_KEYS = frozenset(Plan.model_fields) - {"base"}
INHERITED = ("rules",)
"""What a plan takes from the policy where it is silent."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A plan as it holds for somebody; `document` is the policy with that plan in it."""

    document: Document
    key: str
    layered: Layered

    @property
    def plan(self) -> Plan:
        """The plan with nothing left to look up."""
        return self.document.policy.plans[self.key]

    def origin(self, *path: str | int) -> Origin:
        """Say which layer gave a value of the plan; `default` when none did."""
        return self.layered.origin(path) or Origin("default")

    def provenance(self, *path: str | int) -> Provenance | None:
        """Find what `sources` say about a value of the plan, or about what is around it."""
        return source_of(self.document, self.origin(*path).path or ("plans", self.key, *path))


def source_of(document: Document, path: Path) -> Provenance | None:
    """Find the entry of `sources` that is nearest to a path."""
    sources = document.policy.sources
    steps = path
    while steps:
        found = sources.get(path_text(steps))
        if found:
            return found
        steps = steps[:-1]
    return None


def resolve(
    document: Document, subscription: Subscription | str, on: date | None = None
) -> Resolved:
    """Lay out the plan of a subscription, or of that name, as of a date (None: all amendments).

    Precedence: amendment, add-on, plan, base plan, policy (contract section 4).

    Raises:
        UnusableInputError: there is no such plan or add-on, or an amendment does not fit.
    """
    if isinstance(subscription, str):
        subscription = Subscription.model_validate({"plan": subscription})
    layered = _plan_layers(document, subscription.plan)
    for units in subscription.addons:
        _lay_addon(layered, document, subscription.plan, units)
    calendars = Layered()
    calendars.lay(_part(document.source.data, "calendars"), Origin("policy", path=("calendars",)))
    for amendment in subscription.amendments:
        if on is None or amendment.from_ is None or amendment.from_ <= on:
            _amend(layered, calendars, subscription.plan, amendment)
    data = _with(document, subscription.plan, layered.data, calendars.data)
    try:
        amended = read_source(Source(document.source.file, data))
    except PolicyErrors as error:
        said = "; ".join(f"{problem.path}: {problem.message}" for problem in error.problems)
        raise UnusableInputError(f"the plan {subscription.plan} as subscribed: {said}") from error
    return Resolved(amended, subscription.plan, layered)


def _plan_layers(document: Document, key: str) -> Layered:
    policy = document.policy
    if key not in policy.plans:
        hint = nearest(key, policy.plans) or f"; plans are {', '.join(policy.plans)}."
        raise UnusableInputError(f"{document.key} has no plan `{key}`{hint}")
    chain = [key]
    while base := policy.plans[chain[-1]].base:
        chain.append(base)
    layered = Layered()
    for part in INHERITED:
        stated = _part(document.source.data, part)
        if stated:
            layered.lay({part: stated}, Origin("policy", policy.policy, ()))
            layered.origins.update(
                {at: Origin("policy", policy.policy, at) for at in layered.origins}
            )
    plans = _part(document.source.data, "plans")
    for name in reversed(chain):
        stated = {k: v for k, v in _part(plans, name).items() if k in OVERLAY_KEYS}
        layer = "plan" if name == key else "base"
        layered.lay(stated, Origin(layer, name, ("plans", name)))
    return layered


def _lay_addon(layered: Layered, document: Document, plan: str, units: Units) -> None:
    addon = document.policy.addons.get(units.addon)
    if addon is None:
        hint = nearest(units.addon, document.policy.addons) or "."
        raise UnusableInputError(f"there is no add-on `{units.addon}`{hint}")
    if addon.to and plan not in addon.to:
        raise UnusableInputError(
            f"the add-on `{units.addon}` is for {', '.join(addon.to)}, not for {plan}."
        )
    stated = _part(_part(document.source.data, "addons"), units.addon)
    over = {key: value for key, value in stated.items() if key not in ("name", "to", "price")}
    layered.lay(over, Origin("addon", units.addon, ("addons", units.addon)))


def _amend(layered: Layered, calendars: Layered, plan: str, amendment: Amendment) -> None:
    path = parse_path(amendment.path)
    if path[:2] == ("plans", plan):
        path = path[2:]
    origin = Origin("amendment", note=_note(amendment))
    target, path = (calendars, path[1:]) if path[:1] == ("calendars",) else (layered, path)
    try:
        if target is layered and path[:1] and path[0] not in OVERLAY_KEYS:
            raise KeyError(path[0])
        target.put(path, amendment.value, origin)
    except KeyError as error:
        hint = nearest(str(error.args[0]), OVERLAY_KEYS) or "."
        raise UnusableInputError(
            f"the amendment of `{amendment.path}` leads nowhere: there is no "
            f"`{error.args[0]}`{hint}"
        ) from error


def _note(amendment: Amendment) -> str:
    since = f"from {amendment.from_.isoformat()}" if amendment.from_ else ""
    return ", ".join(part for part in (since, amendment.reason) if part)


def _with(
    document: Document, plan: str, merged: Mapping[str, Data], calendars: Mapping[str, Data]
) -> dict[str, Data]:
    data = document.source.data
    assert isinstance(data, dict)
    result = dict(data)
    result["plans"] = {**_part(data, "plans"), plan: dict(merged)}
    if calendars:
        result["calendars"] = dict(calendars)
    return result


def _part(data: Data, key: str) -> dict[str, Data]:
    inside = data.get(key) if isinstance(data, dict) else None
    return inside if isinstance(inside, dict) else {}
