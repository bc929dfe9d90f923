"""Allowances in view: on the ticket for both sides, and on the form before anything is sent."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.spend import spend
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.desk.policies import FULL, acme_holds
from tests.web.conftest import set_clock
from tests.web.reading import page

COUNTED = FULL.replace(
    "per ticket}", "per ticket, incidents: {limit: 2, per: month, beyond: best_effort}}"
)


@pytest.fixture
def tickets(people: Cast, now: datetime) -> list[Ticket]:
    """Give Clara's first two tickets of a month that covers two."""
    acme_holds(people, COUNTED)
    return [report(people, now) for _ in range(2)]


def report(people: Cast, at: datetime) -> Ticket:
    contact = people.actor("contact")
    return open_ticket(actor=contact, subject="Door", text="Stuck.", priority="1", at=at)


def test_before_sending_the_form_says_what_is_used(
    people: Cast, client: Client, now: datetime, tickets: list[Ticket]
) -> None:
    client.force_login(people.contact)
    text = page(client, "/tickets/new/")
    assert "2 of 2 incidents used this month" in text
    assert "Beyond what the plan covers: answered as best effort." in text


def test_with_room_left_nothing_is_beyond(people: Cast, client: Client, now: datetime) -> None:
    acme_holds(people, COUNTED)
    report(people, now)
    client.force_login(people.contact)
    text = page(client, "/tickets/new/promised/?priority=1")
    assert "1 of 2 incidents used this month" in text
    assert "Beyond" not in text


def test_both_sides_see_it_on_the_ticket(
    people: Cast, client: Client, now: datetime, tickets: list[Ticket]
) -> None:
    third = report(people, now)
    spend(actor=people.actor("agent"), ticket_id=third.pk, minutes=90, at=now)
    for name, address in (("contact", "/tickets"), ("agent", "/desk/tickets")):
        client.force_login(getattr(people, name))
        first, last = (page(client, f"{address}/{t.number}/") for t in (tickets[0], third))
        assert "3 of 2 incidents used this month" in first
        assert "Beyond" not in first, "the first was within"
        assert "Beyond what the plan covers: answered as best effort." in last
        assert "1 h 30 min of 4 h guidance used on this ticket" in last


def test_a_ticket_of_last_month_speaks_of_its_own_month(
    people: Cast, client: Client, now: datetime, tickets: list[Ticket], clock: Clock
) -> None:
    client.force_login(people.contact)
    set_clock(clock, now + timedelta(days=30))
    text = page(client, f"/tickets/{tickets[0].number}/")
    assert "2 of 2 incidents used in the period it was opened in" in text
    assert "0 of 2 incidents used this month" in page(client, "/tickets/new/")
