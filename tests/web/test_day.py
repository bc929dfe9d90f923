"""My day and the load of teams: what comes when, who is there, and what nobody has."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.people.set_hours import add_absence, set_hours
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.follow import follow
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.tally import tally_queue
from duly.desk.queries.load import team_loads
from duly.desk.queries.my_day import MyDay, my_day
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.web.conftest import set_clock
from tests.web.reading import page
from tests.web.test_queue import MOST_STATEMENTS, opened

OFFICE = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}, "holidays": []}
HOUR = timedelta(hours=1)


@pytest.fixture
def mine(people: Cast, ticket: Ticket, now: datetime) -> Ticket:
    """Give Anton, who works nine to five, Clara's ticket: due on Tuesday at ten in Berlin, 08:00 UTC."""
    boss, anton = people.actor("owner"), people.agent
    anton.zone = "Europe/Berlin"
    anton.save()
    set_hours(actor=boss, person_id=anton.pk, hours=OFFICE, at=now)
    assign(actor=boss, ticket_id=ticket.pk, team_id=people.team.pk, assignee_id=anton.pk, at=now)
    return ticket


def day(people: Cast, at: datetime) -> MyDay:
    people.agent.refresh_from_db()
    return my_day(people.actor("agent"), people.agent.hours, ZoneInfo("Europe/Berlin"), at)


def given(people: Cast, ticket: Ticket, at: datetime) -> Ticket:
    boss, anton = people.actor("owner"), people.agent.pk
    assign(actor=boss, ticket_id=ticket.pk, team_id=None, assignee_id=anton, at=at)
    return ticket


def test_what_falls_due_stands_in_its_hour(people: Cast, mine: Ticket, now: datetime) -> None:
    # Urgent tickets are answered within two hours: at noon in Berlin.
    given(people, opened(people, now, "Everything is down", priority="1"), now)
    found = day(people, now)
    # Ten o'clock to five are seven hours; nothing comes after them today.
    assert [hour.at.hour for hour in found.hours] == [10, 11, 12, 13, 14, 15, 16]
    noon = found.hours[2]
    assert [entry.line.subject for entry in noon.entries] == ["Everything is down"]
    assert sum(len(hour.entries) for hour in found.hours) == 1
    assert [line.subject for line in found.owed] == ["Everything is down", "The report is empty"]
    assert found.times.ends_at == now + 7 * HOUR
    assert found.times.next_at == now + 23 * HOUR


def test_what_falls_due_when_one_is_gone_is_at_risk(
    people: Cast, mine: Ticket, now: datetime
) -> None:
    # Opened at 16:30, urgent: due at 18:30, when nobody is there. Tuesday's ten o'clock is after nine.
    late = now + timedelta(hours=6, minutes=30)
    given(people, opened(people, late, "At the last minute", priority="1"), late)
    found = day(people, late)
    assert [entry.line.subject for entry in found.after] == ["At the last minute"]
    assert [(hour.at.hour, hour.is_working) for hour in found.hours] == [(16, True), (18, False)]


def test_what_was_put_aside_comes_back_in_its_hour(
    people: Cast, mine: Ticket, now: datetime
) -> None:
    snooze(actor=people.actor("agent"), ticket_id=mine.pk, until=now + 3 * HOUR, at=now)
    found = day(people, now)
    (entry,) = next(hour.entries for hour in found.hours if hour.at.hour == 13)
    assert (entry.promise, entry.line.subject) == (None, "The report is empty")
    assert not found.owed


def test_a_customer_who_answered_waits(people: Cast, mine: Ticket, now: datetime) -> None:
    agent, contact = people.actor("agent"), people.actor("contact")
    assert not day(people, now).answered, "nobody has written to her yet"
    reply(actor=agent, ticket_id=mine.pk, text="Which one?", then="wait", at=now)
    assert not day(people, now).answered
    reply(actor=contact, ticket_id=mine.pk, text="The third.", at=now + HOUR)
    assert [line.subject for line in day(people, now + HOUR).answered] == ["The report is empty"]


