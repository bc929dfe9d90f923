"""The evidence of a ticket: as a file with keys that stay, and as a page, for both sides."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.clocks.clock import Clock as ClockRow
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.desk.policies import SMALL
from tests.web.conftest import set_clock
from tests.web.reading import page

HOUR = timedelta(hours=1)


@pytest.fixture
def story(people: Cast, ticket: Ticket, now: datetime, clock: Clock) -> Ticket:
    """Clara's ticket gets urgent at eleven, is answered at twelve, waits for her until two; it is three o'clock."""
    agent, contact = people.actor("agent"), people.actor("contact")
    prioritise(actor=agent, ticket_id=ticket.pk, priority="1", at=now + HOUR)
    note(actor=agent, ticket_id=ticket.pk, text="Strange.", at=now + HOUR)
    assign(
        actor=agent, ticket_id=ticket.pk, team_id=None, assignee_id=people.lead.pk, at=now + HOUR
    )
    reply(actor=agent, ticket_id=ticket.pk, text="Which?", then="wait", at=now + 2 * HOUR)
    reply(actor=contact, ticket_id=ticket.pk, text="This.", at=now + 4 * HOUR)
    set_clock(clock, now + 5 * HOUR)
    return ticket


def taken(client: Client, ticket: Ticket, desk: str = "") -> dict[str, Any]:
    answer = client.get(f"{desk}/tickets/{ticket.number}/evidence.json")
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{ticket.number}.json"'
    told = json.loads(answer.content)
    assert isinstance(told, dict)
    return told


def test_the_file_has_the_documented_keys(people: Cast, story: Ticket, client: Client) -> None:
    client.force_login(people.contact)
    told = taken(client, story)
    assert {name: sorted(value) for name, value in told.items() if isinstance(value, dict)} == {
        "ticket": ["channel", "number", "opened_at", "organisation", "status", "subject"],
        "terms": [str(story.binding_id)],
    }
    assert told["schema"] == 1
    assert sorted(told) == ["at", "clocks", "events", "schema", "terms", "ticket"]
    assert list(told["events"][0]) == "sequence at received_at event facts who via".split()
    assert (
        list(told["clocks"][0])
        == (
            "clock policy version plan started_by when promised_at zone rules pauses sum terms recorded"
        ).split()
    )
    (terms,) = told["terms"].values()
    assert terms == {
        "policy": "small",
        "version": "1",
        "sha256": hashlib.sha256(SMALL.encode()).hexdigest(),
        "plan": "basic",
        "from_at": "2025-12-31T23:00:00Z",  # midnight in Berlin
    }


def test_each_second_of_a_promise_is_accounted_for(
    people: Cast, story: Ticket, client: Client
) -> None:
    client.force_login(people.contact)
    told = taken(client, story)
    clocks = {(c["clock"]["kind"], c["clock"]["cycle"]): c for c in told["clocks"]}
    # Promised at ten for Tuesday at ten (8 business hours); from eleven on, another promise of 2 hours.
    before, after = (clocks["first_response", cycle]["clock"] for cycle in (1, 2))
    assert (before["state"], before["due_at"]) == ("superseded", "2026-10-20T08:00:00Z")
    assert (after["started_at"], after["due_at"]) == (
        "2026-10-19T09:00:00Z",
        "2026-10-19T11:00:00Z",
    )
    assert (after["state"], after["met_at"]) == ("met", "2026-10-19T10:00:00Z")
    resolution = clocks["resolution", 1]
    # Waiting from twelve to two in Berlin takes two open hours out of the sum.
    assert [(p["start"], p["end"]) for p in resolution["sum"]["paused"]] == [
        ("2026-10-19T10:00:00Z", "2026-10-19T12:00:00Z")
    ]
    counted = resolution["sum"]["counted"]
    assert sum(span["seconds"] for span in counted) == resolution["sum"]["seconds"] == 16 * 3600
    assert all(proof["recorded"] == {} for proof in told["clocks"])


def test_the_customer_gets_nothing_internal_and_agents_get_it_all(
    people: Cast, story: Ticket, client: Client
) -> None:
    client.force_login(people.contact)
    theirs = taken(client, story)["events"]
    client.force_login(people.agent)
    ours = taken(client, story, "/desk")["events"]
    assert [(e["event"], e["who"]) for e in theirs] == [
        ("opened", "Clara"),
        ("prioritised", "Anton"),
        ("replied", "Anton"),
        ("waiting", "Anton"),
        ("replied", "Clara"),
    ]
    assert [e["event"] for e in ours if e not in theirs and e["event"] == "noted"] == ["noted"]
    assert not {"message", "team"} & {name for event in theirs for name in event["facts"]}
    assert "message" in ours[0]["facts"]


def test_a_record_that_says_otherwise_is_shown_beside_the_sum(
    people: Cast, story: Ticket, client: Client
) -> None:
    late = datetime(2026, 10, 19, 13, tzinfo=UTC)
    ClockRow.objects.filter(kind="first_response", cycle=2).update(met_at=late, state="missed")
    client.force_login(people.agent)
    recorded = [proof["recorded"] for proof in taken(client, story, "/desk")["clocks"]]
    assert [found for found in recorded if found] == [
        {"state": "missed", "met_at": "2026-10-19T13:00:00Z"}
    ]
    text = page(client, f"/desk/tickets/{story.number}/evidence/")
    assert "What is recorded differs from what the history says" in text


def test_both_sides_read_it_as_a_page(people: Cast, story: Ticket, client: Client) -> None:
    client.force_login(people.contact)
    theirs = page(client, f"/tickets/{story.number}/evidence/")
    client.force_login(people.agent)
    ours = page(client, f"/desk/tickets/{story.number}/evidence/")
    for text in (theirs, ours):
        assert f"Evidence for #{story.number}" in text
        assert "First answer kept" in text
        assert "paused, 2 h" in text
        assert "Anton set the priority to Urgent" in text
        assert hashlib.sha256(SMALL.encode()).hexdigest() in text
    assert "left a note" in ours
    assert "Anton gave the ticket to Lena" in ours
    assert "Lena" not in theirs
    assert "left a note" not in theirs


def test_a_ticket_without_terms_has_evidence_of_what_happened(
    people: Cast, now: datetime, client: Client
) -> None:
    ticket = open_ticket(actor=people.actor("stranger"), subject="A", text="B", at=now)
    client.force_login(people.stranger)
    told = taken(client, ticket)
    assert (told["clocks"], told["terms"]) == ([], {})
    assert [event["event"] for event in told["events"]] == ["opened"]
    assert "No time is promised" in page(client, f"/tickets/{ticket.number}/evidence/")
