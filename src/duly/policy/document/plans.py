"""Plans and add-ons as a file states them (contract section 4)."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from duly.policy.document.base import (
    Count,
    Day,
    Name,
    Number,
    Part,
    Text,
    Word,
    Words,
    YesNo,
)
from duly.policy.document.calendars import Zone
from duly.policy.document.removable import ByName, Removable
from duly.policy.document.rules import Rules
from duly.policy.document.tagged import MAPPING, TEXT, VALUE, form, word_or_value
from duly.policy.document.targets import Targets
from duly.policy.document.texts import Cap, Channel, Length, Limit, Price

Setter = Literal["customer", "provider"]
Period = Literal["ticket", "month", "quarter", "year"]


class SetBy(Part):
    """Who gives the first priority and who has the last word."""

    first: Setter
    final: Setter | None = None


class Level(Part):
    """A priority and what it means."""

    named = "a level"
    key: Name
    name: Text | None = None
    definition: Text | None = None


PlanLevel = Annotated[
    Annotated[Name, Tag(TEXT)] | Annotated[Level, Tag(MAPPING)],
    Discriminator(lambda value: MAPPING if form(value) == MAPPING else TEXT),
]


class HoursByPriority(Part):
    """A default calendar by priority."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Name] = Field(init=False)
    otherwise: Name | None = None

    @property
    def by_priority(self) -> dict[str, str]:
        """The calendars by priority, and under `otherwise` that of the rest."""
        rest = {"otherwise": self.otherwise} if self.otherwise else {}
        return {**self.__pydantic_extra__, **rest}


class CarryOver(Part):
    """What of an unused allowance goes on into the next period."""

    percent: Number
    expires: Literal["month", "quarter", "year"]


class AllowanceTerms(Part):
    """How much is included, and what happens beyond."""

    named = "an allowance"
    limit: Limit | None = None
    per: Period | None = None
    zone: Zone | None = None
    beyond: Literal["best_effort", "refuse", "charge", "unknown"] = "unknown"
    carry_over: CarryOver | None = None


class Person(Part):
    """A named person of the provider."""

    title: Text | None = None
    hours: Name | None = None
    otherwise: Name | None = None
    primary_contact: YesNo = False


class Contacts(Part):
    """The people of the customer who may ask for support."""

    support_list: Literal["ordered", "unordered"] | None = None
    maximum: (
        Annotated[
            Annotated[Literal["unlimited"], Tag(TEXT)] | Annotated[Count, Tag(VALUE)],
            word_or_value("unlimited"),
        ]
        | None
    ) = None
    who: Text | None = None


class Maintenance(Part):
    """Announced maintenance that is no downtime."""

    notice: Length | None = None
    at_most: Cap | None = None
    window: Text | None = None


class Uptime(Part):
    """A promise of availability."""

    target: Number | None = None
    per: Period = "month"
    zone: Zone | None = None
    denominator: Literal["whole", "scheduled"] = "whole"
    maintenance: Maintenance | None = None
    of: Text | None = None


class Credit(Part):
    """What is owed when a promise was broken."""

    named = "a credit"
    when: Text
    percent: Number | None = None
    of: Word | None = None
    days: Count | None = None
    amount: Text | None = None
    at_most: Text | None = None
    claim_within: Length | None = None


Commitment = Words
"""The words as published; a policy that uses several for one promise lists them."""

Hours = Annotated[
    Annotated[Name, Tag(TEXT)] | Annotated[HoursByPriority, Tag(MAPPING)], Discriminator(form)
]
PrioritySetBy = Annotated[
    Annotated[Setter, Tag(TEXT)] | Annotated[SetBy, Tag(MAPPING)], Discriminator(form)
]
Allowance = Annotated[
    Annotated[Limit, Tag(TEXT)] | Annotated[AllowanceTerms, Tag(MAPPING)], Discriminator(form)
]


class Overlay(Part):
    """Everything that a plan, and an add-on on top of it, may promise."""

    name: Text | None = None
    description: Text | None = None
    price: Removable[Price] = None
    hours: Removable[Hours] = None
    priorities: tuple[PlanLevel, ...] | None = None
    priority_set_by: Removable[PrioritySetBy] = None
    requires: tuple[Name, ...] = ()
    channels: ByName[Channel] = Field(default_factory=dict)
    commitment: ByName[Commitment] = Field(default_factory=dict)
    targets: Targets = Targets()
    allowances: ByName[Allowance] = Field(default_factory=dict)
    people: ByName[Person] = Field(default_factory=dict)
    contacts: Removable[Contacts] = None
    notifications: tuple[Text, ...] = ()
    uptime: Removable[Uptime] = None
    credits: tuple[Credit, ...] = ()
    rules: Rules = Rules()
    served_before: tuple[Name, ...] = ()


class Plan(Overlay):
    """One plan of a policy."""

    named = "a plan"
    base: Name | None = None
    retired: Day | None = None


class Addon(Overlay):
    """An overlay that a subscription lists."""

    named = "an add-on"
    to: tuple[Name, ...] = ()
