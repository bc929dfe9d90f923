"""The page of a policy: its plans, what its words mean, its clauses, and what nobody knows."""

from collections.abc import Iterator
from datetime import date

from duly.policy.bind.plan import resolve, source_of
from duly.policy.document.policy import Policy
from duly.policy.document.read import Document
from duly.policy.page.hours import calendar_in_words, day_in_words, name_in_words
from duly.policy.page.model import (
    MARK_NAMES,
    MARKS,
    Block,
    Fact,
    Facts,
    Links,
    Page,
    Paragraph,
    Section,
    Table,
    Value,
)
from duly.policy.page.plan import escalation_in_words, plan_section
from duly.policy.page.prices import price_in_words
from duly.policy.page.quantities import target_in_words
from duly.policy.page.say import Say, english, phrase, word, words
from duly.policy.page.targets import label_in_words, level_in_words
from duly.policy.problems import Path

CLAUSE_TITLES = {
    "included": phrase("Included"),
    "excluded": phrase("Not covered"),
    "definition": phrase("What words mean"),
    "language": phrase("Wording"),
    "remedy": phrase("Remedies"),
    "lifecycle": phrase("Versions and their life"),
    "price": phrase("About prices"),
    "option": phrase("Options"),
    "other": phrase("Further terms"),
}


def page(document: Document, plan: str | None = None, say: Say = english) -> Page:
    """Build the page of a policy, or of one of its plans.

    Raises:
        UnusableInputError: there is no such plan.
    """
    policy = document.policy
    plans = tuple(policy.plans) if plan is None else (plan,)
    return Page(
        policy.title or f"{policy.provider or policy.policy}: support",
        (Facts(tuple(_head(document, say))), *_documents(policy, say)),
        (
            *(plan_section(resolve(document, key), say) for key in plans),
            *_levels(document, say),
            *_calendars(document, say),
            *_addons(document, plans, say),
            *_escalation(document, say),
            *_intake(policy, say),
            *_clauses(document, plans, say),
            *_unknown(document, say),
            *_legend(policy, say),
        ),
    )


def value(document: Document, text: str, *path: str | int) -> Value:
    """Make a value of the policy itself, with its provenance."""
    source = source_of(document, path)
    mark = source.mark if source and source.mark != "stated" else ""
    return Value(text, mark, source.note if source else "")


def _head(document: Document, say: Say) -> Iterator[Fact]:
    policy = document.policy
    if policy.provider:
        yield Fact(say("Provider"), value(document, policy.provider, "provider"))
    yield Fact(say("Version"), Value(policy.version))
    since = policy.effective if isinstance(policy.effective, date) else policy.known_since
    effective = day_in_words(since, say) if since else ""
    if policy.effective == "unknown":
        effective = say("unknown, known since {day}").format(day=effective)
    yield Fact(say("In force from"), value(document, effective, "effective"))
    reduction = policy.terms.reduction
    if reduction:
        said = {
            "forbidden": say("what a customer holds may not be reduced"),
            "allowed": say("the provider may reduce what a customer holds"),
        }.get(reduction, say("not known"))
        yield Fact(say("Changes"), value(document, said, "terms", "reduction"))


def _documents(policy: Policy, say: Say) -> Iterator[Block]:
    if policy.documents:
        links = (
            (
                each.url,
                say("seen {day}").format(day=day_in_words(each.seen, say)) if each.seen else "",
            )
            for each in policy.documents
        )
        yield Links(tuple(links))


def _levels(document: Document, say: Say) -> Iterator[Section]:
    policy = document.policy
    rows = tuple(
        (
            Value(level_in_words(level)),
            _definition(document, index, level.definition, say),
        )
        for index, (key, level) in enumerate(policy.priorities.by_key.items())
    )
    blocks: list[Block] = [Table((label_in_words(policy, say), say("Means")), rows)]
    default = policy.priorities.default
    if isinstance(default, dict):
        default = ", ".join(f"{word(channel, say)}: {key}" for channel, key in default.items())
    if default:
        named = value(document, default, "priorities", "default")
        blocks.append(Facts((Fact(say("When none is named"), named),)))
    yield Section(
        say("{label}: what each level means").format(label=label_in_words(policy, say)),
        tuple(blocks),
    )


