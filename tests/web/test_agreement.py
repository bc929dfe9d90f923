"""What a plan promises and how it was kept: for agents on the organisation's page, for customers on their own."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.wake import wake
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.desk.policies import FULL, acme_holds
from tests.web.conftest import set_clock
from tests.web.reading import page

HOUR = timedelta(hours=1)


@pytest.fixture
def year(people: Cast, now: datetime, clock: Clock) -> datetime:
    """Let three of Clara's tickets be answered in time, one of Carl's late, one excluded, and twenty days pass."""
    acme_holds(people, FULL)
    agent = people.actor("agent")
    for name, hours in (("contact", 1), ("contact", 1), ("contact", 1), ("colleague", 3)):
        ticket = report(people, name, now)
        # Urgent is answered within two hours; the resolution, 16 business hours, is still to come.
        reply(actor=agent, ticket_id=ticket.pk, text="Yes?", then="resolve", at=now + hours * HOUR)
    out = report(people, "contact", now)
    exclude(actor=people.actor("lead"), ticket_id=out.pk, cause="training", at=now)
    wake(at=now + 3 * HOUR)
    set_clock(clock, now + timedelta(days=20))
    return now + timedelta(days=20)


def report(people: Cast, name: str, at: datetime) -> Ticket:
    contact = people.actor(name)
    return open_ticket(actor=contact, subject="Door", text="Stuck.", priority="1", at=at)


def test_agents_see_plan_record_contacts_and_tickets(
    people: Cast, client: Client, year: datetime
) -> None:
    client.force_login(people.agent)
    text = page(client, f"/desk/organisations/{people.acme.pk}/")
    for expected in (
        "Acme",
        "Basic",
        "8 business hours",
        "best effort",
        "Clara",
        "clara@acme.example",
    ):
        assert expected in text
    # Four first answers, of which three in time, and four resolutions, all in time: seven of eight.
    assert "October 2026 87.5 % 7 of 8" in text
    assert text.count("Door") == 5


def test_the_list_leads_there(people: Cast, client: Client) -> None:
    client.force_login(people.agent)
    html = client.get("/desk/organisations/").content.decode()
    assert f'href="/desk/organisations/{people.acme.pk}/"' in html
    page(client, "/desk/organisations/999999/", status=404)


def test_customers_see_what_was_promised_and_kept(
    people: Cast, client: Client, year: datetime, clock: Clock
) -> None:
    client.force_login(people.contact)
    text = page(client, "/plan/")
    assert "8 business hours" in text
    assert "Business hours: Mon-Fri 09:00-17:00 (Europe/Berlin)" in text
    assert "87.5 % 7 of 8" in text
    assert "7 of 8 promises kept" in text
    # Their home says so too, and draws it once there is a second month to compare.
    assert "7 of 8 promises kept" in page(client, "/tickets/")
    assert 'class="curve"' not in client.get("/tickets/").content.decode()
    later = report(people, "contact", year + timedelta(days=1))
    soon = year + timedelta(days=1, hours=1)
    reply(actor=people.actor("agent"), ticket_id=later.pk, text="Yes?", then="resolve", at=soon)
    set_clock(clock, soon)
    html = client.get("/tickets/").content.decode()
    assert "9 of 10 promises kept" in html
    # Bars are 56 high: seven eighths of that in October, all of it in November.
    assert 'height="49.0"' in html
    assert 'height="56.0"' in html


def test_whoever_sees_their_own_tickets_alone_sees_their_record_alone(
    people: Cast, client: Client, year: datetime
) -> None:
    client.force_login(people.lone_contact)
    text = page(client, "/plan/")
    assert "8 business hours" in text
    assert "No promise has come to an end yet." in text


def test_without_a_plan_the_page_says_so(people: Cast, client: Client) -> None:
    client.force_login(people.stranger)
    assert "Other has no plan at the moment" in page(client, "/plan/")


def test_the_pages_send_few_statements(
    people: Cast,
    client: Client,
    year: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(people.agent)
    address = f"/desk/organisations/{people.acme.pk}/"
    page(client, address)
    # Session, person, rights, what stands aside; organisation, plan, subscriptions, record, remarks, contacts,
    # tickets, clocks.
    with django_assert_max_num_queries(12):
        page(client, address)
