"""The section of one plan: price, hours, promises, what comes with it, and the rules it is counted by."""

from collections.abc import Iterator

from duly.policy.bind.plan import Resolved
from duly.policy.document.plans import (
    AllowanceTerms,
    Credit,
    HoursByPriority,
    Person,
    SetBy,
    Uptime,
)
from duly.policy.document.policy import Escalation
from duly.policy.page.hours import name_in_words
from duly.policy.page.model import Block, Fact, Facts, Paragraph, Section, Value
from duly.policy.page.prices import limit_in_words, per, price_in_words
from duly.policy.page.quantities import target_in_words
from duly.policy.page.rules import rules_section
from duly.policy.page.say import Say, percent, phrase, word, words
from duly.policy.page.targets import KIND_NAMES, resolved_value, targets_table

SET_BY = {
    ("customer", None): phrase("the customer alone"),
    ("provider", None): phrase("the provider alone"),
    ("customer", "customer"): phrase("the customer alone"),
    ("provider", "provider"): phrase("the provider alone"),
    ("customer", "provider"): phrase("the customer first, the provider has the last word"),
    ("provider", "customer"): phrase("the provider first, the customer has the last word"),
}
ESCALATION = {
    "customer": phrase("The customer may escalate after {moment}"),
    "provider": phrase("The provider may escalate after {moment}"),
}
BEYOND = {
    "best_effort": phrase("beyond that best effort"),
    "refuse": phrase("beyond that refused"),
    "charge": phrase("beyond that charged"),
}


def plan_section(resolved: Resolved, say: Say) -> Section:
    """Describe a plan as it holds."""
    plan = resolved.plan
    blocks: list[Block] = []
    if plan.description:
        blocks.append(Paragraph(resolved_value(resolved, say, plan.description, "description")))
    blocks.append(Facts(tuple(facts_of(resolved, say))))
    table = targets_table(resolved, say)
    if table:
        blocks.append(table)
    else:
        blocks.append(Paragraph(Value(say("No response or resolution time is promised."))))
    return Section(plan.name or resolved.key, tuple(blocks), (rules_section(resolved, say),))


def facts_of(resolved: Resolved, say: Say) -> Iterator[Fact]:
    """Name all that a plan says besides its targets."""
    plan = resolved.plan
    price = resolved_value(resolved, say, price_in_words(plan.price, say), "price")
    unpriced = Value(say("not stated"), "unknown", price.note)
    yield Fact(say("Price"), price if plan.price else unpriced)
    yield from _hours(resolved, say)
    if plan.priority_set_by:
        said = _set_by(plan.priority_set_by, say)
        name = say("Priority set by")
        yield Fact(name, resolved_value(resolved, say, said, "priority_set_by"))
    for kind, stated in plan.commitment.items():
        name = say(KIND_NAMES[kind]) if kind in KIND_NAMES else kind
        yield Fact(
            say("{kind} is promised as").format(kind=name),
            resolved_value(resolved, say, words(stated, say, " / "), "commitment", kind),
        )
    for name, channel in plan.channels.items():
        yield Fact(
            say("By {channel}").format(channel=word(name, say)),
            resolved_value(resolved, say, _open(channel, resolved, say), "channels", name),
        )
    for name, allowance in plan.allowances.items():
        said = _allowance(allowance, say)
        yield Fact(_title(name, say), resolved_value(resolved, say, said, "allowances", name))
    yield from _people(resolved, say)
    yield from _availability(resolved, say)


def _hours(resolved: Resolved, say: Say) -> Iterator[Fact]:
    hours, policy = resolved.plan.hours, resolved.document.policy
    if isinstance(hours, str):
        said = name_in_words(hours, policy, say)
        yield Fact(say("Hours"), resolved_value(resolved, say, said, "hours"))
    elif isinstance(hours, HoursByPriority):
        for priority, name in hours.by_priority.items():
            level = policy.priorities.by_key.get(priority)
            label = say("Hours otherwise")
            if level:
                label = say("Hours for {level}").format(level=level.name or level.key)
            said = name_in_words(name, policy, say)
            yield Fact(label, resolved_value(resolved, say, said, "hours", priority))


def _open(channel: str, resolved: Resolved, say: Say) -> str:
    """When a channel is open: as the plan is, or in hours of its own."""
    policy = resolved.document.policy
    if channel == resolved.plan.hours:
        return say("in the hours of the plan")
    if channel == "always" or channel in policy.calendars or channel in policy.choices:
        return name_in_words(channel, policy, say)
    return say("on request") if channel == "on request" else channel