def _definition(document: Document, index: int, definition: str | None, say: Say) -> Value:
    if definition is None:
        return Value(say("not defined"), "unknown")
    return value(document, definition, "priorities", "levels", index, "definition")


def _calendars(document: Document, say: Say) -> Iterator[Section]:
    policy = document.policy
    facts = [
        Fact(name, _calendar(document, name, calendar_in_words(calendar, say)))
        for name, calendar in policy.calendars.items()
    ]
    facts += [
        Fact(
            choice.label or name, value(document, name_in_words(name, policy, say), "choices", name)
        )
        for name, choice in policy.choices.items()
    ]
    if facts:
        yield Section(say("Hours"), (Facts(tuple(facts)),))


def _calendar(document: Document, name: str, text: str) -> Value:
    """Say of a calendar what the sources say of its parts."""
    whole = value(document, text, "calendars", name)
    parts: tuple[Path, ...] = tuple(
        ("calendars", name, part) for part in ("zone", "week", "holidays")
    )
    found = [(path[-1], source_of(document, path)) for path in parts]
    said = [f"{part}: {s.note}" for part, s in found if s and s.mark != "stated"]
    marks = [s.mark for _, s in found if s and s.mark != "stated"]
    return Value(text, marks[0], "; ".join(said)) if marks else whole


def _addons(document: Document, plans: tuple[str, ...], say: Say) -> Iterator[Section]:
    facts = []
    for name, addon in document.policy.addons.items():
        if not addon.to or set(addon.to) & set(plans):
            price = price_in_words(addon.price, say) if isinstance(addon.price, str) else ""
            said = price or say("price not stated")
            if addon.to:
                names = ", ".join(_plan_name(document, plan) for plan in addon.to)
                said += ", " + say("for {plans}").format(plans=names)
            if isinstance(addon.hours, str):
                said += ", " + say("hours: {calendar}").format(calendar=addon.hours)
            facts.append(Fact(addon.name or name, value(document, said, "addons", name)))
    if facts:
        yield Section(say("Add-ons"), (Facts(tuple(facts)),))


def _plan_name(document: Document, key: str) -> str:
    plan = document.policy.plans.get(key)
    return (plan and plan.name) or key


def _escalation(document: Document, say: Say) -> Iterator[Section]:
    stated = document.policy.escalation
    if stated is None:
        return
    first = value(document, f"{escalation_in_words(stated, say)}.", "escalation")
    steps = tuple(
        Fact(
            level.title or say("Level {number}").format(number=number),
            Value(
                say("after {target}").format(target=target_in_words(level.after, say))
                if level.after
                else say("the same target counted again")
            ),
        )
        for number, level in enumerate(stated.levels, 1)
    )
    yield Section(say("Escalation"), (Paragraph(first), Facts(steps)))


def _intake(policy: Policy, say: Say) -> Iterator[Section]:
    asked = [
        each if isinstance(each, str) else each.label or each.key for each in policy.intake.fields
    ]
    if asked:
        said = say("A report tells: {what}.").format(what=words(asked, say))
        yield Section(say("What a report must tell"), (Paragraph(Value(said)),))


def _clauses(document: Document, plans: tuple[str, ...], say: Say) -> Iterator[Section]:
    for kind, title in CLAUSE_TITLES.items():
        paragraphs = tuple(
            Paragraph(value(document, clause.text, "clauses", clause.key))
            for clause in document.policy.clauses
            if clause.kind == kind and (not clause.plans or set(clause.plans) & set(plans))
        )
        if paragraphs:
            yield Section(say(title), paragraphs)


def _unknown(document: Document, say: Say) -> Iterator[Section]:
    facts = tuple(
        Fact(path, Value(source.note))
        for path, source in document.policy.sources.items()
        if source.mark == "unknown"
    )
    if facts:
        yield Section(say("What is not known"), (Facts(facts),))


def _legend(policy: Policy, say: Say) -> Iterator[Section]:
    if policy.sources:
        marks = ((say(MARK_NAMES[mark]), say(meaning)) for mark, meaning in MARKS.items())
        yield Section(say("Marks"), (Facts(tuple(Fact(n, Value(said)) for n, said in marks)),))
