"""The queue: the most pressing first, a line each, in few statements."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.people.set_hours import set_hours
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.tally import tally_queue
from duly.desk.actions.views.save import save_view
from duly.desk.queries.places import place_of
from duly.desk.tickets.selection import Column, Filters, Selection, Sort
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import Cast
from tests.desk.policies import SMALL, published, subscribed
from tests.web.conftest import set_clock
from tests.web.reading import page

MOST_STATEMENTS = 12


def opened(people: Cast, at: datetime, subject: str, priority: str = "2") -> Ticket:
    return open_ticket(
        actor=people.actor("contact"), subject=subject, text="…", priority=priority, at=at
    )


def test_the_most_pressing_ticket_stands_first(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    # Severity 1 is answered within 2 hours, severity 2 within 8 business hours.
    opened(people, now, "Everything is down", priority="1")
    client.force_login(people.agent)
    text = page(client, "/desk/")
    assert text.index("Everything is down") < text.index("The report is empty")
    # The page itself may take a second.
    assert re.search("(2 h|1 h 59 min) left", text)
    assert re.search("(8 h|7 h 59 min) left", text)


def test_a_missed_promise_is_said_in_words_and_comes_first(
    people: Cast, ticket: Ticket, now: datetime, clock: Clock, client: Client
) -> None:
    # Monday 10:00 to 17:00 in Berlin are 7 of the 8 hours, Tuesday 09:00 to 10:00 the last: due at 08:00 UTC.
    set_clock(clock, now + timedelta(days=1, hours=2))
    opened(people, now + timedelta(days=1, hours=2), "A new one", priority="1")
    client.force_login(people.agent)
    text = page(client, "/desk/")
    assert "missed by 2 h" in text
    assert text.index("The report is empty") < text.index("A new one")


def test_remaining_time_counts_open_hours(
    people: Cast, ticket: Ticket, now: datetime, clock: Clock, client: Client
) -> None:
    # Ten hours later it is 20:00 in Berlin: the office closed at 17:00 with one of the 8 hours left.
    set_clock(clock, now + timedelta(hours=10))
    client.force_login(people.agent)
    assert "1 h left" in page(client, "/desk/")


def test_a_queue_holds_what_it_says(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    mine = opened(people, now, "Given to Anton")
    over = opened(people, now, "Over already")
    assign(
        actor=people.actor("lead"),
        ticket_id=mine.pk,
        team_id=None,
        assignee_id=people.agent.pk,
        at=now,
    )
    resolve(actor=people.actor("agent"), ticket_id=over.pk, at=now)
    client.force_login(people.agent)
    everything, own, nobodys = (
        page(client, address)
        for address in ("/desk/", "/desk/queue/mine/", "/desk/queue/unassigned/")
    )
    assert "Over already" not in everything
    assert "Given to Anton" in own
    assert "The report is empty" not in own
    assert "Given to Anton" not in nobodys
    assert "The report is empty" in nobodys


def test_a_team_has_a_queue_of_its_own_for_those_who_work_in_it(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    theirs = opened(people, now, "For the team")
    assign(
        actor=people.actor("lead"),
        ticket_id=theirs.pk,
        team_id=people.team.pk,
        assignee_id=None,
        at=now,
    )
    client.force_login(people.agent)
    text = page(client, f"/desk/team/{people.team.pk}/")
    assert "For the team" in text
    assert "The report is empty" not in text
    client.force_login(people.owner)
    page(client, f"/desk/team/{people.team.pk}/", status=404)


def test_what_was_put_aside_is_not_in_the_way(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    snooze(actor=people.actor("agent"), ticket_id=ticket.pk, until=now + timedelta(days=2), at=now)
    client.force_login(people.agent)
    assert "The report is empty" not in page(client, "/desk/")


def test_an_empty_queue_says_that_this_is_good(people: Cast, client: Client) -> None:
    client.force_login(people.agent)
    assert "Nothing is waiting" in page(client, "/desk/")


def test_a_queue_costs_the_same_however_long_it_is(
    people: Cast,
    ticket: Ticket,
    now: datetime,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        opened(people, now, f"Number {number}")
    client.force_login(people.agent)
    page(client, "/desk/")
    with django_assert_max_num_queries(MOST_STATEMENTS):
        page(client, "/desk/")


def test_counts_stand_beside_the_views_and_the_missed_ones_in_the_title(
    people: Cast, ticket: Ticket, now: datetime, clock: Clock, client: Client
) -> None:
    client.force_login(people.agent)
    assert "<title>Queue · Duly</title>" in client.get("/desk/").content.decode()
    late = now + timedelta(days=3)
    tally_queue(at=late)
    set_clock(clock, late)
    html = client.get("/desk/").content.decode()
    assert "<title>(1) Queue · Duly</title>" in html
    text = page(client, "/desk/queue/mine/")
    assert "Queue ◆ 1 missed of 1" in text
    assert "Nobody's yet ◆ 1 missed of 1" in text
    assert "<title>Mine · Duly</title>" in client.get("/desk/queue/mine/").content.decode()


NAMED = (
    SMALL.replace("policy: small", "policy: named")
    + "    people: {manager: {title: Manager, hours: own, otherwise: team}}\n"
)
SUNDAYS = {"zone": "UTC", "week": {"sun": "09:00-10:00"}}


def test_all_filters_together_stay_within_twelve_statements(
    people: Cast,
    now: datetime,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    held = subscribed(people, published(people, NAMED))
    owner, agent, who = people.actor("owner"), people.actor("agent"), people.agent.pk
    appoint(actor=owner, subscription_id=held.pk, place="manager", person_id=who, at=now)
    add_field(actor=owner, kind="text", key="door", asked=Asked(name="Door"), at=now)
    numbers = []
    for n in range(3):
        it = opened(people, now + timedelta(minutes=n), "Ink")
        assign(actor=agent, ticket_id=it.pk, team_id=None, assignee_id=who, at=now)
        tag(actor=agent, ticket_id=it.pk, names=["ink"], at=now)
        fill(actor=owner, ticket_id=it.pk, values={"door": "North"}, at=now)
        numbers.append(it.number)
    set_hours(actor=owner, person_id=who, hours=SUNDAYS, at=now)
    view = save_view(actor=agent, name="Ink", selection=Selection(), at=now)
    selection = Selection(
        Filters(
            rank="upper",
            priority="2",
            plan="named/basic",
            organisation=str(people.acme.pk),
            team="none",
            assignee="nobody",
            tag="ink",
            state="open",
            due="7d",
            opened="7d",
            channel="web",
            field="door:North",
        ),
        Sort.CRITICAL,
        tuple(Column),
    )
    first = place_of(Ticket.objects.get(number=numbers[0])).written()
    address = f"/desk/?{urlencode(selection.written() | {'view': view.pk, 'after': first})}"
    client.force_login(people.agent)
    page(client, address)  # terms are loaded once
    with django_assert_max_num_queries(MOST_STATEMENTS):
        text = page(client, address)
    assert [number for number in numbers if f"#{number}" in text] == numbers[1:]
    assert text.count("not at work: the team") == 2
