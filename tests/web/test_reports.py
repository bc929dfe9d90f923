"""Reports: what was kept of what was promised, summed for those who lead, each figure a way to its tickets."""

import csv
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.people.organise import add_team
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.wake import wake
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, published, subscribed
from tests.web.conftest import set_clock
from tests.web.reading import page

HOUR = timedelta(hours=1)
LATER = MONDAY + timedelta(days=20)
DAYS = "first=2026-10-01&last=2026-10-31"


@pytest.fixture
def month(people: Cast, now: datetime, clock: Clock) -> None:
    """Let three of Acme's four tickets be answered in time, one late; twenty days pass."""
    subscribed(people, published(people, FULL))
    agent = people.actor("agent")
    for name, hours in (("contact", 1), ("contact", 1), ("contact", 1), ("colleague", 3)):
        ticket = report(people, name, now)
        # Urgent is answered within two hours.
        reply(actor=agent, ticket_id=ticket.pk, text="Yes?", then="resolve", at=now + hours * HOUR)
    wake(at=now + 3 * HOUR)
    set_clock(clock, now + timedelta(days=20))


def report(people: Cast, name: str, at: datetime) -> Ticket:
    contact = people.actor(name)
    return open_ticket(actor=contact, subject="=Door", text="Stuck.", priority="1", at=at)


def test_months_show_what_was_kept_and_lead_to_what_was_missed(
    people: Cast, client: Client, month: None
) -> None:
    client.force_login(people.lead)
    text = page(client, f"/desk/reports/?{DAYS}")
    # Four first answers, three of them in time, and four resolutions, all in time: seven of eight.
    assert "October 2026 87.5 % 7 of 8 1" in text
    missed = page(client, f"/desk/reports/promises/?{DAYS}&outcome=missed&binding=yes")
    # Answered after three hours instead of two.
    assert missed.count("=Door") == 1
    assert "First answer" in missed
    assert "late by 1 h" in missed


@pytest.mark.parametrize(
    ("by", "line"),
    [
        ("plan", "Basic · small 87.5 % 7 of 8 1"),
        ("priority", "Urgent · small 87.5 % 7 of 8 1"),
        ("organisation", "Acme 87.5 % 7 of 8 1"),
        ("team", "no team 87.5 % 7 of 8 1"),
        ("kind", "First answer 75 % 3 of 4 1"),
    ],
)
def test_they_are_summed_by_whatever_is_asked(
    people: Cast, client: Client, month: None, by: str, line: str
) -> None:
    client.force_login(people.lead)
    assert line in page(client, f"/desk/reports/?{DAYS}&by={by}")


def test_only_what_its_reader_sees_is_counted(people: Cast, client: Client, month: None) -> None:
    boss = people.actor("owner")
    elsewhere = add_team(actor=boss, name="Elsewhere", is_private=True, at=MONDAY)
    for ticket in Ticket.objects.all():
        assign(actor=boss, ticket_id=ticket.pk, team_id=elsewhere.pk, assignee_id=None, at=LATER)
    client.force_login(people.lead)
    assert "No promise came to an end" in page(client, f"/desk/reports/?{DAYS}")


def test_another_month_has_nothing(people: Cast, client: Client, month: None) -> None:
    client.force_login(people.lead)
    assert "No promise came to an end" in page(
        client, "/desk/reports/?first=2026-09-01&last=2026-09-30"
    )


def test_the_file_has_every_promise_and_no_formula(
    people: Cast, client: Client, month: None
) -> None:
    client.force_login(people.lead)
    answer = client.get(f"/desk/reports/promises.csv?{DAYS}")
    lines = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(lines) == 8
    assert {line["subject"] for line in lines} == {"'=Door"}
    late = [line for line in lines if line["kept"] == "no"]
    assert [line["late_seconds"] for line in late] == ["3600"]


@pytest.mark.parametrize("address", ["", "?by=priority", "promises/"])
def test_a_report_sends_at_most_twelve_statements(
    people: Cast,
    client: Client,
    month: None,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(people.lead)
    with django_assert_max_num_queries(12):
        assert client.get(f"/desk/reports/{address}").status_code == 200
