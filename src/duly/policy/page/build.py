"""The page of a policy: its plans, what its words mean, its clauses, and what nobody knows."""

from collections.abc import Iterator

from duly.policy.bind.plan import resolve, source_of
from duly.policy.document.policy import Policy
from duly.policy.document.read import Document
from duly.policy.page.hours import calendar_in_words, name_in_words
from duly.policy.page.model import (
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
from duly.policy.problems import Path

CLAUSE_TITLES = {
    "included": "Included",
    "excluded": "Not covered",
    "definition": "What words mean",
    "language": "Wording",
    "remedy": "Remedies",
    "lifecycle": "Versions and their life",
    "price": "About prices",
    "option": "Options",
    "other": "Further terms",
}


def page(document: Document, plan: str | None = None) -> Page:
    """Build the page of a policy, or of one of its plans.

    Raises:
        UnusableInputError: there is no such plan.
    """
    policy = document.policy
    plans = tuple(policy.plans) if plan is None else (plan,)
    return Page(
        policy.title or f"{policy.provider or policy.policy}: support",
        (Facts(tuple(_head(document))), *_documents(policy)),
        (
            *(plan_section(resolve(document, key)) for key in plans),
            *_levels(document),
            *_calendars(document),
            *_addons(document, plans),
            *_escalation(document),
            *_intake(policy),
            *_clauses(document, plans),
            *_unknown(document),
            *_legend(policy),
        ),
    )


def value(document: Document, text: str, *path: str | int) -> Value:
    """Make a value of the policy itself, with its provenance."""
    source = source_of(document, path)
    mark = source.mark if source and source.mark != "stated" else ""
    return Value(text, mark, source.note if source else "")


def _head(document: Document) -> Iterator[Fact]:
    policy = document.policy
    if policy.provider:
        yield Fact("Provider", value(document, policy.provider, "provider"))
    yield Fact("Version", Value(policy.version))
    effective = str(policy.effective)
    if policy.effective == "unknown":
        effective = f"unknown, known since {policy.known_since}"
    yield Fact("In force from", value(document, effective, "effective"))
    reduction = policy.terms.reduction
    if reduction:
        said = {
            "forbidden": "what a customer holds may not be reduced",
            "allowed": "the provider may reduce what a customer holds",
        }.get(reduction, "not known")
        yield Fact("Changes", value(document, said, "terms", "reduction"))


def _documents(policy: Policy) -> Iterator[Block]:
    if policy.documents:
        links = ((each.url, f"seen {each.seen}" if each.seen else "") for each in policy.documents)
        yield Links(tuple(links))


def _levels(document: Document) -> Iterator[Section]:
    policy = document.policy
    rows = tuple(
        (
            Value(key if level.name in (None, key) else f"{key} {level.name}"),
            _definition(document, index, level.definition),
        )
        for index, (key, level) in enumerate(policy.priorities.by_key.items())
    )
    blocks: list[Block] = [Table((policy.priorities.label, "Means"), rows)]
    default = policy.priorities.default
    if isinstance(default, dict):
        default = ", ".join(f"{channel}: {key}" for channel, key in default.items())
    if default:
        named = value(document, default, "priorities", "default")
        blocks.append(Facts((Fact("When none is named", named),)))
    yield Section(f"{policy.priorities.label}: what each level means", tuple(blocks))


def _definition(document: Document, index: int, definition: str | None) -> Value:
    if definition is None:
        return Value("not defined", "unknown")
    return value(document, definition, "priorities", "levels", index, "definition")


def _calendars(document: Document) -> Iterator[Section]:
    policy = document.policy
    facts = [
        Fact(name, _calendar(document, name, calendar_in_words(calendar)))
        for name, calendar in policy.calendars.items()
    ]
    facts += [
        Fact(choice.label or name, value(document, name_in_words(name, policy), "choices", name))
        for name, choice in policy.choices.items()
    ]
    if facts:
        yield Section("Hours", (Facts(tuple(facts)),))


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


def _addons(document: Document, plans: tuple[str, ...]) -> Iterator[Section]:
    facts = []
    for name, addon in document.policy.addons.items():
        if not addon.to or set(addon.to) & set(plans):
            price = addon.price if isinstance(addon.price, str) else "price not stated"
            to = f", for {', '.join(addon.to)}" if addon.to else ""
            hours = f", hours: {addon.hours}" if isinstance(addon.hours, str) else ""
            said = value(document, f"{price}{to}{hours}", "addons", name)
            facts.append(Fact(addon.name or name, said))
    if facts:
        yield Section("Add-ons", (Facts(tuple(facts)),))


def _escalation(document: Document) -> Iterator[Section]:
    stated = document.policy.escalation
    if stated is None:
        return
    first = value(document, f"{escalation_in_words(stated)}.", "escalation")
    steps = tuple(
        Fact(
            level.title or f"Level {number}",
            Value(f"after {level.after}" if level.after else "the same target counted again"),
        )
        for number, level in enumerate(stated.levels, 1)
    )
    yield Section("Escalation", (Paragraph(first), Facts(steps)))


def _intake(policy: Policy) -> Iterator[Section]:
    asked = [
        each if isinstance(each, str) else each.label or each.key for each in policy.intake.fields
    ]
    if asked:
        said = f"A report tells: {', '.join(word.replace('_', ' ') for word in asked)}."
        yield Section("What a report must tell", (Paragraph(Value(said)),))


def _clauses(document: Document, plans: tuple[str, ...]) -> Iterator[Section]:
    for kind, title in CLAUSE_TITLES.items():
        paragraphs = tuple(
            Paragraph(value(document, clause.text, "clauses", clause.key))
            for clause in document.policy.clauses
            if clause.kind == kind and (not clause.plans or set(clause.plans) & set(plans))
        )
        if paragraphs:
            yield Section(title, paragraphs)


def _unknown(document: Document) -> Iterator[Section]:
    facts = tuple(
        Fact(path, Value(source.note))
        for path, source in document.policy.sources.items()
        if source.mark == "unknown"
    )
    if facts:
        yield Section("What is not known", (Facts(facts),))


def _legend(policy: Policy) -> Iterator[Section]:
    if policy.sources:
        yield Section("Marks", (Facts(tuple(Fact(m, Value(said)) for m, said in MARKS.items())),))