def test_what_one_follows_is_told_for_a_day(people: Cast, ticket: Ticket, now: datetime) -> None:
    follow(actor=people.actor("agent"), ticket_id=ticket.pk, at=now)
    note(actor=people.actor("lead"), ticket_id=ticket.pk, text="Look", at=now + HOUR)
    assert [line.subject for line in day(people, now + 2 * HOUR).followed] == [
        "The report is empty"
    ]
    assert not day(people, now + 26 * HOUR).followed


def test_an_absence_takes_the_day(people: Cast, mine: Ticket, now: datetime) -> None:
    boss, friday = people.actor("owner"), now + timedelta(days=4)
    add_absence(actor=boss, person_id=people.agent.pk, from_at=now, to_at=friday, at=now)
    found = day(people, now + HOUR)
    assert found.times.ends_at is None
    assert found.times.next_at == friday
    assert [entry.line.subject for entry in found.after] == ["The report is empty"]


def test_the_page_says_when_one_works(
    people: Cast, mine: Ticket, now: datetime, clock: Clock, client: Client
) -> None:
    client.force_login(people.agent)
    text = page(client, "/desk/day/")
    assert "You work until today 17:00." in text
    assert "When you are gone, until tomorrow 09:00" in text
    assert "Nothing falls due until you are back." in text
    set_clock(clock, now + 8 * HOUR)
    assert "You work again from tomorrow 09:00." in page(client, "/desk/day/")
    client.force_login(people.second_agent)
    assert "When do you work?" in page(client, "/desk/day/")


def test_the_load_counts_for_each_agent_of_a_team(
    people: Cast, mine: Ticket, now: datetime
) -> None:
    urgent = opened(people, now, "Everything is down", priority="1")
    boss, team = people.actor("owner"), people.team.pk
    assign(actor=boss, ticket_id=urgent.pk, team_id=team, assignee_id=None, at=now)
    late = now + 3 * HOUR
    tally_queue(at=late)
    (support,) = team_loads(people.actor("lead"), late)
    assert (support.load.tickets, support.load.pressing, support.load.missed) == (2, 2, 1)
    assert (support.nobodys.tickets, support.nobodys.missed) == (1, 1)
    assert [agent.name for agent in support.agents] == ["Anton", "Berta", "Lena", "Lukas"]
    anton = support.agents[0]
    assert (anton.load.tickets, anton.load.missed) == (1, 0)
    assert anton.working is not None
    assert anton.working.until == now + 7 * HOUR
    assert [line.subject for line in support.at_risk] == ["Everything is down"]


def test_a_ticket_at_risk_is_assigned_from_the_load(
    people: Cast, mine: Ticket, now: datetime, client: Client
) -> None:
    urgent = opened(people, now, "Everything is down", priority="1")
    boss, team = people.actor("owner"), people.team.pk
    assign(actor=boss, ticket_id=urgent.pk, team_id=team, assignee_id=None, at=now)
    add_absence(actor=boss, person_id=people.lead.pk, from_at=now, to_at=now + 48 * HOUR, at=now)
    client.force_login(people.lead)
    text = page(client, "/desk/load/")
    assert "works until today" in text
    assert "hours not said" in text
    assert "away until Wed" in text
    sent = {"verb": "assign", "team": "keep", "tickets": urgent.number, "key": "k"}
    client.post("/desk/many/", sent | {"assignee": str(people.agent.pk)})
    urgent.refresh_from_db()
    assert (urgent.assignee, urgent.team) == (people.agent, people.team)


def test_the_pages_cost_the_same_however_much_there_is(
    people: Cast,
    mine: Ticket,
    now: datetime,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(6):
        given(people, opened(people, now, f"Number {number}"), now)
        opened(people, now, f"Nobody's {number}", priority="1")
    tally_queue(at=now)
    client.force_login(people.agent)
    for address in ("/desk/day/", "/desk/load/"):
        page(client, address)
        with django_assert_max_num_queries(MOST_STATEMENTS):
            page(client, address)
