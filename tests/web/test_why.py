"""The sum behind a promise, as both sides read it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reply import reply
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.web.conftest import set_clock
from tests.web.reading import page


def at(ticket: Ticket, kind: str = "first_response", cycle: int = 1) -> str:
    return f"/tickets/{ticket.number}/why/{kind}/{cycle}/"


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.contact)
    return client


def test_the_sum_is_shown_interval_by_interval(signed_in: Client, ticket: Ticket) -> None:
    text = page(signed_in, at(ticket))
    # From ten to five on Monday, and from nine to ten on Tuesday.
    for expected in (
        "Mon, 19 Oct 2026, 10:00 CEST Mon, 19 Oct 2026, 17:00 CEST 7 h 7 h",
        "Tue, 20 Oct 2026, 09:00 CEST Tue, 20 Oct 2026, 10:00 CEST 1 h 8 h",
        "All of it is used, so it is due then 8 h",
        "8 business hours",
        "policy small 1",
        "office, read in Europe/Berlin",
    ):
        assert expected in text


def test_a_pause_stands_in_the_sum(
    people: Cast, ticket: Ticket, now: datetime, clock: Clock, signed_in: Client
) -> None:
    prioritise(actor=people.actor("agent"), ticket_id=ticket.pk, priority="1", at=now)
    hour = timedelta(hours=1)
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="?", then="wait", at=now + hour)
    reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="!", at=now + 3 * hour)
    set_clock(clock, now + 4 * hour)
    text = page(signed_in, at(ticket, "resolution"))
    assert "paused, 2 h" in text
    assert "waiting on: the customer" in text


def test_agents_read_the_same_sum(people: Cast, ticket: Ticket, client: Client) -> None:
    client.force_login(people.contact)
    theirs = page(client, at(ticket))
    client.force_login(people.agent)
    ours = page(client, "/desk" + at(ticket))
    for part in ("7 h 7 h", "1 h 8 h", "All of it is used"):
        assert part in theirs
        assert part in ours


@pytest.mark.parametrize(
    ("kind", "cycle"), [("first_response", 2), ("resolution", 1), ("nonsense", 1)]
)
def test_a_clock_that_is_not_there_is_not_found(
    kind: str, cycle: int, signed_in: Client, ticket: Ticket
) -> None:
    page(signed_in, at(ticket, kind, cycle), status=404)
