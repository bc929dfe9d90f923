"""A resolved ticket closes by itself: after the days that were set when it was resolved, through the door."""

from datetime import datetime, timedelta

import pytest

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.setup.set_closing import set_closing
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.mark import mark
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.wake import next_wake, wake
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid
from duly.desk.mailroom.letter import Closing
from duly.desk.mailroom.outbox import Outbox
from duly.desk.queries.queue import STANDARD, View, queue
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
AFTER = 14 * DAY
ANALYSED = (
    SMALL
    + """
      root_cause: {1: 3 business days, 2: none, 3: best effort}
rules: {business_day: end_of_nth_day}
"""
)
"""Urgent tickets are owed the root cause by the close of the third business day after they were resolved."""
CLOSE_OF_THURSDAY = MONDAY + 3 * DAY + timedelta(hours=7)
"""Resolved on Monday at 10:00 in Berlin; 17:00 there on Thursday is 15:00 UTC."""


def resolved(people: Cast, priority: str = "2") -> Ticket:
    ticket = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority=priority, at=MONDAY
    )
    resolve(actor=people.actor("agent"), ticket_id=ticket.pk, at=MONDAY)
    return ticket


def status(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).status


def let_it_be(after: timedelta) -> None:
    while wake(at=MONDAY + after):
        pass


def test_fourteen_days_after_the_resolving_the_watch_closes(covered: Cast) -> None:
    ticket = resolved(covered)
    assert next_wake() == MONDAY + AFTER
    let_it_be(AFTER - SECOND)
    assert status(ticket) == "resolved"
    let_it_be(AFTER + DAY)
    assert status(ticket) == "closed"
    event = Event.objects.get(kind="closed")
    assert (event.at, event.person, event.via) == (MONDAY + AFTER, None, "timer")
    assert event.facts == {"by_itself": True}
    row = Ticket.objects.get()
    assert (row.resolved_at, row.closed_at, row.wakes_at) == (MONDAY, MONDAY + AFTER, None)
    assert list(differences()) == []


def told(at: datetime) -> list[Closing | None]:
    while dispatch(at=at):
        pass
    return [
        letter.about[0].closing
        for letter in claim(at=at)
        if letter.about[0].items[-1].kind == "resolved" and letter.reader.name == "Clara"
    ]


def test_the_customer_is_told_with_the_resolving_and_not_again(covered: Cast) -> None:
    ticket = resolved(covered)
    assert told(MONDAY) == [Closing(at=MONDAY + AFTER, is_put_off=False)]
    let_it_be(AFTER)
    assert status(ticket) == "closed"
    assert not Outbox.objects.exists()


def test_what_is_still_owed_is_told_to_put_the_closing_off(people: Cast) -> None:
    acme_holds(people, ANALYSED)
    resolved(people, priority="1")
    assert told(MONDAY) == [Closing(at=MONDAY + AFTER, is_put_off=True)]


def test_nothing_is_told_of_a_closing_that_will_not_be(covered: Cast) -> None:
    set_closing(actor=covered.actor("owner"), after_days=None, at=MONDAY)
    resolved(covered)
    assert told(MONDAY) == [None]
    set_closing(actor=covered.actor("owner"), after_days=3, at=MONDAY)
    again = resolved(covered)
    reopen(actor=covered.actor("agent"), ticket_id=again.pk, at=MONDAY)
    assert told(MONDAY) == [None], "it is open again before the letter is written"


def test_without_an_agreement_it_closes_too(people: Cast) -> None:
    ticket = resolved(people)
    let_it_be(AFTER)
    assert status(ticket) == "closed"


def test_words_of_the_customer_begin_the_days_anew(covered: Cast) -> None:
    ticket = resolved(covered)
    reply(actor=covered.actor("contact"), ticket_id=ticket.pk, text="Again.", at=MONDAY + 13 * DAY)
    let_it_be(40 * DAY)
    assert status(ticket) == "open"
    agent = covered.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="Now.", then="resolve", at=MONDAY + 40 * DAY)
    let_it_be(54 * DAY - SECOND)
    assert status(ticket) == "resolved"
    let_it_be(54 * DAY)
    assert status(ticket) == "closed"
    assert list(differences()) == []


