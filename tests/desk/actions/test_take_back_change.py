"""The latest change of a subscription is taken back while no ticket counts by it; then what held before holds again."""

from datetime import date, datetime, timedelta

import pytest

from duly.desk.actions.agreements.amend import amend
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.agreements.take_back import take_back_change
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.subscription import Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.errors import NotPossible
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed

MINUTE = timedelta(minutes=1)
DECEMBER = date(2026, 12, 1)
# Tuesday, 1 December 2026, 10:00 in Berlin, in winter time.
IN_DECEMBER = datetime.fromisoformat("2026-12-01T10:00:00+01:00")


@pytest.fixture
def held(people: Cast) -> Subscription:
    return acme_holds(people)


def amended(people: Cast, held: Subscription, from_on: date, value: str, at: datetime) -> None:
    amend(
        actor=people.actor("lead"),
        subscription_id=held.pk,
        path="targets.first_response.1",
        value=value,
        reason="Contract 7",
        from_on=from_on,
        at=at,
    )


def taken_back(people: Cast, held: Subscription, at: datetime) -> None:
    take_back_change(actor=people.actor("lead"), subscription_id=held.pk, at=at)


def opened(people: Cast, at: datetime) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="Door", text="Stuck.", priority="1", at=at)


def due_after(ticket: Ticket) -> timedelta:
    due_at = Clock.objects.get(ticket=ticket, kind="first_response").due_at
    assert due_at is not None
    return due_at - ticket.opened_at


def test_what_was_agreed_for_later_never_comes(people: Cast, held: Subscription) -> None:
    ticket = opened(people, MONDAY)
    amended(people, held, DECEMBER, "1 hour", MONDAY + MINUTE)
    taken_back(people, held, MONDAY + 2 * MINUTE)
    come_into_force(actor=people.actor("lead"), at=IN_DECEMBER)
    assert due_after(opened(people, IN_DECEMBER)) == timedelta(hours=2), "as the policy says"
    assert not Event.objects.filter(ticket=ticket, kind="moved").exists(), "nobody is told of it"
    assert AuditEntry.objects.filter(act="change_taken_back", subject_id=held.pk).exists()


def test_what_holds_already_ends_at_once(people: Cast, held: Subscription) -> None:
    amended(people, held, MONDAY.date(), "1 hour", MONDAY + MINUTE)
    taken_back(people, held, MONDAY + 2 * MINUTE)
    assert due_after(opened(people, MONDAY + 3 * MINUTE)) == timedelta(hours=2)


def test_the_change_before_it_stays(people: Cast, held: Subscription) -> None:
    amended(people, held, DECEMBER, "1 hour", MONDAY + MINUTE)
    amended(people, held, date(2026, 11, 2), "30 minutes", MONDAY + 2 * MINUTE)
    taken_back(people, held, MONDAY + 3 * MINUTE)
    # Monday, 2 November, 10:00 in Berlin; nothing was agreed for November any more.
    november = datetime.fromisoformat("2026-11-02T10:00:00+01:00")
    assert due_after(opened(people, november)) == timedelta(hours=2)
    assert due_after(opened(people, IN_DECEMBER)) == timedelta(hours=1)


def test_taking_back_is_a_change_that_can_be_taken_back(people: Cast, held: Subscription) -> None:
    amended(people, held, DECEMBER, "1 hour", MONDAY + MINUTE)
    taken_back(people, held, MONDAY + 2 * MINUTE)
    taken_back(people, held, MONDAY + 3 * MINUTE)
    assert due_after(opened(people, IN_DECEMBER)) == timedelta(hours=1)


def test_a_change_by_which_a_ticket_counts_is_final(people: Cast, held: Subscription) -> None:
    ticket = opened(people, MONDAY)
    amended(people, held, MONDAY.date(), "1 hour", MONDAY + MINUTE)
    with pytest.raises(NotPossible, match=f"#{ticket.number} counts by it, so it is final"):
        taken_back(people, held, MONDAY + 2 * MINUTE)
    assert due_after(ticket) == timedelta(hours=1)


def test_the_beginning_and_the_customers_hours_stay(people: Cast) -> None:
    nine_to_five = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}
    theirs = published(people, SMALL.replace("8 business hours", "8 business hours on customer"))
    held = subscribed(people, theirs, calendars={"customer": nine_to_five})
    with pytest.raises(NotPossible, match="can be ended, but not undone"):
        taken_back(people, held, MONDAY)
    set_calendar(
        actor=people.actor("lead"),
        organisation_id=people.acme.pk,
        calendar=nine_to_five,
        from_on=DECEMBER,
        at=MONDAY + MINUTE,
    )
    with pytest.raises(NotPossible, match="the customer's hours"):
        taken_back(people, held, MONDAY + 2 * MINUTE)


def test_a_move_is_taken_back_too(people: Cast, held: Subscription) -> None:
    version = published(people, SMALL.replace('"1"', '"2"').replace("1: 2 hours", "1: 4 hours"))
    move(
        actor=people.actor("lead"),
        subscription_id=held.pk,
        version_id=version.pk,
        from_at=IN_DECEMBER,
        at=MONDAY + MINUTE,
    )
    taken_back(people, held, MONDAY + 2 * MINUTE)
    assert due_after(opened(people, IN_DECEMBER)) == timedelta(hours=2)
