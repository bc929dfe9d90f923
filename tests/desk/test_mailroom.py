"""Who is told of what, once each, with rights asked again before sending."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duly.desk.actions.deliveries.claim import LEASE, claim, give_back
from duly.desk.actions.deliveries.dispatch import GATHERING, dispatch
from duly.desk.actions.deliveries.settle import not_sent, sent
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.wake import wake
from duly.desk.mailroom.delivery import Delivery, DeliveryState, Notice
from duly.desk.mailroom.letter import Letter
from duly.desk.mailroom.outbox import Outbox
from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

MINUTE = timedelta(minutes=1)


def opened(people: Cast) -> Ticket:
    return open_ticket(actor=people.actor("contact"), subject="Door", text="Stuck.", at=MONDAY)


def letters(at_minute: int = 0) -> list[Letter]:
    """What is sent at a minute."""
    found = claimed(at_minute)
    for letter in found:
        sent(delivery_id=letter.delivery_id, at=MONDAY + at_minute * MINUTE)
    return found


def claimed(at_minute: int = 0) -> list[Letter]:
    """What somebody has taken to be sent."""
    at = MONDAY + at_minute * MINUTE
    dispatch(at=at)
    return claim(at=at)


def readers(found: list[Letter]) -> set[str]:
    return {letter.reader.name for letter in found}


def test_opening_is_confirmed_to_the_requester_and_told_to_the_lead(people: Cast) -> None:
    opened(people)
    found = letters()
    assert readers(found) == {"Clara", "Lena"}
    assert {item.text for letter in found for item in letter.about[0].items} == {"Stuck."}
    assert not Outbox.objects.exists()


def test_an_agents_reply_goes_to_the_requester_alone(people: Cast) -> None:
    ticket = opened(people)
    letters()
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="Push it.", at=MONDAY + MINUTE)
    (letter,) = letters(1)
    assert letter.reader.name == "Clara"
    assert [(item.kind, item.who, item.text) for item in letter.about[0].items] == [
        ("replied", "Anton", "Push it.")
    ]


def test_a_reply_that_resolves_is_one_message(people: Cast) -> None:
    ticket = opened(people)
    letters()
    reply(
        actor=people.actor("agent"),
        ticket_id=ticket.pk,
        text="Mended.",
        then="resolve",
        at=MONDAY + MINUTE,
    )
    (letter,) = letters(1)
    assert [item.kind for item in letter.about[0].items] == ["replied", "resolved"]


def test_the_customers_reply_goes_to_the_assignee(people: Cast) -> None:
    ticket = opened(people)
    assign(
        actor=people.actor("lead"),
        ticket_id=ticket.pk,
        team_id=people.team.pk,
        assignee_id=people.agent.pk,
        at=MONDAY,
    )
    letters()
    reply(actor=people.actor("colleague"), ticket_id=ticket.pk, text="Me too.", at=MONDAY + MINUTE)
    assert readers(letters(1)) == {"Anton"}


def test_a_note_is_told_to_nobody(people: Cast) -> None:
    ticket = opened(people)
    letters()
    note(actor=people.actor("agent"), ticket_id=ticket.pk, text="Rude.", at=MONDAY + MINUTE)
    assert letters(1) == []
    assert not Outbox.objects.exists()


def test_nobody_hears_of_what_they_did_themselves(people: Cast) -> None:
    ticket = opened(people)
    letters()
    assign(
        actor=people.actor("agent"),
        ticket_id=ticket.pk,
        team_id=None,
        assignee_id=people.agent.pk,
        at=MONDAY + MINUTE,
    )
    assert letters(1) == []


def test_a_right_that_was_withdrawn_after_dispatch_stops_the_letter(people: Cast) -> None:
    ticket = opened(people)
    letters()
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="Secret.", at=MONDAY + MINUTE)
    dispatch(at=MONDAY + MINUTE)
    Person.objects.filter(pk=people.contact.pk).update(is_active=False)
    assert claim(at=MONDAY + MINUTE) == []
    assert Delivery.objects.get(state=DeliveryState.DROPPED).person == people.contact


def test_a_lease_keeps_others_away_until_it_ends(people: Cast) -> None:
    opened(people)
    first = claimed()
    assert timedelta(minutes=1) >= LEASE
    assert claim(at=MONDAY + LEASE - timedelta(seconds=1)) == []
    again = claim(at=MONDAY + LEASE)
    assert {letter.message_id for letter in again} == {letter.message_id for letter in first}
    assert {letter.attempt for letter in again} == {2}


def test_what_is_given_back_was_not_tried_and_others_claims_stay_theirs(people: Cast) -> None:
    opened(people)
    (clara, lena) = claimed()
    give_back([clara.delivery_id], claimed_at=MONDAY, at=MONDAY + MINUTE / 2)
    (again,) = claim(at=MONDAY + MINUTE / 2)
    assert (again.delivery_id, again.attempt) == (clara.delivery_id, 1)
    ids = [clara.delivery_id, lena.delivery_id]
    give_back(ids, claimed_at=MONDAY, at=MONDAY + MINUTE / 2)
    (second,) = claim(at=MONDAY + MINUTE / 2)
    assert (second.delivery_id, second.attempt) == (lena.delivery_id, 1)


def test_ten_letters_take_no_more_statements_than_two(people: Cast) -> None:
    counts = []
    for tickets in (1, 5):
        for _ in range(tickets):
            opened(people)
        dispatch(at=MONDAY)
        with CaptureQueriesContext(connection) as taken:
            assert len(claim(at=MONDAY)) == 2 * tickets
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_what_was_sent_is_not_sent_again(people: Cast) -> None:
    opened(people)
    for letter in letters():
        sent(delivery_id=letter.delivery_id, at=MONDAY)
    assert claim(at=MONDAY + timedelta(days=1)) == []
    assert set(Delivery.objects.values_list("state", "sent_at")) == {("sent", MONDAY)}


def test_a_failed_attempt_waits_twice_as_long_each_time(people: Cast) -> None:
    opened(people)
    at = MONDAY
    waits = []
    dispatch(at=at)
    for _ in range(3):
        letter = next(each for each in claim(at=at) if each.reader.name == "Clara")
        not_sent(delivery_id=letter.delivery_id, at=at, reason="450 busy", is_permanent=False)
        row = Delivery.objects.get(pk=letter.delivery_id)
        assert row.next_attempt_at is not None
        waits.append(row.next_attempt_at - at)
        at = row.next_attempt_at
    assert waits == [2 * MINUTE, 4 * MINUTE, 8 * MINUTE]


def test_a_permanent_failure_is_final_and_says_why(people: Cast) -> None:
    opened(people)
    (letter, _) = claimed()
    not_sent(delivery_id=letter.delivery_id, at=MONDAY, reason="550 nobody", is_permanent=True)
    row = Delivery.objects.get(pk=letter.delivery_id)
    assert (row.state, row.result, row.next_attempt_at) == ("failed", "550 nobody", None)


def test_dispatching_twice_makes_nothing_twice(people: Cast) -> None:
    opened(people)
    assert dispatch(at=MONDAY) == 1
    assert dispatch(at=MONDAY) == 0
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("team", [True, False])
def test_somebody_always_answers_for_a_ticket(people: Cast, team: bool) -> None:
    open_ticket(
        actor=people.actor("contact"),
        subject="Door",
        text="Stuck.",
        team_id=people.team.pk if team else None,
        at=MONDAY,
    )
    people.team.members.all().delete()
    assert "Olga" in readers(letters())


def test_after_an_hours_stop_each_person_gets_one_summary(covered: Cast) -> None:
    tickets = [
        open_ticket(
            actor=covered.actor("contact"), subject=f"Door {n}", text="A", priority="1", at=MONDAY
        )
        for n in range(9)
    ]
    for letter in letters():
        sent(delivery_id=letter.delivery_id, at=MONDAY)
    # All were due two hours after opening; the watch is back an hour later, in several rounds.
    back = MONDAY + 180 * MINUTE
    while wake(at=back, limit=5):
        dispatch(at=back)
    assert claim(at=back) == [], "a summary waits a minute for more"
    (summary,) = claim(at=back + GATHERING)
    assert summary.reader.name == "Lena"
    assert summary.is_summary
    assert {about.number for about in summary.about} == {ticket.number for ticket in tickets}
    assert {item.kind for about in summary.about for item in about.items} == {"missed"}


def test_a_miss_that_is_told_in_time_is_a_message_of_its_own(covered: Cast) -> None:
    open_ticket(actor=covered.actor("contact"), subject="A", text="A", priority="1", at=MONDAY)
    for letter in letters():
        sent(delivery_id=letter.delivery_id, at=MONDAY)
    wake(at=MONDAY + 90 * MINUTE)
    (soon,) = letters(90)
    assert [item.kind for item in soon.about[0].items] == ["due_soon"]
    assert soon.about[0].promises[0].due_at == MONDAY + 120 * MINUTE
    sent(delivery_id=soon.delivery_id, at=MONDAY)
    wake(at=MONDAY + 121 * MINUTE)
    (missed,) = letters(121)
    assert [item.kind for item in missed.about[0].items] == ["missed"]
    assert not missed.is_summary


def test_what_was_answered_meanwhile_is_no_longer_due_soon(covered: Cast) -> None:
    ticket = open_ticket(
        actor=covered.actor("contact"), subject="A", text="A", priority="1", at=MONDAY
    )
    for letter in letters():
        sent(delivery_id=letter.delivery_id, at=MONDAY)
    wake(at=MONDAY + 90 * MINUTE)
    dispatch(at=MONDAY + 90 * MINUTE)
    agent = covered.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="Yes.", at=MONDAY + 91 * MINUTE)
    assert readers(letters(91)) == {"Clara"}
