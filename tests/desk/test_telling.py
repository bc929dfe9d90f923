"""What people decline, when they are left alone, and what reaches them all the same."""

from datetime import UTC, datetime, time, timedelta

import pytest

from duly.desk.access.actor import Actor
from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.settle import not_sent, sent
from duly.desk.actions.people.bring_in import bring_in
from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.people.prefer import prefer
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.follow import follow
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.spend import spend
from duly.desk.actions.tickets.wake import wake
from duly.desk.errors import Invalid, NotFound
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.mailroom.letter import Letter
from duly.desk.mailroom.matter import Matter
from duly.desk.mailroom.preference import Preference, Quiet, QuietHours
from duly.desk.people.person import Person
from duly.desk.people.standard_roles import MANAGER
from duly.desk.tickets.event import Event
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, SMALL, acme_holds, published, subscribed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NIGHTS = Quiet(time(20), time(7))
WEEKENDS = Quiet(time(20), time(7), weekends=True)


def wants(
    people: Cast, name: str, *, without: tuple[Matter, ...] = (), quiet: Quiet | None = None
) -> None:
    """Let somebody in Berlin decline something."""
    prefer(
        actor=people.actor(name),
        language="en",
        zone="Europe/Berlin",
        wanted=set(Matter) - set(without),
        quiet=quiet,
        at=MONDAY,
    )


def told(at: datetime) -> list[tuple[str, list[str]]]:
    """Who is sent what now; it counts as sent."""
    dispatch(at=at)
    found: list[Letter] = claim(at=at)
    for letter in found:
        sent(delivery_id=letter.delivery_id, at=at)
    return sorted(
        (letter.reader.name, [item.kind for about in letter.about for item in about.items])
        for letter in found
    )


def opened(people: Cast, priority: str = "2", at: datetime = MONDAY) -> int:
    """Clara's ticket, Anton's to answer, of which all have heard."""
    ticket = open_ticket(
        actor=people.actor("contact"), subject="Door", text="Stuck.", priority=priority, at=at
    )
    assign(
        actor=people.actor("agent"),
        ticket_id=ticket.pk,
        team_id=people.team.pk,
        assignee_id=people.agent.pk,
        at=at,
    )
    told(at)
    told(at + timedelta(days=9))
    return ticket.pk


def asks(people: Cast, ticket: int, at: datetime) -> None:
    reply(actor=people.actor("contact"), ticket_id=ticket, text="And?", at=at)


def with_a_manager(people: Cast) -> None:
    """Let Mona manage Acme."""
    invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        email="mona@acme.example",
        name="Mona",
        role=MANAGER,
        at=MONDAY,
    )


@pytest.fixture
def full(people: Cast) -> Cast:
    acme_holds(people, FULL)
    return people


def test_what_somebody_declined_is_told_to_the_others_only(covered: Cast) -> None:
    ticket = opened(covered)
    follow(actor=covered.actor("lead"), ticket_id=ticket, at=MONDAY)
    wants(covered, "agent", without=(Matter.ANSWERED,))
    asks(covered, ticket, MONDAY + HOUR)
    assert told(MONDAY + HOUR) == [("Lena", ["replied"])]


def test_the_answer_to_ones_own_request_cannot_be_declined(covered: Cast) -> None:
    ticket = opened(covered)
    wants(covered, "contact", without=tuple(Matter))
    reply(actor=covered.actor("agent"), ticket_id=ticket, text="Push it.", at=MONDAY + HOUR)
    assert told(MONDAY + HOUR) == [("Clara", ["replied"])]
    assert set(
        Preference.objects.filter(person=covered.contact).values_list("matter", "is_wanted")
    ) == {("opened", False), ("answered", True), ("escalated", False), ("used_up", False)}


def test_what_is_declined_after_the_delivery_was_made_is_not_sent(covered: Cast) -> None:
    ticket = opened(covered)
    asks(covered, ticket, MONDAY + HOUR)
    dispatch(at=MONDAY + HOUR)
    wants(covered, "agent", without=(Matter.ANSWERED,))
    assert told(MONDAY + HOUR) == []
    assert Delivery.objects.order_by("-pk")[0].state == DeliveryState.DROPPED


