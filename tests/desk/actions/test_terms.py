"""Amendments, add-ons, choices and the end of a subscription: what changes when, and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from duly.desk.access.actor import the_desk
from duly.desk.actions.agreements.addons import add_addon, drop_addon
from duly.desk.actions.agreements.amend import amend
from duly.desk.actions.agreements.choose import choose
from duly.desk.actions.agreements.come_into_force import come_into_force
from duly.desk.actions.agreements.end import end
from duly.desk.actions.agreements.move import move
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotFound
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds

HOUR = timedelta(hours=1)
WEDNESDAY = datetime(2026, 10, 20, 22, tzinfo=UTC)
"""Midnight in Berlin, where the plan has its hours."""

LATE = '{zone: America/New_York, week: {mon-fri: "09:00-17:00"}, holidays: []}'
RICH = (
    SMALL.replace("calendars: {office:", f"calendars: {{late: {LATE}, office:").replace(
        "    hours: office", "    hours: window"
    )
    + """
  gold:
    name: Gold
    base: basic
    targets: {first_response: {1: 30 minutes}}
choices: {window: {label: Support window, of: [office, late]}}
addons:
  round-the-clock: {name: Round the clock, to: [basic], targets: {first_response: {2: 8 hours}}}
"""
)
"""The small policy with a window to choose, a dearer plan and an add-on."""


@pytest.fixture
def subscription(people: Cast) -> Subscription:
    return acme_holds(people, RICH, choices={"window": "office"})


def opened(people: Cast, priority: str = "1") -> Ticket:
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority=priority, at=MONDAY)


def due_at(ticket: Ticket) -> datetime | None:
    return Clock.objects.get(ticket=ticket, kind="first_response").due_at


def faster(people: Cast, subscription: Subscription, from_on: date, value: str = "1 hour") -> None:
    amend(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        path="targets.first_response.1",
        value=value,
        reason="Contract 7",
        from_on=from_on,
        at=MONDAY,
    )


def plans_from(at: datetime) -> list[tuple[datetime, str, int]]:
    """What a later ticket would get: the chain from an instant on, with the seconds of the first response."""
    chain: dict[datetime, tuple[str, int]] = {}
    for row in Binding.objects.filter(from_at__gte=at).order_by("from_at", "pk"):
        target = row.terms["terms"]["targets"]["first_response"]["1"][0]["target"]
        chain[row.from_at] = (row.plan, target["within"]["amount"])
    return [(since, *what) for since, what in sorted(chain.items())]


def test_an_amendment_of_today_moves_open_tickets_at_once(
    people: Cast, subscription: Subscription
) -> None:
    ticket = opened(people)
    faster(people, subscription, MONDAY.date())
    assert due_at(ticket) == MONDAY + HOUR
    event = Event.objects.get(kind="moved")
    assert (event.at, event.facts["why"]) == (MONDAY, "amendment")
    (change,) = Clock.objects.get(ticket=ticket, kind="first_response").changes
    assert change == {
        "at": "2026-10-19T08:00:00Z",
        "due_at": "2026-10-19T10:00:00Z",
        "why": "amendment",
    }
    entry = AuditEntry.objects.get(act="subscription_amended")
    assert entry.facts == {"path": "targets.first_response.1", "since": "2026-10-19"}


def test_an_amendment_ahead_takes_effect_on_its_day_and_only_once(
    people: Cast, subscription: Subscription
) -> None:
    ticket = opened(people, "2")
    amend(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        path="targets.first_response.2",
        value="20 business hours",
        reason="Contract 7",
        from_on=date(2026, 10, 21),
        at=MONDAY,
    )
    # Eight business hours from Monday at ten are used up on Tuesday at ten.
    assert due_at(ticket) == datetime(2026, 10, 20, 8, tzinfo=UTC)
    assert Subscription.objects.get().wakes_at == WEDNESDAY
    desk = the_desk("timer")
    assert come_into_force(actor=desk, at=WEDNESDAY - timedelta(seconds=1)) == 0
    assert come_into_force(actor=desk, at=WEDNESDAY + HOUR) == 1
    assert come_into_force(actor=desk, at=WEDNESDAY + HOUR) == 0
    assert Event.objects.get(kind="moved").at == WEDNESDAY
    assert Subscription.objects.get().wakes_at is None
    assert list(differences()) == []


def test_a_change_of_today_also_holds_on_top_of_what_was_agreed_for_later(
    people: Cast, subscription: Subscription
) -> None:
    faster(people, subscription, date(2026, 10, 21))
    add_addon(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        addon="round-the-clock",
        at=MONDAY + HOUR,
    )
    assert plans_from(MONDAY) == [(MONDAY + HOUR, "basic", 2), (WEDNESDAY, "basic", 1)]
    latest = Binding.objects.filter(from_at=WEDNESDAY).latest("pk")
    assert latest.made_from["addons"] == [{"addon": "round-the-clock", "units": 1}]
    assert latest.why == "amendment"


def test_a_later_move_is_replaced_by_one_of_today(people: Cast, subscription: Subscription) -> None:
    owner = people.actor("owner")
    move(actor=owner, subscription_id=subscription.pk, plan="gold", from_at=WEDNESDAY, at=MONDAY)
    assert plans_from(MONDAY) == [(WEDNESDAY, "gold", 30)]
    move(actor=owner, subscription_id=subscription.pk, plan="basic", at=MONDAY)
    assert plans_from(MONDAY) == [(MONDAY, "basic", 2), (WEDNESDAY, "basic", 2)]


def test_an_add_on_changes_a_target_and_giving_it_up_brings_it_back(
    people: Cast, subscription: Subscription
) -> None:
    owner, ticket = people.actor("owner"), opened(people, "2")
    add_addon(actor=owner, subscription_id=subscription.pk, addon="round-the-clock", at=MONDAY)
    assert due_at(ticket) == MONDAY + 8 * HOUR
    drop_addon(actor=owner, subscription_id=subscription.pk, addon="round-the-clock", at=MONDAY)
    assert due_at(ticket) == MONDAY + 24 * HOUR
    acts = AuditEntry.objects.filter(act__startswith="addon").values_list("act", flat=True)
    assert list(acts) == ["addon_added", "addon_dropped"]


def test_another_window_re_targets_what_is_open(people: Cast, subscription: Subscription) -> None:
    ticket = opened(people, "2")
    choose(
        actor=people.actor("owner"),
        subscription_id=subscription.pk,
        choice="window",
        picked="late",
        at=MONDAY,
    )
    # Nine to five in New York, in summer time, is 13:00 to 21:00 UTC: all of Monday's eight hours lie ahead.
    assert due_at(ticket) == datetime(2026, 10, 19, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        (("targets.first_response.1", "soon", "Contract"), "held"),
        (("tragets.first_response.1", "1 hour", "Contract"), "held"),
        (("", "1 hour", "Contract"), "held"),
        (("targets.first_response.1", "1 hour", " "), "reason"),
    ],
)
def test_an_amendment_that_means_nothing_is_refused(
    people: Cast, subscription: Subscription, stated: tuple[str, str, str], field: str
) -> None:
    path, value, reason = stated
    with pytest.raises(Invalid) as refused:
        amend(
            actor=people.actor("owner"),
            subscription_id=subscription.pk,
            path=path,
            value=value,
            reason=reason,
            from_on=MONDAY.date(),
            at=MONDAY,
        )
    assert refused.value.field == field
    assert Binding.objects.count() == 1


def test_what_the_policy_does_not_offer_is_refused(
    people: Cast, subscription: Subscription
) -> None:
    owner, it = people.actor("owner"), subscription.pk
    with pytest.raises(Invalid, match="there is: office, late"):
        choose(actor=owner, subscription_id=it, choice="window", picked="early", at=MONDAY)
    with pytest.raises(Invalid, match="there is: window"):
        choose(actor=owner, subscription_id=it, choice="door", picked="early", at=MONDAY)
    with pytest.raises(Invalid, match="no add-on"):
        add_addon(actor=owner, subscription_id=it, addon="moon", at=MONDAY)
    with pytest.raises(Invalid, match="at least one"):
        add_addon(actor=owner, subscription_id=it, addon="round-the-clock", units=0, at=MONDAY)
    with pytest.raises(Invalid, match="not held"):
        drop_addon(actor=owner, subscription_id=it, addon="round-the-clock", at=MONDAY)
    move(actor=owner, subscription_id=it, plan="gold", at=MONDAY)
    with pytest.raises(Invalid, match="not for gold"):
        add_addon(actor=owner, subscription_id=it, addon="round-the-clock", at=MONDAY)


@pytest.mark.parametrize("name", ["agent", "contact"])
def test_neither_agents_nor_contacts_change_terms(
    people: Cast, subscription: Subscription, name: str
) -> None:
    actor, it = people.actor(name), subscription.pk
    attempts: list[Callable[[], object]] = [
        lambda: choose(actor=actor, subscription_id=it, choice="window", picked="late", at=MONDAY),
        lambda: add_addon(actor=actor, subscription_id=it, addon="round-the-clock", at=MONDAY),
        lambda: drop_addon(actor=actor, subscription_id=it, addon="round-the-clock", at=MONDAY),
        lambda: end(actor=actor, subscription_id=it, on=MONDAY.date(), at=MONDAY),
        lambda: amend(
            actor=actor,
            subscription_id=it,
            path="hours",
            value="late",
            reason="x",
            from_on=MONDAY.date(),
            at=MONDAY,
        ),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    assert Binding.objects.count() == 1


def test_a_subscription_covers_its_last_day_and_keeps_what_it_promised(
    people: Cast, subscription: Subscription
) -> None:
    owner, ticket = people.actor("owner"), opened(people)
    end(actor=owner, subscription_id=subscription.pk, on=MONDAY.date(), at=MONDAY)
    assert opened(people).subscription == subscription
    contact = people.actor("contact")
    after = open_ticket(actor=contact, subject="A", text="B", at=MONDAY + 24 * HOUR)
    assert after.subscription is None
    assert due_at(ticket) == MONDAY + 2 * HOUR
    with pytest.raises(Invalid, match="2026-10-20 or later"):
        end(actor=owner, subscription_id=subscription.pk, on=MONDAY.date(), at=MONDAY + 24 * HOUR)
    end(actor=owner, subscription_id=subscription.pk, on=None, at=MONDAY + 24 * HOUR)
    again = open_ticket(actor=contact, subject="A", text="B", at=MONDAY + 24 * HOUR)
    assert again.subscription == subscription
