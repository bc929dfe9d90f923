"""What an organisation's plans promise, and month by month how that was kept: the same page for both sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F
from django.db.models.functions import TruncMonth

from duly.core.attainment import Share
from duly.core.clock.values import Kind
from duly.core.quantity import Untimed
from duly.core.terms import Cell, Terms
from duly.desk.access.actor import Actor
from duly.desk.access.people import organisations_visible_to
from duly.desk.access.tickets import of_organisation
from duly.desk.agreements.running import in_force
from duly.desk.agreements.say import say, target_words
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of
from duly.desk.clocks.clock import Clock
from duly.desk.errors import NotFound
from duly.desk.people.organisation import Organisation
from duly.desk.queries.allowances import Covered, before_opening
from duly.desk.queries.level import Level, levels_of
from duly.desk.queries.own_hours import edition_now, own_hours
from duly.desk.queries.published import document_of
from duly.desk.queries.reports.attainment import SETTLED, SUMS
from duly.policy.page.hours import name_in_words
from duly.policy.page.quantities import CUSTOMER
from duly.policy.page.targets import when_in_words

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """What is promised at one priority, in the order of the plan's kinds; empty where nothing is."""

    level: Level
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One subscription as it stands: the plan in force, its promises, what it covers."""

    name: str
    policy: str
    policy_key: str
    since: date
    until: date | None
    priority_label: str
    hours: tuple[str, ...]
    """Its business hours in words; none where they were amended for this subscription alone."""
    kinds: tuple[Kind, ...]
    rows: tuple[Row, ...]
    covered: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The promises that began in a month and have come to an end; those only suggested are told apart."""

    first: date
    binding: Share
    suggested: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An organisation with its plans and their record."""

    id: int
    name: str
    zone: str
    has_own_hours: bool
    plans: tuple[Plan, ...]
    months: tuple[Month, ...]


def agreement(actor: Actor, organisation_id: int, at: datetime) -> Agreement:
    """Read it; the record counts the tickets that the actor sees.

    Raises:
        NotFound: there is no such organisation, or the actor does not see it.
    """
    return agreement_of(actor, visible_organisation(actor, organisation_id), at)


def visible_organisation(actor: Actor, organisation_id: int) -> Organisation:
    """Give the row of an organisation.

    Raises:
        NotFound: there is no such organisation, or the actor does not see it.
    """
    row = organisations_visible_to(actor).filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    return row


def agreement_of(actor: Actor, row: Organisation, at: datetime) -> Agreement:
    """Read it of an organisation that the actor sees."""
    return Agreement(
        id=row.pk,
        name=row.name,
        zone=row.zone,
        plans=plans_of(row, at),
        has_own_hours=row.calendar is not None,
        months=tuple(_months(actor, row)),
    )


def plans_of(organisation: Organisation, at: datetime) -> tuple[Plan, ...]:
    """The plans that an organisation holds at an instant."""
    return tuple(_plan(each, at) for each in in_force([organisation.pk], at))


def _plan(row: Binding, at: datetime) -> Plan:
    terms = terms_of([str(row.pk)])[str(row.pk)]
    kinds = tuple(kind for kind in Kind if kind in terms.targets)
    return Plan(
        name=row.plan_name,
        policy=row.subscription.policy.title,
        policy_key=row.subscription.policy.key,
        since=row.subscription.from_on,
        until=row.subscription.to_on,
        priority_label=getattr(row, "priority_label", None) or "",
        hours=_hours(row, terms, at),
        kinds=kinds,
        rows=tuple(
            Row(level, tuple(target_of(terms, kind, level.key) for kind in kinds))
            for level in levels_of(terms)
        ),
        covered=before_opening(row.subscription_id, terms, at),
    )


def _hours(row: Binding, terms: Terms, at: datetime) -> tuple[str, ...]:
    if row.made_from.get("amendments"):
        return ()
    policy, organisation = document_of(row.version_id).policy, row.subscription.organisation
    theirs = edition_now(own_hours(organisation.calendar), organisation.zone, at)
    names = [*terms.hours.values(), *(name for name in terms.calendars if name == CUSTOMER)]
    said = {name: name_in_words(name, policy, say) for name in names}
    if CUSTOMER in said and theirs:
        said[CUSTOMER] = f"{said[CUSTOMER]}: {theirs.words}"
    return tuple(said.values())


def target_of(terms: Terms, kind: Kind, priority: str) -> str:
    """The target in words; several, where it depends on what is reported."""
    cells = terms.targets.get(kind, {}).get(priority, ())
    made = (cell for cell in cells if cell.target.within is not Untimed.NONE)
    return " / ".join(dict.fromkeys(map(_cell, made)))


def _cell(cell: Cell) -> str:
    said = target_words(str(cell.target))
    return f"{said} ({when_in_words(cell.when, say)})" if cell.when else said


def _months(actor: Actor, organisation: Organisation) -> Iterator[Month]:
    """The latest months with promises that came to an end, the newest first."""
    zone = ZoneInfo(organisation.zone)
    settled = Clock.objects.filter(SETTLED, terms__subscription__organisation=organisation)
    settled = of_organisation(settled, actor, organisation.pk)
    counted = (
        settled.annotate(month=TruncMonth("started_at", tzinfo=zone))
        .values("month")
        .annotate(**SUMS)
        .order_by(F("month").desc())
        .values_list("month", *SUMS)[:MONTHS]
    )
    for month, kept, of, kept_suggested, of_suggested in counted:
        yield Month(month.date(), Share(kept, of), Share(kept_suggested, of_suggested))
