"""The section of one plan: price, hours, promises, what comes with it, and the rules it is counted by."""

from collections.abc import Iterator

from duly.policy.bind.plan import Resolved
from duly.policy.document.plans import AllowanceTerms, Credit, HoursByPriority, SetBy, Uptime
from duly.policy.document.policy import Escalation
from duly.policy.document.texts import PriceTerms
from duly.policy.page.hours import name_in_words
from duly.policy.page.model import Block, Fact, Facts, Paragraph, Section, Value
from duly.policy.page.rules import rules_section
from duly.policy.page.targets import KIND_NAMES, resolved_value, targets_table

PEOPLE_SET = {"customer": "the customer", "provider": "the provider"}


def plan_section(resolved: Resolved) -> Section:
    """Describe a plan as it holds."""
    plan = resolved.plan
    blocks: list[Block] = []
    if plan.description:
        blocks.append(Paragraph(resolved_value(resolved, plan.description, "description")))
    blocks.append(Facts(tuple(facts_of(resolved))))
    table = targets_table(resolved)
    if table:
        blocks.append(table)
    else:
        blocks.append(Paragraph(Value("No response or resolution time is promised.")))
    return Section(plan.name or resolved.key, tuple(blocks), (rules_section(resolved),))


def facts_of(resolved: Resolved) -> Iterator[Fact]:
    """Name all that a plan says besides its targets."""
    plan = resolved.plan
    price = resolved_value(resolved, price_in_words(plan.price), "price")
    yield Fact("Price", price if plan.price else Value("not stated", "unknown", price.note))
    yield from _hours(resolved)
    if plan.priority_set_by:
        said = _set_by(plan.priority_set_by)
        yield Fact("Priority set by", resolved_value(resolved, said, "priority_set_by"))
    for kind, words in plan.commitment.items():
        name = f"{KIND_NAMES.get(kind, kind)} is promised as"
        yield Fact(name, resolved_value(resolved, " / ".join(words), "commitment", kind))
    for name, channel in plan.channels.items():
        yield Fact(f"By {name}", resolved_value(resolved, channel, "channels", name))
    for name, allowance in plan.allowances.items():
        said = _allowance(allowance)
        yield Fact(_title(name), resolved_value(resolved, said, "allowances", name))
    yield from _people(resolved)
    yield from _availability(resolved)


def _hours(resolved: Resolved) -> Iterator[Fact]:
    hours, policy = resolved.plan.hours, resolved.document.policy
    if isinstance(hours, str):
        said = f"{hours}: {name_in_words(hours, policy)}"
        yield Fact("Hours", resolved_value(resolved, said, "hours"))
    elif isinstance(hours, HoursByPriority):
        for priority, name in hours.by_priority.items():
            said = f"{name}: {name_in_words(name, policy)}"
            yield Fact(f"Hours for {priority}", resolved_value(resolved, said, "hours", priority))


def _people(resolved: Resolved) -> Iterator[Fact]:
    plan = resolved.plan
    for name, person in plan.people.items():
        hours = f", works {'in own hours' if person.hours == 'own' else person.hours}"
        otherwise = f", otherwise the {person.otherwise}" if person.otherwise else ""
        first = ", first contact for everything" if person.primary_contact else ""
        said = f"yes{hours if person.hours else ''}{otherwise}{first}"
        yield Fact(person.title or _title(name), resolved_value(resolved, said, "people", name))
    if plan.contacts:
        parts = [
            f"at most {plan.contacts.maximum}" if plan.contacts.maximum else "",
            "an ordered list" if plan.contacts.support_list == "ordered" else "",
            plan.contacts.who or "",
        ]
        said = ", ".join(part for part in parts if part)
        yield Fact("Named contacts", resolved_value(resolved, said, "contacts"))
    for name, words in (
        ("Required of the customer", plan.requires),
        ("Notices", plan.notifications),
    ):
        if words:
            path = "requires" if words is plan.requires else "notifications"
            said = ", ".join(word.replace("_", " ") for word in words)
            yield Fact(name, resolved_value(resolved, said, path))
    if plan.served_before:
        said = ", ".join(plan.served_before)
        yield Fact("Served before", resolved_value(resolved, said, "served_before"))


def _availability(resolved: Resolved) -> Iterator[Fact]:
    plan = resolved.plan
    if plan.uptime:
        yield Fact("Uptime", resolved_value(resolved, _uptime(plan.uptime), "uptime"))
    for index, credit in enumerate(plan.credits):
        yield Fact("Credit", resolved_value(resolved, _credit(credit), "credits", index))


def price_in_words(price: str | PriceTerms | None) -> str:
    """Say a price as the policy states it; nothing where it states none."""
    if price is None or isinstance(price, str):
        return (price or "").replace("_", " ")
    if price.greatest:
        said = f"the greatest of {'; '.join(map(price_in_words, price.greatest))}"
    else:
        bands = [
            f"{band.percent} % {f'up to {band.up_to}' if band.up_to else 'of the rest'}"
            for band in price.bands
        ]
        said = f"of {(price.of or '').replace('_', ' ')}: {', '.join(bands)}" if bands else ""
    extra = [price.terms, "by the day" if price.pro_rating == "by_day" else None]
    return ", ".join(part for part in (said, *extra) if part)


def escalation_in_words(stated: Escalation) -> str:
    """Say who may go up the ladder, and when."""
    who = {"customer": "The customer", "provider": "The provider"}[stated.invoked_by]
    opens = stated.opens.replace("_", " ") if stated.opens else "a moment that is not stated"
    return f"{who} may escalate after {opens}"


def _allowance(allowance: str | AllowanceTerms) -> str:
    if isinstance(allowance, str):
        return allowance
    said = allowance.limit or "not stated"
    said += f" per {allowance.per}" if allowance.per else ""
    beyond = {"unknown": "", "best_effort": "best effort", "refuse": "refused", "charge": "charged"}
    more = beyond[allowance.beyond]
    said += f", beyond that {more}" if more else ""
    carried = allowance.carry_over
    return said + (f", {carried.percent} % carried over" if carried else "")


def _uptime(uptime: Uptime) -> str:
    said = f"{uptime.target} % per {uptime.per}"
    said += f" of {uptime.of}" if uptime.of else ""
    planned = uptime.maintenance
    if planned:
        notice = f" with {planned.notice} notice" if planned.notice else ""
        most = f", at most {planned.at_most}" if planned.at_most else ""
        said += f", less maintenance{notice}{most}"
    return said


def _credit(credit: Credit) -> str:
    amount = f"{credit.percent} % of {credit.of}" if credit.percent else credit.amount or ""
    amount = amount or f"{credit.days} days"
    claim = f", to be claimed within {credit.claim_within}" if credit.claim_within else ""
    return f"{amount.replace('_', ' ')} when {credit.when.replace('_', ' ')}{claim}"


def _set_by(set_by: str | SetBy) -> str:
    if isinstance(set_by, str):
        return PEOPLE_SET[set_by]
    final = f", {PEOPLE_SET[set_by.final]} has the last word" if set_by.final else ""
    return f"{PEOPLE_SET[set_by.first]} first{final}"


def _title(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()
