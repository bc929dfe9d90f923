"""An organisation's own calendar: its editions, the promises that follow it, and what is refused."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from duly.desk.access.actor import actor_for, the_desk
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.people.organise import add_organisation
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.subscription import Binding
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotFound
from duly.desk.people.organisation import Organisation
from duly.desk.people.standard_roles import MANAGER
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds, published

NINE_TO_FIVE = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}
EARLY = {"zone": "Europe/Berlin", "week": {"mon-fri": "06:00-14:00"}}
THEIRS = SMALL.replace("8 business hours", "8 business hours on customer")


def given(people: Cast, calendar: Any, from_on: date | None = None, at: datetime = MONDAY) -> None:
    set_calendar(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        calendar=calendar,
        from_on=from_on,
        at=at,
    )


def opened(people: Cast) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="2", at=MONDAY)


def due_at(ticket: Ticket) -> datetime | None:
    return Clock.objects.get(ticket=ticket, kind="first_response").due_at


def test_promises_count_on_the_customers_hours_and_follow_them(people: Cast) -> None:
    given(people, NINE_TO_FIVE)
    acme_holds(people, THEIRS)
    ticket = opened(people)
    # Ten to five are seven hours, the eighth ends on Tuesday at ten in Berlin.
    assert due_at(ticket) == datetime(2026, 10, 20, 8, tzinfo=UTC)
    given(people, EARLY, at=MONDAY + timedelta(minutes=5))
    # Ten to two are four hours, the other four end on Tuesday at ten: the same, by other hours.
    assert due_at(ticket) == datetime(2026, 10, 20, 8, tzinfo=UTC)
    event = Event.objects.get(kind="moved")
    assert (event.facts["why"], event.at) == ("calendar", MONDAY + timedelta(minutes=5))
    given(people, {"zone": "UTC", "week": {"daily": "00:00-24:00"}}, at=MONDAY + timedelta(hours=1))
    # Monday's first hours were not open before today's edition began: eight open hours end at 16:00 UTC.
    assert due_at(ticket) == datetime(2026, 10, 19, 16, tzinfo=UTC)
    assert list(differences()) == []


def test_an_edition_ahead_waits_for_its_day(people: Cast) -> None:
    given(people, NINE_TO_FIVE)
    acme_holds(people, THEIRS)
    ticket = opened(people)
    given(people, {"zone": "Europe/Berlin", "week": {"tue-fri": "12:00-20:00"}}, date(2026, 10, 20))
    assert not Event.objects.filter(kind="moved").exists()
    midnight = datetime(2026, 10, 19, 22, tzinfo=UTC)
    assert come_into_force(actor=the_desk("timer"), at=midnight) == 1
    # Seven hours are used on Monday; Tuesday's first hour ends at 13:00 in Berlin.
    assert due_at(ticket) == datetime(2026, 10, 20, 11, tzinfo=UTC)
    assert list(differences()) == []


def test_editions_are_kept_and_later_ones_replaced(people: Cast) -> None:
    given(people, NINE_TO_FIVE)
    given(people, EARLY, date(2026, 12, 1))
    given(people, EARLY, date(2027, 1, 1))
    given(people, NINE_TO_FIVE, date(2026, 12, 24))
    kept = Organisation.objects.get(pk=people.acme.pk).calendar
    assert kept == [
        NINE_TO_FIVE,
        {**EARLY, "from": "2026-12-01"},
        {**NINE_TO_FIVE, "from": "2026-12-24"},
    ]
    since = AuditEntry.objects.filter(act="calendar_set").values_list("facts__since", flat=True)
    assert list(since) == ["2026-10-19", "2026-12-01", "2027-01-01", "2026-12-24"]


def test_holidays_of_a_country_become_dates(people: Cast) -> None:
    given(people, {**NINE_TO_FIVE, "holidays": {"country": "DE"}})
    kept: Any = Organisation.objects.get(pk=people.acme.pk).calendar
    assert "2026-10-03" in kept["holidays"]["dates"]


def test_a_subscription_that_does_not_count_on_it_is_left_alone(people: Cast) -> None:
    acme_holds(people)
    given(people, EARLY)
    assert Binding.objects.count() == 1


@pytest.mark.parametrize(
    ("calendar", "said"),
    [
        ({"zone": "CET", "week": {"mon-fri": "09:00-17:00"}}, "abbreviation"),
        ({"zone": "Europe/Berlin", "week": {"mon-fri": "nine to five"}}, "not an interval"),
        ({"zone": "Europe/Berlin", "week": {}}, "not open at all"),
        ({}, "give a zone, holidays or a week"),
        ({"holidays": "customer"}, "customer"),
        ({"holidays": {"country": "XX"}}, "not known"),
        ({"union": ["a", "b"]}, "calendar"),
        ({**NINE_TO_FIVE, "holidays": "customer"}, "customer"),
        ({**NINE_TO_FIVE, "zone": "customer"}, "customer"),
        ([NINE_TO_FIVE], "one calendar"),
        ("09:00-17:00", "one calendar"),
        ({**NINE_TO_FIVE, "from": "2026-12-01"}, "one calendar"),
    ],
)
def test_what_is_no_calendar_is_refused(people: Cast, calendar: Any, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        given(people, calendar)
    assert refused.value.field == "calendar"
    assert Organisation.objects.get(pk=people.acme.pk).calendar is None


def test_a_zone_alone_is_enough_where_only_the_zone_is_asked_for(people: Cast) -> None:
    text = SMALL.replace("zone: Europe/Berlin", "zone: customer")
    given(people, {"zone": "Europe/Berlin"})
    acme_holds(people, text)
    ticket = opened(people)
    # Ten to five in Berlin are seven hours, the eighth ends on Tuesday at ten.
    assert due_at(ticket) == datetime(2026, 10, 20, 8, tzinfo=UTC)
    given(people, {"zone": "Europe/London"}, date(2026, 10, 20))
    midnight = datetime(2026, 10, 19, 23, tzinfo=UTC)
    assert come_into_force(actor=the_desk("timer"), at=midnight) == 1
    # Monday's hours stay those of Berlin; Tuesday's first hour is now nine to ten in London.
    assert due_at(ticket) == datetime(2026, 10, 20, 9, tzinfo=UTC)
    assert list(differences()) == []


def test_the_past_is_not_rewritten(people: Cast) -> None:
    with pytest.raises(Invalid, match="2026-10-19 or later"):
        given(people, EARLY, date(2026, 10, 18))


def test_a_new_organisation_may_bring_its_calendar(people: Cast) -> None:
    owner = people.actor("owner")
    with pytest.raises(Invalid):
        add_organisation(actor=owner, name="New", calendar={"zone": "CET"}, at=MONDAY)
    new = add_organisation(actor=owner, name="New", calendar=EARLY, at=MONDAY)
    subscription = subscribe(
        actor=owner,
        organisation_id=new.pk,
        version_id=published(people, THEIRS).pk,
        held={"plan": "basic"},
        from_on=date(2026, 1, 1),
        at=MONDAY,
    )
    assert subscription.bindings.get().made_from["calendars"] == {"customer": EARLY}


def test_the_organisations_manager_may_and_other_contacts_may_not(people: Cast) -> None:
    chief = invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        email="chief@acme.example",
        name="Chief",
        role=MANAGER,
        at=MONDAY,
    )
    for actor in (people.actor("contact"), people.actor("stranger"), people.actor("agent")):
        with pytest.raises(NotFound):
            set_calendar(actor=actor, organisation_id=people.acme.pk, calendar=EARLY, at=MONDAY)
    set_calendar(
        actor=actor_for(chief, via="portal"),
        organisation_id=people.acme.pk,
        calendar=EARLY,
        at=MONDAY,
    )
    assert Organisation.objects.get(pk=people.acme.pk).calendar == EARLY
