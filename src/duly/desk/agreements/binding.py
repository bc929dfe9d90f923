"""Making bindings: what a customer holds becomes stored terms, one immutable row for each instant of change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import zip_longest
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from duly.core import stored
from duly.core.terms import Terms
from duly.desk.agreements.intake import stored_intake
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Organisation
from duly.policy import (
    NotGivenError,
    PolicyErrors,
    UnusableInputError,
    bind,
    read_data,
    subscription,
    zone_of,
)
from duly.policy.bind.plan import resolve

Held: TypeAlias = Mapping[str, Any]
"""What a customer holds, in the words of the policy language: plan, addons, choices, calendars, people, amendments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """By whom, when and why bindings are made; `why` is what clocks show when they change by it."""

    at: datetime
    person_id: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """What holds from some instant on."""

    version: PolicyVersion
    held: Held


Change: TypeAlias = Callable[[Agreed], Agreed]
_Start: TypeAlias = tuple[datetime, Agreed, str]

CUSTOMER = "customer"
"""The calendar of a policy that the customer fills."""

AMENDED = "amendment"
"""Why terms change where an amendment begins."""

TAKEN_BACK = "taken back"
"""Why terms change where a change was taken back."""


def begin(row: Subscription, agreed: Agreed, making: Making) -> None:
    """Make the first bindings. The subscription begins at midnight in the organisation's zone.

    Raises:
        Invalid: the policy and what is held do not fit; the text says what to give.
    """
    start = midnight(row.from_on, ZoneInfo(row.organisation.zone))
    _make(row, [(start, agreed, making.why)], making)


def change(row: Subscription, edit: Change, making: Making, *, from_at: datetime) -> list[Binding]:
    """Let other terms hold from an instant on, never from before now, also on top of what was agreed for later.

    Gives the bindings that were made. The subscription is locked. What was bound before stays as it was.

    Raises:
        Invalid: the policy and what is held then do not fit.
    """
    chain = list(row.bindings.select_related("version").order_by("from_at", "pk"))
    since = max(from_at, making.at, chain[0].from_at)
    now = next(each for each in reversed(chain) if each.from_at <= since)
    later = {each.from_at: each for each in chain if each.from_at > since}
    held = [(since, now, making.why), *((start, each, each.why) for start, each in later.items())]
    agreements = [
        (start, edit(Agreed(each.version, each.made_from)), why) for start, each, why in held
    ]
    return _make(row, agreements, making)


def restore(
    row: Subscription, before: Sequence[Binding], starts: Sequence[datetime], making: Making
) -> None:
    """Let what held `before` hold again at each of the starts; rows stay, so those made later stand on top."""
    chain = sorted(before, key=lambda each: (each.from_at, each.pk))
    held = [(since, [each for each in chain if each.from_at <= since][-1]) for since in starts]
    _make(
        row, [(at, Agreed(each.version, each.made_from), making.why) for at, each in held], making
    )


def agreed_at(row: Subscription, at: datetime) -> Agreed:
    """Find what holds at an instant, or first if that is later."""
    chain = list(row.bindings.select_related("version").defer("terms").order_by("from_at", "pk"))
    since = max(at, chain[0].from_at)
    now = next(each for each in reversed(chain) if each.from_at <= since)
    return Agreed(now.version, now.made_from)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the instant at which a local date begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def zone_of_plan(row: Subscription, agreed: Agreed) -> ZoneInfo:
    """Find the zone in which the days of what is held begin: that of the plan's hours.

    Raises:
        Invalid: the policy and what is held do not fit.
    """
    terms, _ = _bound(_filled(agreed, row.organisation), None)
    return zone_of(terms)


def _make(row: Subscription, starts: Sequence[_Start], making: Making) -> list[Binding]:
    made = []
    for start, later in zip_longest(starts, starts[1:]):
        from_at, agreed, _ = start
        zone = zone_of_plan(row, agreed)
        made.append(_row(row, start, from_at.astimezone(zone).date(), making))
        for day in sorted(set(_amended_on(agreed.held))):
            at = midnight(day, zone)
            if from_at < at and (later is None or at < later[0]):
                made.append(_row(row, (at, agreed, AMENDED), day, making))
    return Binding.objects.bulk_create(made)


def _row(row: Subscription, start: _Start, day: date, making: Making) -> Binding:
    from_at, agreed, why = start
    agreed = _filled(agreed, row.organisation)
    terms, intake = _bound(agreed, day)
    return Binding(
        subscription=row,
        version=agreed.version,
        plan=terms.plan,
        plan_name=terms.plan_name,
        from_at=from_at,
        why=why,
        terms=stored.write(terms),
        intake=intake,
        made_from=dict(agreed.held),
        made_at=making.at,
        made_by_id=making.person_id,
    )


def _filled(agreed: Agreed, organisation: Organisation) -> Agreed:
    """Fill in the calendar that an organisation has of its own; only without one does what is held count."""
    if organisation.calendar is None:
        return agreed
    calendars = {**agreed.held.get("calendars", {}), CUSTOMER: organisation.calendar}
    return Agreed(agreed.version, {**agreed.held, "calendars": calendars})


def _bound(agreed: Agreed, day: date | None) -> tuple[Terms, dict[str, Any]]:
    try:
        document, held = read_data(agreed.version.document), subscription(dict(agreed.held))
        return bind(document, held, on=day), stored_intake(resolve(document, held, day))
    except NotGivenError as error:
        raise _not_given(error, agreed.version) from error
    except (PolicyErrors, UnusableInputError) as error:
        raise Invalid(
            _("These terms cannot be bound: %(error)s") % {"error": error}, field="held"
        ) from error


def _not_given(error: NotGivenError, version: PolicyVersion) -> Invalid:
    """Say what the customer has to say first, in the words of the desk."""
    if not error.choice:
        text = _("This plan counts in the customer's own hours. Say those first.")
        return Invalid(text, field="calendar")
    label = version.document["choices"][error.choice].get("label") or error.choice
    text = _("This plan lets the customer choose: %(choice)s. Say which one.") % {"choice": label}
    return Invalid(text, field=f"choice-{error.choice}")


def _amended_on(held: Held) -> list[date]:
    stated = [amendment.get("from") for amendment in held.get("amendments", ())]
    return [day if isinstance(day, date) else date.fromisoformat(day) for day in stated if day]
