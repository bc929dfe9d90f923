"""Four published policies at work in the desk, each under a subscription with all its parts.

Every figure is reckoned by hand from the policy's own words. Monday, 19 October 2026, 10:00 in Berlin, is 08:00 UTC and
01:00 in Los Angeles.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from duly.desk.actions.agreements.addons import add_addon
from duly.desk.actions.agreements.appoint import appoint
from duly.desk.actions.agreements.choose import choose
from duly.desk.actions.agreements.move import move
from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.people.set_hours import set_hours
from duly.desk.actions.people.support_list import arrange_support_list
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude, withdraw_exclusion
from duly.desk.actions.tickets.mark import mark
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.spend import spend
from duly.desk.actions.tickets.wait import wait
from duly.desk.actions.tickets.wake import wake
from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotAllowed, NotPossible
from duly.desk.queries.new_ticket import covers, promised_now
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import POLICIES, published

HOUR = timedelta(hours=1)
BERLIN_OFFICE = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}
PLANS = [
    ("segment", "standard"),
    ("segment", "advanced"),
    ("segment", "premium"),
    ("segment", "premium-plus"),
    ("neptune", "basic"),
    ("neptune", "extended"),
    ("photoprism", "professional"),
    ("photoprism", "enterprise"),
    ("photoprism", "gold"),
    ("ujet", "standard"),
    ("ujet", "premium"),
]


def agreed(people: Cast, policy: str, plan: str) -> Subscription:
    """Publish a policy and subscribe Acme, which keeps office hours of its own, to a plan."""
    owner = people.actor("owner")
    set_calendar(actor=owner, organisation_id=people.acme.pk, calendar=BERLIN_OFFICE, at=MONDAY)
    return subscribe(
        actor=owner,
        organisation_id=people.acme.pk,
        version_id=published(people, (POLICIES / f"{policy}.yaml").read_text()).pk,
        held={"plan": plan, "choices": {"support-window": "gmt"}}
        if policy == "segment"
        else {"plan": plan},
        from_on=date(2026, 1, 1),
        at=MONDAY,
    )


def opened(
    people: Cast,
    priority: str | None = None,
    *,
    by: str = "agent",
    channel: str = "web",
    at: datetime = MONDAY,
    it: Subscription | None = None,
) -> Ticket:
    return open_ticket(
        actor=people.actor(by),
        requester_id=people.contact.pk,
        subject="A",
        text="B",
        priority=priority,
        channel=channel,
        subscription_id=it.pk if it else None,
        at=at,
    )


def clock(ticket: Ticket, kind: str = "first_response") -> Clock | None:
    return Clock.objects.filter(ticket=ticket, kind=kind).order_by("cycle").last()


def due_at(ticket: Ticket, kind: str = "first_response") -> datetime | None:
    found = clock(ticket, kind)
    return found.due_at if found else None


def technical(people: Cast) -> None:
    name_technical_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        person_id=people.contact.pk,
        is_one=True,
        at=MONDAY,
    )


@pytest.mark.slow
@pytest.mark.parametrize(("policy", "plan"), PLANS)
def test_nothing_in_a_plan_fails_in_a_tickets_whole_life(
    people: Cast, policy: str, plan: str
) -> None:
    agreed(people, policy, plan)
    binding = Binding.objects.get()
    terms = terms_of_binding(binding.pk)
    assert terms is not None
    boss, contact, at = people.actor("lead"), people.actor("contact"), MONDAY
    (cover,) = covers(contact, at)
    assert cover.plan == binding.plan_name
    for level in terms.priorities:
        promised_now(binding.pk, level.key, at)
        it = opened(people, level.key, at=at).pk
        reply(actor=boss, ticket_id=it, text="C", then="wait", at=at + HOUR)
        reply(actor=contact, ticket_id=it, text="D", at=at + 2 * HOUR)
        for reason in ("third_party", *sorted(terms.waiting_reasons)):
            wait(actor=boss, ticket_id=it, on=reason, at=at + 3 * HOUR)
        resume(actor=boss, ticket_id=it, at=at + 4 * HOUR)
        for milestone in ("reproduced", "workaround", *sorted(terms.marks)):
            mark(actor=boss, ticket_id=it, mark=milestone, at=at + 5 * HOUR)
        for other in terms.priorities:
            prioritise(actor=boss, ticket_id=it, priority=other.key, at=at + 6 * HOUR)
        for cause in sorted(terms.exclusions):
            exclude(actor=boss, ticket_id=it, cause=cause, at=at + 7 * HOUR)
            withdraw_exclusion(actor=boss, ticket_id=it, at=at + 8 * HOUR)
        resolve(actor=boss, ticket_id=it, at=at + 9 * HOUR)
        reopen(actor=contact, ticket_id=it, at=at + 10 * HOUR)
        opened(people, level.key, at=at)  # nobody ever answers this one
    wake(at=at + timedelta(days=60))
    for ticket in Ticket.objects.all():
        close(actor=boss, ticket_id=ticket.pk, at=at + timedelta(days=61))
    assert list(differences()) == []


def test_segment_a_report_by_mail_is_p4_until_the_customer_raises_it(people: Cast) -> None:
    agreed(people, "segment", "advanced")
    ticket = opened(people, by="contact", channel="email")
    assert (ticket.priority, due_at(ticket)) == ("P4", None)
    raised_at = MONDAY + 3 * HOUR
    contact = people.actor("contact")
    prioritise(actor=contact, ticket_id=ticket.pk, priority="P1", at=raised_at)
    # Advanced promises P1 an hour, round the clock, and its clock starts at the change.
    assert due_at(ticket) == raised_at + HOUR
    agent = people.actor("agent")
    prioritise(actor=agent, ticket_id=ticket.pk, priority="P3", at=raised_at + HOUR / 2)
    with pytest.raises(NotAllowed):
        prioritise(actor=contact, ticket_id=ticket.pk, priority="P1", at=raised_at + HOUR)


def test_segment_paid_plans_ask_for_a_priority_and_a_technical_contact(people: Cast) -> None:
    agreed(people, "segment", "premium")
    with pytest.raises(Invalid, match="Choose a priority"):
        opened(people, by="contact")
    with pytest.raises(Invalid, match="technical contact"):
        opened(people, "P2", by="contact")
    technical(people)
    assert due_at(opened(people, "P2", by="contact")) == MONDAY + 2 * HOUR
    fields = [question.key for question in intake_of(Binding.objects.get().pk).questions]
    assert fields == "affected impact started_at steps logs error_text incident_id".split()


def test_segment_sets_the_priority_itself_in_standard_and_the_customer_keeps_a_list(
    people: Cast,
) -> None:
    agreed(people, "segment", "standard")
    with pytest.raises(Invalid, match="desk sets the priority"):
        opened(people, "P1", by="contact")
    everybody = [people.colleague.pk, people.contact.pk, people.lone_contact.pk]
    arrange_support_list(
        actor=people.actor("owner"), organisation_id=people.acme.pk, person_ids=everybody, at=MONDAY
    )


def test_segment_two_steps_up_each_after_the_same_time(people: Cast) -> None:
    agreed(people, "segment", "premium")
    contact, ticket = people.actor("contact"), opened(people, "P1")
    quarter = HOUR / 4
    with pytest.raises(NotPossible):
        escalate(actor=contact, ticket_id=ticket.pk, level=1, at=MONDAY + quarter)
    first_at = MONDAY + 2 * quarter
    escalate(actor=contact, ticket_id=ticket.pk, level=1, at=first_at)
    assert due_at(ticket, "escalation") == first_at + quarter
    second_at = first_at + 2 * quarter
    escalate(actor=contact, ticket_id=ticket.pk, level=2, at=second_at)
    assert due_at(ticket, "escalation") == second_at + quarter


def test_segment_the_named_manager_works_in_their_own_hours(people: Cast) -> None:
    it = agreed(people, "segment", "premium-plus")
    owner = people.actor("owner")

    def named(place: str, person_id: int) -> None:
        appoint(actor=owner, subscription_id=it.pk, place=place, person_id=person_id, at=MONDAY)

    named("account_manager", people.agent.pk)
    set_hours(actor=owner, person_id=people.agent.pk, hours=BERLIN_OFFICE, at=MONDAY)
    assert opened(people, "P1").assignee == people.agent
    assert opened(people, "P1", at=MONDAY + 12 * HOUR).assignee is None
    named("success_manager", people.second_agent.pk)
    assert opened(people, "P1").assignee == people.second_agent


def test_segment_another_support_window_can_be_chosen(people: Cast) -> None:
    it = agreed(people, "segment", "standard")
    for window in ("pacific", "australian-eastern"):
        choose(
            actor=people.actor("owner"),
            subscription_id=it.pk,
            choice="support-window",
            picked=window,
            at=MONDAY,
        )
        terms = terms_of_binding(Binding.objects.latest("pk").pk)
        assert terms is not None
        assert terms.hours["P1"] == window


def test_neptune_counts_in_the_customers_hours_and_only_suggests_the_lower_half(
    people: Cast,
) -> None:
    agreed(people, "neptune", "basic")
    # Seven hours until five on Monday, the eighth on Tuesday until ten.
    assert due_at(opened(people, "1")) == MONDAY + 24 * HOUR
    # Three business days after Monday: the close of Thursday, 17:00 in Berlin.
    assert due_at(opened(people, "2")) == datetime(2026, 10, 22, 15, tzinfo=UTC)
    binding = {}
    for level in ("1", "2", "3", "4"):
        found = clock(opened(people, level))
        assert found is not None
        binding[level] = found.is_binding
    assert binding == {"1": True, "2": True, "3": False, "4": False}


def test_neptune_serves_extended_before_basic_and_counts_guidance(people: Cast) -> None:
    basic = agreed(people, "neptune", "basic")
    extended = agreed(people, "neptune", "extended")
    order = [("1", extended), ("1", basic), ("2", extended), ("2", basic)]
    ranks = [opened(people, level, it=it).rank for level, it in order]
    assert ranks == sorted(set(ranks))
    ticket = opened(people, "1", it=extended)
    agent = people.actor("agent")
    spend(actor=agent, ticket_id=ticket.pk, minutes=239, at=MONDAY)
    assert not Event.objects.filter(kind="used_up").exists()
    spend(actor=agent, ticket_id=ticket.pk, minutes=1, at=MONDAY)
    assert Event.objects.get(kind="used_up").ticket == ticket


def test_neptune_moving_up_hastens_what_is_open(people: Cast) -> None:
    it = agreed(people, "neptune", "basic")
    ticket = opened(people, "1")
    move(
        actor=people.actor("owner"),
        subscription_id=it.pk,
        plan="extended",
        at=MONDAY + HOUR,
    )
    assert due_at(ticket) == MONDAY + 2 * HOUR


def test_photoprism_gold_covers_four_incidents_and_takes_the_weekend_add_on(people: Cast) -> None:
    it = agreed(people, "photoprism", "gold")
    add_addon(actor=people.actor("owner"), subscription_id=it.pk, addon="weekend-cover", at=MONDAY)
    tickets = [opened(people, "1", by="contact") for _ in range(5)]
    over = Event.objects.filter(kind="opened", facts__over=["incidents"])
    assert [event.ticket for event in over] == tickets[4:]
    # Eight business hours end on Tuesday at ten, sixteen on Wednesday at ten.
    assert due_at(tickets[0]) == MONDAY + 24 * HOUR
    assert due_at(tickets[0], "resolution") == MONDAY + 48 * HOUR


def test_photoprism_promises_only_the_lowest_severity_in_professional(people: Cast) -> None:
    agreed(people, "photoprism", "professional")
    assert [due_at(opened(people, level)) for level in ("1", "2", "3")] == [None, None, None]
    # 24 business hours: seven on Monday, eight on Tuesday and Wednesday, the last on Thursday at ten.
    assert due_at(opened(people, "4")) == MONDAY + 72 * HOUR


def test_ujet_sets_priorities_and_keeps_hours_in_california(people: Cast) -> None:
    it = agreed(people, "ujet", "standard")
    ticket = opened(people, by="contact")
    assert ticket.priority == ""
    prioritise(actor=people.actor("agent"), ticket_id=ticket.pk, priority="P1", at=MONDAY)
    # The office opens at nine in Los Angeles, 16:00 UTC; one business hour later it is due.
    assert due_at(ticket) == datetime(2026, 10, 19, 17, tzinfo=UTC)
    move(actor=people.actor("owner"), subscription_id=it.pk, plan="premium", at=MONDAY + HOUR / 4)
    assert due_at(ticket) == MONDAY + HOUR / 2
    appoint(
        actor=people.actor("owner"),
        subscription_id=it.pk,
        place="success_manager",
        person_id=people.agent.pk,
        at=MONDAY,
    )
    assert opened(people, "P0").assignee is None


def test_ujet_thanksgiving_is_no_day_for_the_round_the_clock_team(people: Cast) -> None:
    agreed(people, "ujet", "premium")
    # Wednesday, 25 November 2026, 23:00 in Los Angeles; Thursday is the holiday, Friday the next business day.
    late = datetime(2026, 11, 26, 7, tzinfo=UTC)
    # One of two business hours is left before midnight, the other comes after the holiday.
    assert due_at(opened(people, "P2", at=late)) == datetime(2026, 11, 27, 9, tzinfo=UTC)
    # Friday ends at midnight in Los Angeles.
    assert due_at(opened(people, "P4", at=late)) == datetime(2026, 11, 28, 8, tzinfo=UTC)
