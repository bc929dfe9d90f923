"""Making bindings: a published version and what the customer holds become stored terms, one row for each change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from duly.core import stored
from duly.desk.agreements.intake import stored_intake
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.errors import Invalid
from duly.policy import PolicyErrors, UnusableInputError, bind, read_data, subscription
from duly.policy.bind.plan import resolve

Held: TypeAlias = Mapping[str, Any]
"""What a customer holds, in the words of the policy language: plan, addons, choices, calendars, people, amendments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """By whom and when bindings are made."""

    at: datetime
    person_id: int | None


def make_bindings(
    row: Subscription, version: PolicyVersion, held: Held, *, since: date, making: Making
) -> list[Binding]:
    """Store the terms that hold from a day on, and one more binding for each amendment that takes effect later.

    A day begins at midnight in the organisation's zone.

    Raises:
        Invalid: the policy and what is held do not fit; the text says what to give.
    """
    days = sorted({since, *(day for day in _amended_on(held) if day > since)})
    zone = ZoneInfo(row.organisation.zone)
    return [
        Binding.objects.create(
            subscription=row,
            version=version,
            from_at=datetime.combine(day, time(), zone).astimezone(UTC),
            made_from=dict(held),
            made_at=making.at,
            made_by_id=making.person_id,
            **_terms(version, held, day),
        )
        for day in days
    ]


def _terms(version: PolicyVersion, held: Held, day: date) -> dict[str, Any]:
    try:
        document, wanted = read_data(version.document), subscription(dict(held))
        terms = bind(document, wanted, on=day)
        intake = stored_intake(resolve(document, wanted, day))
    except (PolicyErrors, UnusableInputError) as error:
        raise Invalid(f"These terms cannot be bound: {error}", field="held") from error
    return {
        "terms": stored.write(terms),
        "intake": intake,
        "plan": terms.plan,
        "plan_name": terms.plan_name,
    }


def _amended_on(held: Held) -> list[date]:
    stated = [amendment.get("from") for amendment in held.get("amendments", ())]
    return [day if isinstance(day, date) else date.fromisoformat(day) for day in stated if day]