def test_a_reopening_that_the_watch_was_too_slow_for_still_counts(covered: Cast) -> None:
    ticket = resolved(covered)
    reopen(actor=covered.actor("contact"), ticket_id=ticket.pk, at=MONDAY + AFTER + SECOND)
    kinds = Event.objects.filter(ticket=ticket).order_by("sequence").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["closed", "reopened"]
    assert status(ticket) == "open"
    assert list(differences()) == []


def test_it_holds_for_what_is_resolved_afterwards(covered: Cast) -> None:
    first = resolved(covered)
    set_closing(actor=covered.actor("owner"), after_days=3, at=MONDAY)
    second = resolved(covered)
    set_closing(actor=covered.actor("owner"), after_days=None, at=MONDAY)
    third = resolved(covered)
    let_it_be(3 * DAY)
    assert [status(each) for each in (first, second, third)] == ["resolved", "closed", "resolved"]
    let_it_be(400 * DAY)
    assert [status(each) for each in (first, third)] == ["closed", "resolved"]
    assert AuditEntry.objects.filter(act="closing_set").count() == 2


@pytest.mark.parametrize("days", [0, -1, 366])
def test_days_that_make_no_sense_are_refused(people: Cast, days: int) -> None:
    with pytest.raises(Invalid) as caught:
        set_closing(actor=people.actor("owner"), after_days=days, at=MONDAY)
    assert caught.value.field == "after_days"


def test_what_is_still_owed_keeps_it_from_closing_and_stays_in_sight(people: Cast) -> None:
    acme_holds(people, ANALYSED)
    ticket = resolved(people, "1")
    assert Ticket.objects.get().next_due_at == CLOSE_OF_THURSDAY
    let_it_be(AFTER + DAY)
    root_cause = Clock.objects.get(kind="root_cause")
    assert (root_cause.state, root_cause.due_at) == ("missed", CLOSE_OF_THURSDAY)
    row = Ticket.objects.get()
    assert (row.status, row.next_due_at, row.wakes_at) == ("resolved", CLOSE_OF_THURSDAY, None)
    for view in (View.DUE, View.CRITICAL):
        (line,) = queue(people.actor("lead"), STANDARD[view], at=MONDAY + AFTER + DAY).lines
        assert line.promise is not None
        assert (line.status, line.promise.kind, line.promise.is_owed) == (
            "resolved",
            "root_cause",
            True,
        )
    mark(
        actor=people.actor("agent"),
        ticket_id=ticket.pk,
        mark="root_cause",
        at=MONDAY + AFTER + 2 * DAY,
    )
    row = Ticket.objects.get()
    assert (row.status, row.next_due_at) == ("closed", None)
    assert queue(people.actor("lead"), STANDARD[View.DUE], at=MONDAY + AFTER + 2 * DAY).lines == ()
    assert row.closed_at == MONDAY + AFTER + 2 * DAY
    assert list(differences()) == []


def test_a_root_cause_without_an_hour_holds_nothing_up(people: Cast) -> None:
    acme_holds(people, ANALYSED)
    ticket = resolved(people, "3")
    let_it_be(AFTER)
    assert status(ticket) == "closed"


def test_a_root_cause_that_is_owed_on_a_closed_ticket_can_be_given(people: Cast) -> None:
    acme_holds(people, ANALYSED)
    ticket = resolved(people, "1")
    close(actor=people.actor("agent"), ticket_id=ticket.pk, at=MONDAY)
    assert Ticket.objects.get().next_due_at == CLOSE_OF_THURSDAY
    mark(actor=people.actor("agent"), ticket_id=ticket.pk, mark="root_cause", at=MONDAY + DAY)
    assert Clock.objects.get(kind="root_cause").state == "met"
    assert Ticket.objects.get().next_due_at is None
