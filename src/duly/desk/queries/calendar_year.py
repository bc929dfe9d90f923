"""Calendars painted on a year: those of policies, and those that organisations and agents have of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from duly.core.calendar.values import Rule
from duly.desk.access.actor import Actor
from duly.desk.access.agreements import policies_visible_to
from duly.desk.access.people import organisations_visible_to, people_visible_to
from duly.desk.access.require import require
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.say import say
from duly.desk.errors import NotFound
from duly.desk.queries.published import document_in_force, in_force
from duly.policy import PolicyErrors, UnusableInputError, own_calendar, read_data
from duly.policy.bind.calendars import Calendars
from duly.policy.bind.own_calendar import OWN
from duly.policy.page.hours import calendar_in_words
from duly.policy.page.year import Year, holiday_names, year_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """A calendar on a year; without `year` the `problem` says what it depends on."""

    name: str
    of: str
    words: str
    year: Year | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OfPolicy:
    """The calendars of a policy, by name."""

    key: str
    title: str
    calendars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """An organisation with a calendar of its own."""

    id: int
    name: str


def calendars_of_policies(actor: Actor, at: datetime) -> Sequence[OfPolicy]:
    """The calendars of every policy, by the version in force. A statement for each."""
    found = []
    for policy in policies_visible_to(actor).order_by("title", "key"):
        try:
            _, document = document_in_force(policy.key, at)
        except NotFound:
            continue
        names = tuple(document.policy.calendars)
        if names:
            found.append(OfPolicy(policy.key, policy.title, names))
    return found


def calendars_of_organisations(actor: Actor) -> Sequence[OfOrganisation]:
    """The organisations that have a calendar of their own."""
    rows = organisations_visible_to(actor).filter(is_active=True, calendar__isnull=False)
    return [OfOrganisation(*row) for row in rows.order_by("name").values_list("pk", "name")]


def policy_calendar(key: str, name: str, year: int, at: datetime) -> CalendarYear:
    """Paint a calendar of a policy, as the version in force has it: for everybody.

    Raises:
        NotFound: there is no such policy, calendar or year.
    """
    return _of_version(in_force(key, at), name, year)


def organisation_calendar(actor: Actor, organisation_id: int, year: int) -> CalendarYear:
    """Paint the calendar that an organisation has of its own.

    Raises:
        NotFound: the actor does not see it, or it has none.
    """
    row = organisations_visible_to(actor).filter(pk=organisation_id).first()
    require(row is not None and row.calendar is not None)
    assert row is not None
    return _of_own(row.calendar, row.name, year)


def hours_of_agent(actor: Actor, person_id: int, year: int) -> CalendarYear:
    """Paint when an agent works, absences apart.

    Raises:
        NotFound: the actor does not see them, or nobody has said it.
    """
    row = people_visible_to(actor).filter(pk=person_id).first()
    require(row is not None and row.hours is not None)
    assert row is not None
    return _of_own(row.hours, str(row), year)


@lru_cache(maxsize=64)
def _of_version(version_id: int, name: str, year: int) -> CalendarYear:
    """A version never changes, so its calendars are painted once."""
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    document = read_data(version.document)
    stated = document.policy.calendars.get(name)
    if stated is None:
        raise NotFound
    choices = {key: choice.of[0] for key, choice in document.policy.choices.items()}
    calendars = Calendars(document.policy, {}, choices)
    problem = ""
    try:
        calendars.name(name)
    except UnusableInputError as error:
        problem = str(error)
    return CalendarYear(
        name=name,
        of=version.policy.title,
        words=calendar_in_words(stated, say),
        year=None
        if problem
        else _painted(name, calendars.rules, version.document["calendars"][name], year),
        problem=problem,
    )


def _of_own(calendar: object, of: str, year: int) -> CalendarYear:
    try:
        own = own_calendar(calendar)
    except (PolicyErrors, UnusableInputError) as error:
        return CalendarYear(name="", of=of, words="", year=None, problem=str(error))
    return CalendarYear(name="", of=of, words="", year=_painted(OWN, own.rules, own.data, year))


def _painted(name: str, rules: Mapping[str, Rule], data: object, year: int) -> Year:
    try:
        return year_of(name, rules, year, holiday_names(data, year))  # type: ignore[arg-type]
    except ValueError as error:
        raise NotFound from error