def _people(resolved: Resolved, say: Say) -> Iterator[Fact]:
    plan = resolved.plan
    for name, person in plan.people.items():
        said = ", ".join(_person(person, say))
        title = person.title or _title(name, say)
        yield Fact(title, resolved_value(resolved, say, said, "people", name))
    if plan.contacts:
        most = plan.contacts.maximum
        parts = [
            say("at most {n}").format(n=most) if most else "",
            say("an ordered list") if plan.contacts.support_list == "ordered" else "",
            plan.contacts.who or "",
        ]
        said = ", ".join(part for part in parts if part)
        yield Fact(say("Named contacts"), resolved_value(resolved, say, said, "contacts"))
    for name, stated, path in (
        (say("Required of the customer"), plan.requires, "requires"),
        (say("Notices"), plan.notifications, "notifications"),
        (say("Served before"), _names(resolved), "served_before"),
    ):
        if stated:
            yield Fact(name, resolved_value(resolved, say, words(stated, say), path))


def _person(person: Person, say: Say) -> Iterator[str]:
    """What a plan says of somebody whom it names."""
    yield say("yes")
    if person.hours:
        own = person.hours == "own"
        yield say("works in own hours") if own else say("works {hours}").format(hours=person.hours)
    if person.otherwise:
        yield say("otherwise the {who}").format(who=word(person.otherwise, say))
    if person.primary_contact:
        yield say("first contact for everything")


def _names(resolved: Resolved) -> tuple[str, ...]:
    """The plans that this one is served before, by the names they have."""
    plans = resolved.document.policy.plans
    return tuple(plans[key].name or key for key in resolved.plan.served_before if key in plans)


def _availability(resolved: Resolved, say: Say) -> Iterator[Fact]:
    plan = resolved.plan
    if plan.uptime:
        said = _uptime(plan.uptime, say)
        yield Fact(say("Uptime"), resolved_value(resolved, say, said, "uptime"))
    for index, credit in enumerate(plan.credits):
        said = _credit(credit, say)
        yield Fact(say("Credit"), resolved_value(resolved, say, said, "credits", index))


def escalation_in_words(stated: Escalation, say: Say) -> str:
    """Say who may go up the ladder, and when."""
    moment = say("a moment that is not stated")
    if stated.opens:
        kind, _space, event = stated.opens.partition(" ")
        name = say(KIND_NAMES[kind]) if kind in KIND_NAMES else kind
        missed = say("{kind} was missed").format(kind=name)
        moment = missed if event == "missed" else stated.opens.replace("_", " ")
    return say(ESCALATION[stated.invoked_by]).format(moment=moment)


def _allowance(allowance: str | AllowanceTerms, say: Say) -> str:
    if isinstance(allowance, str):
        return limit_in_words(allowance, say)
    said = limit_in_words(allowance.limit, say) if allowance.limit else say("not stated")
    if allowance.per:
        said = per(said, allowance.per, say)
    if allowance.beyond in BEYOND:
        said += ", " + say(BEYOND[allowance.beyond])
    if allowance.carry_over:
        share = percent(allowance.carry_over.percent, say)
        said += ", " + say("{share} carried over").format(share=share)
    return said


def _uptime(uptime: Uptime, say: Say) -> str:
    said = per(percent(uptime.target, say), uptime.per, say)
    said += " " + say("of {what}").format(what=uptime.of) if uptime.of else ""
    planned = uptime.maintenance
    if planned:
        said += ", " + say("less maintenance")
        if planned.notice:
            notice = target_in_words(planned.notice, say)
            said += " " + say("with {time} notice").format(time=notice)
        if planned.at_most:
            said += ", " + say("at most {n}").format(n=limit_in_words(planned.at_most, say))
    return said


def _credit(credit: Credit, say: Say) -> str:
    amount = (credit.amount or "").replace("_", " ")
    if credit.percent:
        of = word(credit.of or "", say)
        amount = say("{share} of {what}").format(share=percent(credit.percent, say), what=of)
    elif not amount:
        amount = say("{n} day", "{n} days", credit.days or 0).format(n=credit.days)
    when = credit.when.replace("_", " ")
    said = say("{amount} when {event}").format(amount=amount, event=when)
    if credit.claim_within:
        within = target_in_words(credit.claim_within, say)
        said += ", " + say("to be claimed within {time}").format(time=within)
    return said


def _set_by(set_by: str | SetBy, say: Say) -> str:
    if isinstance(set_by, str):
        return say(SET_BY[set_by, None])
    return say(SET_BY[set_by.first, set_by.final])


def _title(name: str, say: Say) -> str:
    said = word(name, say).replace("-", " ")
    return said[:1].upper() + said[1:]
