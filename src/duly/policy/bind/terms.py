"""Binding: a document and a subscription become the terms that clocks read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duly.core import quantity
from duly.core.allowance import Allowance
from duly.core.calendar.values import Calendar, Combined, Editions, Rule
from duly.core.clock.values import Kind
from duly.core.terms import Cell, Gate, Ladder, Priority, Rung, Terms
from duly.policy.bind import prices
from duly.policy.bind.calendars import Calendars
from duly.policy.bind.plan import Resolved, resolve
from duly.policy.bind.rules import rules
from duly.policy.document.calendars import Calendar as StatedCalendar
from duly.policy.document.plans import HoursByPriority, Level
from duly.policy.document.policy import Escalation, Policy
from duly.policy.document.read import Document
from duly.policy.document.subscription import Subscription
from duly.policy.document.targets import Gated, KindTargets, When, alternatives
from duly.policy.problems import UnusableInputError

BUILT_IN_MARKS = frozenset({"verified", "reproduced", "workaround", "root_cause"})
OTHER_STARTS = frozenset({"prioritised"})
OTHER_ANSWERS = frozenset({"replied", "updated", "resolved", "closed", "lowered"})
BUILT_IN_REASONS = frozenset({"customer", "third_party"})


def bind(
    document: Document,
    subscription: Subscription,
    *,
    on: date | None = None,
    calendars: Mapping[str, StatedCalendar] | None = None,
) -> Terms:
    """Compute the terms of a subscription as of a date; `calendars` replace those of the policy.

    Raises:
        UnusableInputError: something that the plan needs is missing; the message says what to give.
    """
    resolved = resolve(document, subscription, on)
    given = {**subscription.calendars, **(calendars or {})}
    return _Binding(
        resolved, Calendars(resolved.document.policy, given, subscription.choices)
    ).terms()


@dataclass(slots=True)
class _Binding:
    resolved: Resolved
    calendars: Calendars

    @property
    def policy(self) -> Policy:
        return self.resolved.document.policy

    def terms(self) -> Terms:
        policy, plan = self.policy, self.resolved.plan
        levels = tuple(self.levels())
        targets = self.targets()
        hours = self.hours(levels, targets)
        self.days_have_a_zone(targets, hours)
        stated = rules(plan.rules)
        return Terms(
            policy=policy.policy,
            version=policy.version,
            plan=self.resolved.key,
            plan_name=plan.name or self.resolved.key,
            priorities=levels,
            targets=targets,
            hours=hours,
            rules=stated,
            ladder=ladder(policy.escalation),
            allowances=self.allowances(hours),
            uptime=prices.uptime(plan.uptime) if plan.uptime else None,
            price=prices.price(plan.price) if plan.price else None,
            credits=tuple(credit for each in plan.credits if (credit := prices.credit(each))),
            commitment={Kind(kind): " / ".join(said) for kind, said in plan.commitment.items()},
            exclusions=frozenset(each.key for each in policy.clauses if each.kind == "excluded"),
            marks=self.marks(),
            waiting_reasons=frozenset().union(*stated.pauses.values()) - BUILT_IN_REASONS,
            calendars=dict(self.calendars.rules),
        )

    def levels(self) -> list[Priority]:
        """List the levels that the plan knows, most urgent first, as the plan defines them."""
        general = self.policy.priorities.by_key
        stated = self.resolved.plan.priorities or tuple(general)
        own = {
            level.key: level
            for level in (Level(key=each) if isinstance(each, str) else each for each in stated)
        }
        return [
            Priority(
                key=key,
                name=own[key].name or level.name or key,
                definition=own[key].definition or level.definition or "",
            )
            for key, level in general.items()
            if key in own
        ]

    def targets(self) -> dict[Kind, dict[str, tuple[Cell, ...]]]:
        return {
            Kind(kind): {
                priority: tuple(self.cell(each, table) for each in alternatives(stated))
                for priority, stated in table.cells.items()
            }
            for kind, table in self.resolved.plan.targets.kinds.items()
        }

    def cell(self, gated: Gated, table: KindTargets) -> Cell:
        target = quantity.parse(gated.within)
        if target.on:
            name = self.calendars.name(target.on)
            target = quantity.Target(
                within=target.within, every=target.every, suggested=target.suggested, on=name
            )
        met_by = gated.met_by or table.met_by
        return Cell(
            target=target,
            when=self.gate(gated.when) if gated.when else None,
            starts=gated.starts or table.starts,
            met_by=frozenset(met_by) if met_by else None,
        )

    def gate(self, when: When) -> Gate:
        return Gate(
            channel=when.channel or (),
            environment=when.environment or (),
            component=when.component or (),
            contact=when.contact or (),
            requested=when.requested or (),
            region=when.region or (),
            flags=frozenset(when.flags or ()),
            during=self.calendars.name(when.during) if when.during else None,
        )

    def hours(
        self, levels: tuple[Priority, ...], targets: Mapping[Kind, Mapping[str, tuple[Cell, ...]]]
    ) -> dict[str, str]:
        """Find the default calendar of each priority; what no cell needs may stay open."""
        found: dict[str, str] = {}
        for level in levels:
            stated = self.stated_hours(level.key)
            cells = (cell for table in targets.values() for cell in table.get(level.key, ()))
            needed = next((cell.target for cell in cells if _on_hours(cell.target)), None)
            if stated is None:
                if needed:
                    raise UnusableInputError(
                        f"`{needed}` counts business time, but the plan {self.resolved.key} "
                        "has no hours; write hours: CALENDAR."
                    )
                continue
            try:
                found[level.key] = self.calendars.name(stated)
            except UnusableInputError:
                if needed:
                    raise
        return found

    def days_have_a_zone(
        self, targets: Mapping[Kind, Mapping[str, tuple[Cell, ...]]], hours: Mapping[str, str]
    ) -> None:
        for table in targets.values():
            for priority, cells in table.items():
                for target in (cell.target for cell in cells):
                    name = target.on or hours.get(priority, "always")
                    if _counts_days(target) and name != "always" and self.zone(name) is None:
                        raise UnusableInputError(
                            f"`{target}` counts days on `{name}`, which combines calendars; "
                            "give that calendar a zone."
                        )

    def stated_hours(self, priority: str) -> str | None:
        hours = self.resolved.plan.hours
        if isinstance(hours, HoursByPriority):
            return hours.by_priority.get(priority) or hours.otherwise
        return hours

    def allowances(self, hours: Mapping[str, str]) -> dict[str, Allowance]:
        zones = (self.zone(name) for name in hours.values())
        zone = next((zone for zone in zones if zone), "UTC")
        stated = self.resolved.plan.allowances.items()
        found = ((name, prices.allowance(terms, zone)) for name, terms in stated)
        return {name: allowance for name, allowance in found if allowance}

    def zone(self, name: str) -> str | None:
        rule: Rule | None = self.calendars.rules.get(name)
        if isinstance(rule, Editions):
            rule = rule.editions[-1].rule
        return rule.zone if isinstance(rule, Calendar | Combined) else None

    def marks(self) -> frozenset[str]:
        named: set[str] = set()
        for table in self.resolved.plan.targets.kinds.values():
            cells = [cell for stated in table.cells.values() for cell in alternatives(stated)]
            parts: tuple[KindTargets | Gated, ...] = (table, *cells)
            for part in parts:
                named.update(part.met_by or ())
                named.update((part.starts,) if part.starts else ())
        return frozenset(named - BUILT_IN_MARKS - OTHER_STARTS - OTHER_ANSWERS)


def _on_hours(target: quantity.Target) -> bool:
    within = target.within
    return isinstance(within, quantity.Quantity) and not within.on_always and target.on is None


def _counts_days(target: quantity.Target) -> bool:
    return isinstance(target.within, quantity.Quantity) and target.within.seconds is None


def ladder(stated: Escalation | None) -> Ladder | None:
    """Read the escalation; without the clock that opens it nothing can be computed."""
    if stated is None or stated.opens is None:
        return None
    rungs = tuple(
        Rung(title=level.title or "", after=quantity.parse(level.after) if level.after else None)
        for level in stated.levels
    )
    opens = Kind(stated.opens.split()[0])
    return Ladder(opens=opens, rungs=rungs, invoked_by=stated.invoked_by)
