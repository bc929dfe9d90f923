"""Published policies for tests, and subscriptions to them."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from duly.desk.actions.agreements.publish import publish
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Subscription
from tests.desk.once import once
from tests.desk.people import MONDAY, Cast

POLICIES = Path(__file__).parents[2] / "policies"

SMALL = """
duly: 1
policy: small
version: "1"
effective: 2026-01-01
priorities: {levels: [{key: 1, name: Urgent}, {key: 2, name: Normal}, {key: 3, name: Low}]}
calendars: {office: {zone: Europe/Berlin, week: {mon-fri: "09:00-17:00"}, holidays: []}}
plans:
  basic:
    name: Basic
    hours: office
    targets:
      first_response: {1: 2 hours, 2: 8 business hours, 3: best effort}
      next_response: {1: 4 business hours, 2: 8 business hours, 3: none}
      resolution: {1: 16 business hours, 2: none, 3: none}
"""
"""Easy to reckon with: Monday to Friday, nine to five in Berlin, and no holidays."""


FULL = (
    SMALL
    + """
    allowances: {guidance: 4 hours per ticket}
rules: {pauses: {resolution: [customer, shipment]}}
escalation: {opens: first_response missed, invoked_by: customer, levels: [{title: Lead}, {title: Owner}]}
clauses:
  - {key: training, kind: excluded, text: Training is not support.}
  - {key: hours, kind: definition, text: Nine to five.}
"""
)
"""The small policy with everything that an action may ask of a policy."""


def published(people: Cast, source: str = SMALL, at: datetime = MONDAY) -> PolicyVersion:
    """Publish a policy as its owner, through the action the first time; once in a test."""
    there = PolicyVersion.objects.filter(source=source).first()
    return there or once(
        ("published", people.owner.pk, source, at),
        lambda: publish(actor=people.actor("owner"), source=source, at=at),
    )


def subscribed(
    people: Cast, version: PolicyVersion, plan: str = "basic", **held: Any
) -> Subscription:
    """Subscribe Acme since the beginning of the year."""
    return subscribe(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        version_id=version.pk,
        held={"plan": plan, **held},
        from_on=date(2026, 1, 1),
        at=MONDAY,
    )


def acme_holds(people: Cast, source: str = SMALL, plan: str = "basic", **held: Any) -> Subscription:
    """Publish a policy and subscribe Acme, both through the actions the first time; once in a test."""
    return once(
        ("held", people.owner.pk, source, plan, repr(held)),
        lambda: subscribed(people, published(people, source), plan, **held),
    )
