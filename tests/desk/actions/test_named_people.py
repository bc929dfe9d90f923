"""Named people: in their hours they answer, outside them the team; hours, absences and teams."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.agreements.move import move
from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.people.deactivate import deactivate
from duly.desk.actions.people.leave_team import leave_team
from duly.desk.actions.people.organise import add_team
from duly.desk.actions.people.roles import take_role
from duly.desk.actions.people.set_hours import add_absence, cancel_absence, set_hours
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.subscription import Subscription
from duly.desk.errors import Invalid, NotFound
from duly.desk.mailroom.letter import Signature
from duly.desk.people.absence import Absence
from duly.desk.people.person import Person
from duly.desk.people.standard_roles import AGENT
from duly.desk.people.team import TeamMember
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.who_answers import who_answers
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds

EVENING = MONDAY + timedelta(hours=10)
"""Monday, 20:00 in Berlin."""
NINE_TO_FIVE = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}
NAMED = (
    SMALL
    + """
    people:
      account_manager: {title: Support Account Manager, hours: own, otherwise: team}
      success_manager: {title: Success Manager, primary_contact: true}
      night_watch: {hours: always}
      figurehead: {title: Figurehead}
  plain: {name: Plain, targets: {first_response: {1: 2 hours}}}
"""
)


@pytest.fixture
def subscription(people: Cast) -> Subscription:
    return acme_holds(people, NAMED)


def named(people: Cast, subscription: Subscription, place: str, person: Person | None) -> None:
    appoint(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        place=place,
        person_id=person.pk if person else None,
        at=MONDAY,
    )


def hours(people: Cast, person: Person, given: Any = NINE_TO_FIVE) -> None:
    set_hours(actor=people.actor("owner"), person_id=person.pk, hours=given, at=MONDAY)


def opened(people: Cast, at: datetime = MONDAY, team_id: int | None = None) -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="1", team_id=team_id, at=at)


def answerer(ticket: Ticket, at: datetime) -> tuple[Person, str] | None:
    found = who_answers(ticket, at)
    return (found.person, found.title) if found else None


def test_the_account_manager_answers_in_their_own_hours_and_the_team_outside(
    people: Cast, subscription: Subscription
) -> None:
    named(people, subscription, "account_manager", people.agent)
    hours(people, people.agent)
    by_day, by_night = opened(people), opened(people, EVENING)
    assert by_day.assignee == people.agent
    assert by_night.assignee is None
    assert answerer(by_night, MONDAY) == (people.agent, "Support Account Manager")
    assert answerer(by_day, EVENING) is None


def test_own_hours_that_nobody_has_said_are_no_hours(
    people: Cast, subscription: Subscription
) -> None:
    named(people, subscription, "account_manager", people.agent)
    assert opened(people).assignee is None


def test_whoever_is_away_does_not_answer(people: Cast, subscription: Subscription) -> None:
    named(people, subscription, "account_manager", people.agent)
    hours(people, people.agent)
    back = MONDAY + timedelta(hours=2)
    absence = add_absence(
        actor=people.actor("agent"),
        person_id=people.agent.pk,
        from_at=MONDAY,
        to_at=back,
        at=MONDAY,
    )
    ticket = opened(people)
    assert ticket.assignee is None
    assert answerer(ticket, back) == (people.agent, "Support Account Manager")
    cancel_absence(actor=people.actor("agent"), absence_id=absence.pk, at=MONDAY)
    assert opened(people).assignee == people.agent
    deactivate(actor=people.actor("owner"), person_id=people.agent.pk, at=MONDAY)
    assert opened(people).assignee is None


def test_the_first_contact_comes_first_and_a_figurehead_answers_nothing(
    people: Cast, subscription: Subscription
) -> None:
    named(people, subscription, "figurehead", people.lead)
    assert opened(people).assignee is None
    named(people, subscription, "account_manager", people.agent)
    hours(people, people.agent)
    named(people, subscription, "success_manager", people.second_agent)
    assert opened(people).assignee == people.second_agent
    assert opened(people, EVENING).assignee == people.second_agent
    named(people, subscription, "success_manager", None)
    named(people, subscription, "night_watch", people.second_agent)
    assert answerer(opened(people), MONDAY) == (people.agent, "Support Account Manager")
    assert answerer(opened(people), EVENING) == (people.second_agent, "Night watch")


def test_whoever_is_an_agent_no_longer_answers_no_longer(
    people: Cast, subscription: Subscription
) -> None:
    named(people, subscription, "success_manager", people.agent)
    take_role(actor=people.actor("owner"), person_id=people.agent.pk, role=AGENT, at=MONDAY)
    assert opened(people).assignee is None


def test_a_private_teams_ticket_is_not_given_to_somebody_outside(
    people: Cast, subscription: Subscription
) -> None:
    secret = add_team(actor=people.actor("owner"), name="Secret", is_private=True, at=MONDAY)
    named(people, subscription, "success_manager", people.agent)
    assert opened(people, team_id=secret.pk).assignee is None


def test_a_plan_that_names_nobody_leaves_all_to_the_team(
    people: Cast, subscription: Subscription
) -> None:
    named(people, subscription, "success_manager", people.agent)
    move(actor=people.actor("owner"), subscription_id=subscription.pk, plan="plain", at=MONDAY)
    assert opened(people).assignee is None


def test_only_agents_fill_places_that_there_are(people: Cast, subscription: Subscription) -> None:
    with pytest.raises(Invalid, match="known: account_manager, figurehead"):
        named(people, subscription, "king", people.agent)
    with pytest.raises(Invalid, match="Only an agent"):
        named(people, subscription, "success_manager", people.contact)
    named(people, subscription, "success_manager", people.agent)
    named(people, subscription, "success_manager", people.second_agent)
    assert NamedPerson.objects.get().person == people.second_agent
    assert AuditEntry.objects.filter(act="person_named").count() == 2


@pytest.mark.parametrize(
    "given", [{"zone": "CET", "week": {"mon": "09:00-10:00"}}, "mornings", {"week": {}}]
)
def test_hours_that_mean_nothing_are_refused(people: Cast, given: Any) -> None:
    with pytest.raises(Invalid) as refused:
        hours(people, people.agent, given)
    assert refused.value.field == "calendar"
    assert Person.objects.get(pk=people.agent.pk).hours is None


def test_an_absence_ends_ahead_and_after_it_began(people: Cast) -> None:
    hour = timedelta(hours=1)
    for from_at, to_at in ((MONDAY + hour, MONDAY + hour), (MONDAY - 2 * hour, MONDAY - hour)):
        with pytest.raises(Invalid):
            add_absence(
                actor=people.actor("agent"),
                person_id=people.agent.pk,
                from_at=from_at,
                to_at=to_at,
                at=MONDAY,
            )
    assert not Absence.objects.exists()


def test_agents_say_their_own_hours_and_nobody_elses(
    people: Cast, subscription: Subscription
) -> None:
    agent, it = people.actor("agent"), people.agent.pk
    set_hours(actor=agent, person_id=it, hours=NINE_TO_FIVE, at=MONDAY)
    away = add_absence(
        actor=agent, person_id=it, from_at=MONDAY, to_at=datetime(2027, 1, 1, tzinfo=UTC), at=MONDAY
    )
    before = AuditEntry.objects.count()
    for name in ("second_agent", "contact"):
        other = people.actor(name)
        attempts: list[Callable[[], object]] = [
            lambda a=other: set_hours(actor=a, person_id=it, hours=None, at=MONDAY),  # type: ignore[misc]
            lambda a=other: cancel_absence(actor=a, absence_id=away.pk, at=MONDAY),  # type: ignore[misc]
            lambda a=other: add_absence(  # type: ignore[misc]
                actor=a, person_id=it, from_at=MONDAY, to_at=EVENING, at=MONDAY
            ),
            lambda a=other: leave_team(  # type: ignore[misc]
                actor=a, team_id=people.team.pk, person_id=it, at=MONDAY
            ),
            lambda a=other: appoint(  # type: ignore[misc]
                actor=a,
                subscription_id=subscription.pk,
                place="figurehead",
                person_id=it,
                at=MONDAY,
            ),
        ]
        for attempt in attempts:
            with pytest.raises(NotFound):
                attempt()
    with pytest.raises(NotFound):
        set_hours(actor=people.actor("owner"), person_id=people.contact.pk, hours=None, at=MONDAY)
    assert AuditEntry.objects.count() == before


def test_whoever_leaves_a_team_is_in_it_no_more(people: Cast) -> None:
    owner, team, it = people.actor("owner"), people.team.pk, people.agent.pk
    leave_team(actor=owner, team_id=team, person_id=it, at=MONDAY)
    assert not TeamMember.objects.filter(person=it).exists()
    with pytest.raises(NotFound):
        leave_team(actor=owner, team_id=team, person_id=it, at=MONDAY)


def test_a_letter_to_the_customer_is_signed_by_whoever_answers_when_it_is_sent(
    people: Cast, subscription: Subscription
) -> None:
    named(people, subscription, "account_manager", people.agent)
    hours(people, people.agent)
    for at, signed_by in (
        (MONDAY, Signature(name="Anton", title="Support Account Manager")),
        (EVENING, None),
    ):
        opened(people, at)
        dispatch(at=at)
        by_reader = {letter.reader.name: letter.about[0].signed_by for letter in claim(at=at)}
        assert by_reader.pop("Clara") == signed_by
        assert by_reader
        assert set(by_reader.values()) == {None}, "the desk knows its own people"