def test_a_delivery_that_is_tried_again_at_night_waits_for_the_morning(covered: Cast) -> None:
    ticket = opened(covered, "3")
    # MONDAY is 10:00 in Berlin: asked at 19:59, the server is down, and the next attempt would be after 20:00.
    evening = MONDAY + 10 * HOUR - MINUTE
    asks(covered, ticket, evening)
    dispatch(at=evening)
    (letter,) = claim(at=evening)
    not_sent(delivery_id=letter.delivery_id, at=evening, reason="down", is_permanent=False)
    wants(covered, "agent", quiet=NIGHTS)
    assert told(evening + 5 * MINUTE) == []
    assert told(MONDAY + 21 * HOUR - MINUTE) == []
    assert told(MONDAY + 21 * HOUR) == [("Anton", ["replied"])]
    assert Delivery.objects.order_by("-pk")[0].attempts == 2


def test_a_wish_can_be_taken_back(covered: Cast) -> None:
    ticket = opened(covered)
    wants(covered, "agent", without=(Matter.ANSWERED,))
    wants(covered, "agent")
    asks(covered, ticket, MONDAY + HOUR)
    assert told(MONDAY + HOUR) == [("Anton", ["replied"])]


def test_quiet_hours_hold_back_what_can_wait_and_tell_it_in_one(covered: Cast) -> None:
    ticket = opened(covered, "3")
    wants(covered, "agent", quiet=NIGHTS)
    # MONDAY is 10:00 in Berlin: eleven hours later it is 21:00, and 7:00 comes 21 hours later.
    asks(covered, ticket, MONDAY + 11 * HOUR)
    assert told(MONDAY + 11 * HOUR) == []
    asks(covered, ticket, MONDAY + 12 * HOUR)
    assert told(MONDAY + 12 * HOUR) == []
    assert told(MONDAY + 21 * HOUR - MINUTE) == []
    assert told(MONDAY + 21 * HOUR) == [("Anton", ["replied", "replied"])]


def test_outside_quiet_hours_everything_is_told_at_once(covered: Cast) -> None:
    ticket = opened(covered, "3")
    wants(covered, "agent", quiet=NIGHTS)
    asks(covered, ticket, MONDAY + 10 * HOUR - MINUTE)
    assert told(MONDAY + 10 * HOUR - MINUTE) == [("Anton", ["replied"])]


def test_what_presses_at_the_most_critical_level_is_told_at_night_with_what_was_held(
    covered: Cast,
) -> None:
    wants(covered, "agent", quiet=NIGHTS)
    wants(covered, "lead", quiet=NIGHTS)
    # Opened at 19:00 in Berlin; urgent first answers are due two hours later, by the clock on the wall.
    evening = MONDAY + 9 * HOUR
    ticket = opened(covered, "1", evening)
    asks(covered, ticket, evening + 65 * MINUTE)
    assert told(evening + 65 * MINUTE) == []
    wake(at=evening + 91 * MINUTE)
    assert told(evening + 91 * MINUTE) == [("Anton", ["replied", "due_soon"])]
    wake(at=evening + 121 * MINUTE)
    assert told(evening + 121 * MINUTE) == [("Anton", ["missed"]), ("Lena", ["missed"])]


def test_a_miss_of_a_lower_level_waits_for_the_morning(covered: Cast) -> None:
    quiet = Quiet(time(15), time(7))
    wants(covered, "agent", quiet=quiet)
    wants(covered, "lead", quiet=quiet)
    # Opened at 10:00 in Berlin with eight business hours to answer, of which six are over at 16:00.
    opened(covered, "2")
    wake(at=MONDAY + 6 * HOUR + MINUTE)
    assert told(MONDAY + 6 * HOUR + MINUTE) == []
    assert told(MONDAY + 21 * HOUR) == [("Anton", ["due_soon"])]


@pytest.mark.parametrize(
    ("at", "until"),
    [
        # Friday 2026-10-23 in Berlin is two hours ahead of UTC, from Sunday 2026-10-25 on one hour.
        ("2026-10-22T19:00", "2026-10-23T05:00"),
        ("2026-10-23T17:59", "2026-10-23T17:59"),
        ("2026-10-23T18:00", "2026-10-26T06:00"),
        ("2026-10-24T10:00", "2026-10-26T06:00"),
        ("2026-10-26T06:00", "2026-10-26T06:00"),
    ],
)
def test_quiet_weekends_last_until_monday_morning_across_the_clock_change(
    at: str, until: str
) -> None:
    quiet = QuietHours(
        person=Person(zone="Europe/Berlin"), begin=time(20), end=time(7), weekends=True
    )
    asked, over = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (at, until))
    assert quiet.over_at(asked) == over


