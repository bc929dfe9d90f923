"""What a customer holds: a plan, with add-ons, choices, calendars and amendments."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag

from duly.policy.document.base import Count, Day, Name, Part, Text, Word
from duly.policy.document.calendars import Calendar, CustomerCalendar
from duly.policy.document.tagged import MAPPING, TEXT, form
from duly.policy.document.validate import validate
from duly.policy.reading.source import Source, plain


class Amendment(Part):
    """A change by contract: from a date on, the value at a path of the plan is another."""

    named = "an amendment"
    from_: Day | None = Field(None, alias="from")
    path: Text
    value: Any
    reason: Text | None = None


class Units(Part):
    """An add-on with the number of units bought."""

    addon: Name
    units: Count = 1


def _units(value: object) -> object:
    return {"addon": value} if isinstance(value, str) else value


BoughtAddon = Annotated[Units, BeforeValidator(_units, json_schema_input_type=Units | str)]


class NamedPerson(Part):
    """Who fills a person's place in the plan."""

    name: Text | None = None
    hours: Annotated[
        Annotated[Name, Tag(TEXT)] | Annotated[Calendar, Tag(MAPPING)], Discriminator(form)
    ] | None = None  # fmt: skip


class Subscription(Part):
    """The agreement with one customer (contract section 4)."""

    named = "a subscription"
    organisation: Text | None = None
    plan: Name
    version: Word | None = None
    from_: Day | None = Field(None, alias="from")
    to: Day | None = None
    addons: tuple[BoughtAddon, ...] = ()
    choices: dict[Name, Name] = Field(default_factory=dict)
    calendars: dict[Name, CustomerCalendar] = Field(default_factory=dict)
    people: dict[Name, NamedPerson] = Field(default_factory=dict)
    amendments: tuple[Amendment, ...] = ()


def subscription(given: Mapping[str, Any] | Source) -> Subscription:
    """Read a subscription from plain data (texts, numbers, lists, mappings) or from a file's.

    Raises:
        PolicyErrors: it is no subscription; each problem names the key.
    """
    source = given if isinstance(given, Source) else Source(data=plain(given))
    return validate(Subscription, source)
