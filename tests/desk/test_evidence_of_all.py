"""The evidence of every ticket of a whole desk adds up, whatever happened to it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from duly.cli.demo import make_demo
from duly.core import instant
from duly.desk.access.actor import the_desk
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.queries.evidence import evidence
from duly.desk.queries.evidence_file import evidence_json
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, published, subscribed

POLICY = (Path(__file__).parents[2] / "policies" / "photoprism.yaml").read_text()
HOUR = timedelta(hours=1)


def taken(ticket: Ticket, at: datetime) -> dict[str, Any]:
    return evidence_json(evidence(the_desk("cli"), ticket.number, at, internal=True))


@pytest.mark.django_db
@pytest.mark.slow
def test_every_promise_of_the_demonstration_adds_up() -> None:
    now = datetime(2026, 11, 18, 13, tzinfo=UTC)
    make_demo(at=now, policy=POLICY)
    summed = 0
    for ticket in Ticket.objects.all():
        told = taken(ticket, now)
        assert [event["sequence"] for event in told["events"]] == [*range(1, ticket.sequence + 1)]
        for proof in told["clocks"]:
            assert proof["recorded"] == {}
            assert proof["terms"] in told["terms"]
            counted = proof["sum"]
            if counted and counted["seconds"] is not None and counted["due_at"]:
                assert sum(span["seconds"] for span in counted["counted"]) == counted["seconds"]
                summed += 1
    assert summed > 10


def test_tickets_that_were_excluded_merged_or_escalated_have_evidence(people: Cast) -> None:
    subscribed(people, published(people, FULL))
    contact, lead = people.actor("contact"), people.actor("lead")
    late = MONDAY + 3 * HOUR

    def opened() -> Ticket:
        return open_ticket(actor=contact, subject="A", text="B", priority="1", at=MONDAY)

    excluded, merged, escalated = opened(), opened(), opened()
    exclude(actor=lead, ticket_id=excluded.pk, cause="training", at=MONDAY + HOUR)
    merge(actor=lead, ticket_id=merged.pk, into_id=escalated.pk, at=MONDAY + HOUR)
    escalate(actor=contact, ticket_id=escalated.pk, level=1, at=late)
    for ticket, state in ((excluded, "void"), (merged, "void"), (escalated, "missed")):
        first = taken(ticket, late)["clocks"][0]["clock"]
        assert (first["kind"], first["state"]) == ("first_response", state)
        # Urgent: two hours from Monday at ten in Berlin.
        assert first["due_at"] == instant.text(instant.from_datetime(MONDAY + 2 * HOUR))
