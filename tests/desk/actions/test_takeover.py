"""Terms that take over move the tickets whose promises they change; others follow when something happens to them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from duly.core import instant
from duly.core.events import Prioritised
from duly.desk.access.actor import the_desk
from duly.desk.actions._record import locked, supposing
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.agreements.take_back import take_back_change
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.wake import wake
from duly.desk.agreements.subscription import Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.queries.escalation import rises
from duly.desk.queries.reading import read
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, SMALL, acme_holds, published

# Monday, 19 October 2026, is at ten in Berlin, where eight o'clock UTC is ten until the 25th.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NINE_TO_FIVE = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}
THEIRS = SMALL.replace("8 business hours", "8 business hours on customer").replace(
    "16 business hours, 2: none", "16 business hours on customer, 2: 40 business hours on customer"
)


@pytest.fixture
def held(people: Cast) -> Subscription:
    given(people, [])
    return acme_holds(people, THEIRS)


def given(people: Cast, holidays: list[str], at: datetime = MONDAY) -> None:
    set_calendar(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        calendar={**NINE_TO_FIVE, "holidays": holidays},
        from_on=at.date(),
        at=at,
    )


def opened(people: Cast, priority: str, at: datetime = MONDAY) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority=priority, at=at)


def dues(ticket: Ticket) -> dict[str, datetime | None]:
    return dict(Clock.objects.filter(ticket=ticket).values_list("kind", "due_at"))


def kinds(ticket: Ticket) -> list[str]:
    return list(Event.objects.filter(ticket=ticket).values_list("kind", flat=True))


def utc(day: int, hour: int) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def test_a_holiday_moves_what_it_reaches_and_leaves_the_rest(
    people: Cast, held: Subscription
) -> None:
    soon, later = opened(people, "1"), opened(people, "2")
    # Of 16 hours seven are Monday's and eight Tuesday's; of forty, seven, 24 and eight more until Friday evening.
    assert dues(soon) == {"first_response": utc(19, 10), "resolution": utc(21, 8)}
    assert dues(later) == {"first_response": utc(20, 8), "resolution": utc(26, 9)}
    given(people, ["2026-10-23"], MONDAY + HOUR)
    assert dues(soon) == {"first_response": utc(19, 10), "resolution": utc(21, 8)}
    assert dues(later) == {"first_response": utc(20, 8), "resolution": utc(27, 9)}
    assert (kinds(soon), kinds(later)) == (["opened"], ["opened", "moved"])
    assert Ticket.objects.get(pk=later.pk).next_due_at == utc(20, 8)
    assert list(differences()) == []


def test_the_doctor_finds_what_should_not_have_been_left(people: Cast, held: Subscription) -> None:
    ticket = opened(people, "1")
    set_calendar(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        calendar={**NINE_TO_FIVE, "holidays": ["2026-10-20"]},
        from_on=date(2026, 10, 20),
        at=MONDAY,
    )
    assert list(differences()) == [], "its time has not come"
    Subscription.objects.update(wakes_at=None)
    (found,) = differences()
    assert (found.what, found.column) == ("resolution 1 by the terms that took over", "due_at")
    # Tuesday's eight hours are Wednesday's, and Wednesday's first Thursday's.
    assert (found.stored, found.folded) == (utc(21, 8), utc(22, 8))
    assert kinds(ticket) == ["opened"]


def test_what_was_left_moves_before_the_next_thing_happens_to_it(
    people: Cast, held: Subscription
) -> None:
    ticket = opened(people, "1")
    given(people, ["2026-10-23"], MONDAY + HOUR)
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="C", then="wait", at=utc(21, 7))
    reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="D", at=utc(22, 8))
    (moved,) = Event.objects.filter(ticket=ticket, kind="moved")
    assert (moved.at, moved.facts["why"]) == (MONDAY + HOUR, "calendar")
    assert moved.person == people.owner
    # An hour of the solution was left, at nine on Wednesday in Berlin: it is used on Thursday from ten to eleven.
    assert dues(ticket)["resolution"] == utc(22, 9)
    assert list(differences()) == []


def test_a_pause_across_the_holiday_counts_by_the_new_hours(
    people: Cast, held: Subscription
) -> None:
    ticket = opened(people, "1")
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="C", then="wait", at=MONDAY)
    given(people, ["2026-10-23"], MONDAY + HOUR)
    assert "moved" not in kinds(ticket)
    # Sixteen hours from Thursday at ten: seven on that day, none on Friday, eight on Monday (winter), one on Tuesday.
    reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="D", at=utc(22, 8))
    assert dues(ticket)["resolution"] == utc(27, 9)
    assert list(differences()) == []


def test_what_is_paused_looks_at_all_time_until_now(people: Cast, held: Subscription) -> None:
    ticket = opened(people, "1")
    agent = people.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="C", then="wait", at=utc(20, 8))
    clock = Clock.objects.get(ticket=ticket, kind="resolution")
    assert clock.remaining_seconds == 8 * 3600, "seven of Monday's hours and one of Tuesday's"
    given(people, ["2026-10-20"], utc(20, 9))
    clock.refresh_from_db()
    assert clock.remaining_seconds == 9 * 3600
    assert "moved" in kinds(ticket)


def test_time_alone_moves_it_too(people: Cast, held: Subscription) -> None:
    ticket = opened(people, "1")
    given(people, ["2026-10-23"], MONDAY + HOUR)
    wake(at=MONDAY + 2 * HOUR + timedelta(seconds=1))
    told = Event.objects.filter(ticket=ticket).values_list("kind", "at")
    assert list(told) == [
        ("opened", MONDAY),
        ("moved", MONDAY + HOUR),
        ("due_soon", MONDAY + 1.5 * HOUR),
        ("missed", MONDAY + 2 * HOUR + timedelta(seconds=1)),
    ]
    assert list(differences()) == []


def test_a_closed_ticket_keeps_its_terms_whatever_happens_to_it(
    people: Cast, held: Subscription
) -> None:
    agent, ticket = people.actor("agent"), opened(people, "1")
    close(actor=agent, ticket_id=ticket.pk, at=MONDAY)
    given(people, ["2026-10-20"], MONDAY + HOUR)
    note(actor=agent, ticket_id=ticket.pk, text="C", at=MONDAY + 2 * HOUR)
    assert kinds(ticket) == ["opened", "closed", "noted"]


def test_whoever_comes_before_the_worker_finds_the_new_terms(
    people: Cast, held: Subscription
) -> None:
    ticket = opened(people, "2")
    faster = THEIRS.replace('version: "1"', 'version: "2"').replace(
        "2: 8 business", "2: 4 business"
    )
    move(
        actor=people.actor("owner"),
        subscription_id=held.pk,
        version_id=published(people, faster).pk,
        at=MONDAY,
        from_at=MONDAY + HOUR,
    )
    reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="C", at=MONDAY + 2 * HOUR)
    (moved,) = Event.objects.filter(ticket=ticket, kind="moved")
    assert (moved.at, moved.person) == (MONDAY + HOUR, None)
    assert dues(ticket)["first_response"] == MONDAY + 4 * HOUR
    assert come_into_force(actor=the_desk("timer"), at=MONDAY + 3 * HOUR) == 0
    assert list(differences()) == []


def test_what_is_supposed_is_answered_by_the_terms_that_hold_then(
    people: Cast, held: Subscription
) -> None:
    ticket = opened(people, "2")
    slower = THEIRS.replace('version: "1"', 'version: "2"').replace("1: 2 hours", "1: 3 hours")
    move(
        actor=people.actor("owner"),
        subscription_id=held.pk,
        version_id=published(people, slower).pk,
        at=MONDAY,
        from_at=MONDAY + HOUR,
    )
    urgent = Prioritised(at=instant.from_datetime(MONDAY + 2 * HOUR), priority="1")
    folded = supposing(locked(ticket.pk), happening(urgent))
    assert folded is not None
    # The priority changes at noon, and from then on three hours are promised.
    assert folded.clocks[1].due_at == instant.from_datetime(MONDAY + 5 * HOUR)
    assert kinds(ticket) == ["opened"]


def test_a_level_promises_before_it_is_invoked_what_it_promises_then(people: Cast) -> None:
    subscription, contact = acme_holds(people, FULL), people.actor("contact")
    ticket = opened(people, "2")
    wake(at=utc(20, 9))
    closed = FULL.replace('"1"', '"2"').replace("holidays: []", "holidays: [2026-10-21]")
    moved_to(people, subscription, closed, at=utc(20, 9))
    assert "moved" not in kinds(ticket), "what was missed stays missed"
    (rise,) = rises(contact, read(contact, ticket.number, utc(20, 10)))
    escalate(actor=contact, ticket_id=ticket.pk, level=1, at=utc(20, 10))
    # Tuesday from noon to five are five hours, Wednesday is closed, and Thursday's first three make eight.
    assert dues(ticket)["escalation"] == utc(22, 10)
    assert rise.answer is not None
    assert rise.answer.due_at == utc(22, 10)


def test_a_version_that_differs_in_its_calendars_moves_what_it_reaches(people: Cast) -> None:
    subscription = acme_holds(people)
    # Sixteen hours of the office: of the first until Wednesday at nine, of the other until Friday at nine.
    left, reached = opened(people, "1", MONDAY - 2 * DAY), opened(people, "1", utc(21, 7))
    closed = SMALL.replace('"1"', '"2"').replace("holidays: []", "holidays: [2026-10-22]")
    moved_to(people, subscription, closed, at=utc(21, 8))
    assert (dues(left)["resolution"], dues(reached)["resolution"]) == (utc(20, 15), utc(23, 15))
    assert ("moved" in kinds(left), "moved" in kinds(reached)) == (False, True)
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1: 2 hours", "1: 3 hours"),
        ("name: Urgent", "name: At once"),
        ("name: Basic", "name: Basis"),
        ("hours: office", "hours: office\n    people: {manager: {title: Manager, hours: office}}"),
        ("plans:", "clauses: [{key: hours, kind: definition, text: Nine to five.}]\nplans:"),
    ],
)
def test_a_version_that_says_anything_else_moves_all(people: Cast, old: str, new: str) -> None:
    subscription = acme_holds(people)
    ticket = opened(people, "2")
    moved_to(people, subscription, SMALL.replace('"1"', '"2"').replace(old, new), at=MONDAY)
    assert "moved" in kinds(ticket)


def test_whom_a_plan_names_for_the_hours_of_a_calendar_follows_these_at_once(people: Cast) -> None:
    named = SMALL.replace(
        "hours: office", "hours: office\n    people: {manager: {title: Manager, hours: office}}"
    )
    subscription = acme_holds(people, named)
    ticket = opened(people, "1")
    closed = named.replace('"1"', '"2"').replace("holidays: []", "holidays: [2026-12-24]")
    moved_to(people, subscription, closed, at=MONDAY)
    assert "moved" in kinds(ticket)


def test_what_a_change_left_in_place_does_not_keep_it_from_being_taken_back(people: Cast) -> None:
    subscription = acme_holds(people)
    ticket = opened(people, "1")
    closed = SMALL.replace('"1"', '"2"').replace("holidays: []", "holidays: [2026-12-24]")
    moved_to(people, subscription, closed, at=MONDAY + HOUR / 2)
    take_back_change(actor=people.actor("owner"), subscription_id=subscription.pk, at=MONDAY + HOUR)
    reply(actor=people.actor("agent"), ticket_id=ticket.pk, text="C", at=MONDAY + 2 * HOUR)
    assert "moved" not in kinds(ticket)
    assert list(differences()) == []


def moved_to(people: Cast, subscription: Subscription, source: str, at: datetime) -> None:
    version = published(people, source)
    owner = people.actor("owner")
    move(actor=owner, subscription_id=subscription.pk, version_id=version.pk, at=at)
