"""When the hours of a named person end, the team answers their tickets; the tickets stay theirs."""

from datetime import datetime, timedelta

import pytest

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import sent
from duly.desk.actions.people.set_hours import add_absence
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.agreements.subscription import Subscription
from duly.desk.queries.agent_ticket import agent_ticket
from duly.desk.queries.queue import STANDARD, View, queue
from duly.desk.tickets.ticket import Ticket
from tests.desk.actions.test_named_people import NAMED, hours, named
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import acme_holds

LAST_MINUTE = MONDAY + timedelta(hours=6, minutes=59)
"""Monday, 16:59 in Berlin: Anton works from nine to five."""
EVENING = MONDAY + timedelta(hours=7)
"""17:00, and he has left."""
TUESDAY = MONDAY + timedelta(hours=23)
"""9:00, and he is back."""


@pytest.fixture
def subscription(people: Cast) -> Subscription:
    return acme_holds(people, NAMED)


@pytest.fixture
def ticket(people: Cast, subscription: Subscription) -> Ticket:
    """Clara's, given to Anton, the account manager, by its opening."""
    named(people, subscription, "account_manager", people.agent)
    hours(people, people.agent)
    found = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="3", at=MONDAY
    )
    assert found.assignee == people.agent
    return found


def shown(people: Cast, view: View, at: datetime, who: str = "agent") -> list[tuple[str, bool]]:
    found = queue(people.actor(who), STANDARD[view], at=at)
    return [(line.assignee, line.is_stood_in_for) for line in found.lines]


def heard(at: datetime) -> set[str]:
    dispatch(at=at)
    letters = claim(at=at)
    for letter in letters:
        sent(delivery_id=letter.delivery_id, at=at)
    return {letter.reader.name for letter in letters}


def test_from_the_end_of_their_hours_to_the_next_beginning_the_team_has_it(
    people: Cast, ticket: Ticket
) -> None:
    for at, is_the_teams in ((LAST_MINUTE, False), (EVENING, True), (TUESDAY, False)):
        nobodys = shown(people, View.UNASSIGNED, at)
        assert nobodys == ([("Anton", True)] if is_the_teams else [])
        assert shown(people, View.MINE, at) == [("Anton", is_the_teams)], "it stays his"
        page = agent_ticket(people.actor("lead"), ticket.number, at)
        assert page.is_stood_in_for is is_the_teams
    assert Ticket.objects.get().assignee == people.agent


def test_whoever_is_away_is_stood_in_for_too(people: Cast, ticket: Ticket) -> None:
    boss = people.actor("owner")
    add_absence(actor=boss, person_id=people.agent.pk, from_at=MONDAY, to_at=TUESDAY, at=MONDAY)
    assert shown(people, View.UNASSIGNED, MONDAY) == [("Anton", True)]
    assert shown(people, View.UNASSIGNED, TUESDAY) == []


def test_what_happens_meanwhile_is_told_to_the_team(people: Cast, ticket: Ticket) -> None:
    contact = people.actor("contact")
    heard(MONDAY)
    reply(actor=contact, ticket_id=ticket.pk, text="And?", at=LAST_MINUTE)
    assert heard(LAST_MINUTE) == {"Anton"}
    reply(actor=contact, ticket_id=ticket.pk, text="Anybody?", at=EVENING)
    assert heard(EVENING) == {"Lena"}
    assign(
        actor=people.actor("lead"),
        ticket_id=ticket.pk,
        team_id=people.team.pk,
        assignee_id=people.agent.pk,
        at=EVENING,
    )
    assert heard(EVENING) == {"Anton"}, "what is given to him he hears of himself"


def test_whoever_takes_it_has_it_whatever_the_hour(people: Cast, ticket: Ticket) -> None:
    assign(
        actor=people.actor("second_agent"),
        ticket_id=ticket.pk,
        team_id=None,
        assignee_id=people.second_agent.pk,
        at=EVENING,
    )
    assert shown(people, View.UNASSIGNED, EVENING) == []
    assert shown(people, View.MINE, EVENING, "second_agent") == [("Berta", False)]


def test_nobody_stands_in_for_those_whom_the_plan_does_not_name(
    people: Cast, subscription: Subscription
) -> None:
    named(people, subscription, "figurehead", people.agent)
    found = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="3", at=MONDAY
    )
    assign(
        actor=people.actor("lead"),
        ticket_id=found.pk,
        team_id=None,
        assignee_id=people.agent.pk,
        at=MONDAY,
    )
    assert shown(people, View.UNASSIGNED, EVENING) == []
    assert shown(people, View.MINE, EVENING) == [("Anton", False)]


def test_what_is_over_needs_nobody(people: Cast, ticket: Ticket) -> None:
    resolve(actor=people.actor("agent"), ticket_id=ticket.pk, at=MONDAY)
    assert shown(people, View.UNASSIGNED, EVENING) == []