def test_quiet_hours_may_lie_within_a_day() -> None:
    quiet = QuietHours(person=Person(zone="UTC"), begin=time(12), end=time(13, 30))
    assert quiet.over_at(MONDAY.replace(hour=12, minute=10)) == MONDAY.replace(hour=13, minute=30)
    assert quiet.over_at(MONDAY.replace(hour=13, minute=30)) == MONDAY.replace(hour=13, minute=30)


def test_a_miss_is_told_to_the_leads_too(covered: Cast) -> None:
    opened(covered, "1")
    wake(at=MONDAY + 2 * HOUR + MINUTE)
    assert ("Lena", ["missed"]) in told(MONDAY + 2 * HOUR + MINUTE)


def test_the_customer_hears_of_the_right_that_a_miss_gives_them(full: Cast) -> None:
    ticket = opened(full, "1")
    for minute in (90, 121):
        wake(at=MONDAY + minute * MINUTE)
        heard = told(MONDAY + minute * MINUTE)
    assert ("Clara", ["level_opened"]) in heard
    escalate(actor=full.actor("colleague"), ticket_id=ticket, level=1, at=MONDAY + 125 * MINUTE)
    assert [name for name, _ in told(MONDAY + 125 * MINUTE)] == ["Anton", "Clara", "Lena"]


def test_an_allowance_that_is_used_up_is_told_once_to_those_who_manage_it(full: Cast) -> None:
    with_a_manager(full)
    ticket, agent = opened(full), full.actor("agent")
    # Four hours are covered: 200 and 40 minutes use them up, and a minute more is not told again.
    for minute, minutes, heard in (
        (1, 200, []),
        (2, 40, [("Lena", ["used_up"]), ("Mona", ["used_up"])]),
        (3, 1, []),
    ):
        spend(actor=agent, ticket_id=ticket, minutes=minutes, at=MONDAY + minute * MINUTE)
        assert told(MONDAY + minute * MINUTE) == heard
    event = Event.objects.get(kind="used_up")
    assert event.facts == {"allowance": "guidance", "period": ""}


def test_the_last_ticket_of_an_allowance_and_those_beyond_are_told_to_its_managers(
    people: Cast,
) -> None:
    limited = f"{SMALL}    allowances: {{incidents: 2 per month}}\n"
    subscribed(people, published(people, limited))
    with_a_manager(people)
    heard = []
    for _ in range(3):
        open_ticket(actor=people.actor("contact"), subject="A", text="B", priority="2", at=MONDAY)
        heard.append(dict(told(MONDAY)).get("Mona"))
    assert heard == [None, ["used_up"], ["opened"]]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("language", {"language": "xx"}), ("zone", {"zone": "Mars/Base"}),
     ("quiet_end", {"quiet": Quiet(time(7), time(7))})],
)  # fmt: skip
def test_a_wish_that_makes_no_sense_changes_nothing(
    people: Cast, field: str, wrong: dict[str, object]
) -> None:
    asked = {"language": "de", "zone": "UTC", "wanted": (), "quiet": NIGHTS, "at": MONDAY} | wrong
    with pytest.raises(Invalid) as caught:
        prefer(actor=people.actor("agent"), **asked)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert not Preference.objects.exists()
    assert Person.objects.get(pk=people.agent.pk).language == "en"


def test_nobody_has_no_wishes(people: Cast) -> None:
    nobody = Actor(person_id=None, via="web")
    with pytest.raises(NotFound):
        prefer(actor=nobody, language="en", zone="UTC", wanted=(), quiet=None, at=MONDAY)


def test_quiet_hours_end_when_they_are_no_longer_wanted(people: Cast) -> None:
    wants(people, "agent", quiet=WEEKENDS)
    wants(people, "agent", quiet=NIGHTS)
    (row,) = QuietHours.objects.all()
    assert (row.begin, row.end, row.weekends) == (time(20), time(7), False)
    wants(people, "agent")
    assert not QuietHours.objects.exists()


def test_a_customer_is_told_of_what_an_agent_opened_for_them(people: Cast) -> None:
    agent = people.actor("agent")
    caller = bring_in(actor=agent, email="jo@new.example", name="Jo", at=MONDAY)
    open_ticket(
        actor=agent,
        requester_id=caller.pk,
        subject="By phone",
        text="Jo called.",
        channel="phone",
        at=MONDAY,
    )
    assert ("Jo", ["opened"]) in told(MONDAY)
