"""Binding: a document and a subscription become the terms that clocks read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duly.core import quantity
from duly.core.allowance import Allowance
from duly.core.calendar.values import Calendar, Combined, Editions, Rule
from duly.core.clock.values import Kind
from duly.core.terms import Ladder, Priority, Rung, Terms
from duly.policy.bind import cells, prices
from duly.policy.bind.calendars import Calendars
from duly.policy.bind.plan import Resolved, resolve
from duly.policy.bind.rules import rules
from duly.policy.document.calendars import Calendar as StatedCalendar
from duly.policy.document.plans import HoursByPriority, Level
from duly.policy.document.policy import Escalation, Policy
from duly.policy.document.read import Document
from duly.policy.document.subscription import Subscription
from duly.policy.problems import UnusableInputError

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
        targets = cells.targets(plan, self.calendars)
        hours = self.hours(levels, targets)
        self.days_have_a_zone(targets, hours)
        self.hours_of_people()
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
            marks=cells.marks(plan),
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

    def hours(self, levels: tuple[Priority, ...], targets: cells.Table) -> dict[str, str]:
        """Find the default calendar of each priority; what no cell needs may stay open."""
        found: dict[str, str] = {}
        for level in levels:
            stated = self.stated_hours(level.key)
            stated_cells = (c for table in targets.values() for c in table.get(level.key, ()))
            needed = next((c.target for c in stated_cells if _on_hours(c.target)), None)
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

    def days_have_a_zone(self, targets: cells.Table, hours: Mapping[str, str]) -> None:
        for table in targets.values():
            for priority, alternatives in table.items():
                for target in (cell.target for cell in alternatives):
                    name = target.on or hours.get(priority, "always")
                    if _counts_days(target) and name != "always" and self.zone(name) is None:
                        raise UnusableInputError(
                            f"`{target}` counts days on `{name}`, which combines calendars; "
                            "give that calendar a zone."
                        )

    def hours_of_people(self) -> None:
        """Keep the calendars in which named people work, unless these are their own."""
        for person in self.resolved.plan.people.values():
            if person.hours is not None and person.hours != "own":
                self.calendars.name(person.hours)

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
