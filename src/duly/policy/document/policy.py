"""The whole of a policy file: one version of one provider's policy (contract section 4)."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator

from duly.policy.document.base import KINDS, Day, Name, Part, Text, Word
from duly.policy.document.calendars import Calendar, Choice
from duly.policy.document.fault import fault
from duly.policy.document.plans import Addon, Level, Plan, PlanLevel
from duly.policy.document.rules import Rules
from duly.policy.document.tagged import MAPPING, TEXT, VALUE, form, word_or_value
from duly.policy.document.targets import Target


class Document(Part):
    """A public page that the policy restates."""

    url: Text
    seen: Day | None = None
    title: Text | None = None


class Priorities(Part):
    """The levels that reports may have."""

    named = "the priorities"
    label: Text = "Priority"
    default: (
        Annotated[
            Annotated[Name, Tag(TEXT)] | Annotated[dict[Name, Name], Tag(MAPPING)],
            Discriminator(form),
        ]
        | None
    ) = None
    levels: tuple[PlanLevel, ...] = Field(min_length=1)

    @property
    def by_key(self) -> dict[str, Level]:
        """The levels by key, most urgent first."""
        levels = (Level(key=level) if isinstance(level, str) else level for level in self.levels)
        return {level.key: level for level in levels}


def _as_levels(value: object) -> object:
    return {"levels": value} if isinstance(value, list) else value


class Question(Part):
    """A field of the form beyond the usual ones."""

    key: Name
    label: Text | None = None
    required: Literal["always", "never"] | None = None


class Intake(Part):
    """What a report must tell."""

    fields: tuple[
        Annotated[
            Annotated[Name, Tag(TEXT)] | Annotated[Question, Tag(MAPPING)], Discriminator(form)
        ],
        ...,
    ] = ()


class EscalationLevel(Part):
    """A step of the ladder; levels count 1, 2, … by position."""

    named = "an escalation level"
    title: Text | None = None
    after: Target | None = None
    contact: Text | None = None


class Escalation(Part):
    """Who may go up the ladder, and when."""

    named = "the escalation"
    opens: (
        Annotated[
            str,
            Field(pattern=f"^({'|'.join(KINDS)}) missed$"),
        ]
        | None
    ) = None
    invoked_by: Literal["customer", "provider"] = "customer"
    levels: tuple[EscalationLevel, ...] = Field(min_length=1)


ClauseKind = Literal[
    "included",
    "excluded",
    "definition",
    "language",
    "remedy",
    "lifecycle",
    "price",
    "option",
    "other",
]


class Clause(Part):
    """A published term that is printed and not computed."""

    named = "a clause"
    key: Name
    kind: ClauseKind
    text: Text
    plans: tuple[Name, ...] = ()


class Terms(Part):
    """What the policy says about its own change."""

    reduction: Literal["forbidden", "allowed", "unknown"] | None = None
    text: Text | None = None


MARKS = ("stated", "recovered", "inferred", "unknown")


class Source(Part):
    """Where a value comes from: exactly one of the four marks, with a note."""

    named = "a source"
    stated: Text | None = None
    recovered: Text | None = None
    inferred: Text | None = None
    unknown: Text | None = None
    url: Text | None = None

    @model_validator(mode="after")
    def _one_mark(self) -> "Source":
        if sum(getattr(self, mark) is not None for mark in MARKS) != 1:
            raise fault("source", f"give exactly one of {', '.join(MARKS)}, with a note.")
        return self

    @property
    def mark(self) -> str:
        """One of `stated`, `recovered`, `inferred`, `unknown`."""
        return next(mark for mark in MARKS if getattr(self, mark) is not None)

    @property
    def note(self) -> str:
        """What the file says about it."""
        return str(getattr(self, self.mark))


def _as_source(value: object) -> object:
    return {value: "-"} if isinstance(value, str) and value in MARKS else value


LANGUAGE = "1"
"""The version of the policy language that is read here."""


def _language(value: object) -> object:
    if isinstance(value, str) and value != LANGUAGE:
        raise fault(
            "language",
            f"this file is of language version {value}; this Duly reads version {LANGUAGE}.",
        )
    return value


class Policy(Part):
    """A policy file."""

    named = "the policy"
    duly: Annotated[
        Literal["1"], BeforeValidator(_language), WithJsonSchema({"enum": [1, LANGUAGE]})
    ]
    policy: Name
    version: Word
    effective: Annotated[
        Annotated[Literal["unknown"], Tag(TEXT)] | Annotated[Day, Tag(VALUE)],
        word_or_value("unknown"),
    ]
    known_since: Day | None = None
    title: Text | None = None
    provider: Text | None = None
    documents: tuple[Document, ...] = ()
    rules: Rules = Rules()
    calendars: dict[Name, Calendar] = Field(default_factory=dict)
    choices: dict[Name, Choice] = Field(default_factory=dict)
    priorities: Annotated[Priorities, BeforeValidator(_as_levels)]
    plans: dict[Name, Plan] = Field(min_length=1)
    addons: dict[Name, Addon] = Field(default_factory=dict)
    intake: Intake = Intake()
    escalation: Escalation | None = None
    clauses: tuple[Clause, ...] = ()
    terms: Terms = Terms()
    sources: dict[Text, Annotated[Source, BeforeValidator(_as_source)]] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _dated(self) -> "Policy":
        if self.effective == "unknown" and self.known_since is None:
            raise fault(
                "missing-key", "`effective` is unknown, so `known_since` is needed: a date."
            )
        return self
