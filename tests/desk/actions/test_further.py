"""The rarer actions: what each does, who may not, what bad input gets."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from duly.desk.access.actor import Actor
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude, withdraw_exclusion
from duly.desk.actions.tickets.mark import mark
from duly.desk.actions.tickets.merge import merge, unmerge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.retitle import retitle
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.spend import spend
from duly.desk.actions.tickets.wait import wait
from duly.desk.actions.tickets.wake import wake
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotAllowed, NotFound, NotPossible
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Status, Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, acme_holds

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(people: Cast) -> Cast:
    acme_holds(people, FULL)
    return people


def opened(people: Cast, name: str = "contact", priority: str = "1") -> Ticket:
    actor = people.actor(name)
    covered = priority if name in ("contact", "colleague") else None
    return open_ticket(actor=actor, subject="Door", text="Stuck.", priority=covered, at=MONDAY)


def state(ticket: Ticket, kind: str = "first_response", cycle: int = 1) -> str:
    return Clock.objects.get(ticket=ticket, kind=kind, cycle=cycle).state


def kinds(ticket: Ticket) -> list[str]:
    return list(Event.objects.filter(ticket=ticket).values_list("kind", flat=True))


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


Act = Callable[[Actor, int], object]
AGENTS_ONLY: dict[str, Act] = {
    "mark": lambda actor, it: mark(actor=actor, ticket_id=it, mark="workaround", at=MONDAY),
    "exclude": lambda actor, it: exclude(actor=actor, ticket_id=it, cause="training", at=MONDAY),
    "withdraw": lambda actor, it: withdraw_exclusion(actor=actor, ticket_id=it, at=MONDAY),
    "merge": lambda actor, it: merge(actor=actor, ticket_id=it, into_id=it + 1, at=MONDAY),
    "unmerge": lambda actor, it: unmerge(actor=actor, ticket_id=it, at=MONDAY),
    "spend": lambda actor, it: spend(actor=actor, ticket_id=it, minutes=5, at=MONDAY),
    "snooze": lambda actor, it: snooze(actor=actor, ticket_id=it, until=MONDAY + HOUR, at=MONDAY),
    "retitle": lambda actor, it: retitle(actor=actor, ticket_id=it, subject="X", at=MONDAY),
}


@pytest.mark.parametrize("verb", AGENTS_ONLY)
def test_contacts_and_light_agents_may_not(desk: Cast, verb: str) -> None:
    ticket = opened(desk)
    opened(desk)
    for name, refusal in (
        ("contact", NotAllowed),
        ("light_agent", NotAllowed),
        ("stranger", NotFound),
    ):
        with pytest.raises(refusal):
            AGENTS_ONLY[verb](desk.actor(name), ticket.pk)
    with pytest.raises(NotFound):
        AGENTS_ONLY[verb](desk.actor("lead"), ticket.pk + 1_000)
    assert kinds(ticket) == ["opened"]


def test_only_leads_exclude(desk: Cast) -> None:
    with pytest.raises(NotAllowed):
        exclude(actor=desk.actor("agent"), ticket_id=opened(desk).pk, cause="training", at=MONDAY)


def test_a_milestone_is_recorded_on_a_resolved_ticket_too(desk: Cast) -> None:
    ticket, agent = opened(desk), desk.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="Done.", then="resolve", at=MONDAY + HOUR)
    mark(actor=agent, ticket_id=ticket.pk, mark="root_cause", at=MONDAY + 2 * HOUR)
    assert kinds(ticket)[-1] == "marked"
    with pytest.raises(Invalid, match="workaround"):
        mark(actor=agent, ticket_id=ticket.pk, mark="fixed", at=MONDAY + 2 * HOUR)


def test_a_level_opens_with_the_miss_and_is_invoked_once(desk: Cast) -> None:
    ticket, contact = opened(desk), desk.actor("contact", "portal")
    with pytest.raises(NotPossible, match="not open"):
        escalate(actor=contact, ticket_id=ticket.pk, level=1, at=MONDAY + 2 * HOUR)
    escalate(actor=contact, ticket_id=ticket.pk, level=1, at=MONDAY + 3 * HOUR)
    assert kinds(ticket) == ["opened", "due_soon", "missed", "level_opened", "escalated"]
    clock = Clock.objects.get(ticket=ticket, kind="escalation")
    assert (clock.cycle, clock.started_at) == (1, MONDAY + 3 * HOUR)
    for level in (1, 2):
        with pytest.raises(NotPossible):
            escalate(actor=contact, ticket_id=ticket.pk, level=level, at=MONDAY + 4 * HOUR)


def test_after_an_answer_no_level_is_open(desk: Cast) -> None:
    ticket = opened(desk)
    reply(actor=desk.actor("agent"), ticket_id=ticket.pk, text="Late.", at=MONDAY + 3 * HOUR)
    with pytest.raises(NotPossible):
        escalate(actor=desk.actor("contact"), ticket_id=ticket.pk, level=1, at=MONDAY + 4 * HOUR)


def test_an_exclusion_voids_every_clock_and_its_withdrawal_restores_them(desk: Cast) -> None:
    ticket, lead = opened(desk), desk.actor("lead")
    exclude(actor=lead, ticket_id=ticket.pk, cause="training", at=MONDAY + HOUR)
    assert state(ticket) == state(ticket, "resolution") == "void"
    assert (fresh(ticket).excluded_by, fresh(ticket).next_due_at) == ("training", None)
    with pytest.raises(NotPossible):
        exclude(actor=lead, ticket_id=ticket.pk, cause="training", at=MONDAY + HOUR)
    withdraw_exclusion(actor=lead, ticket_id=ticket.pk, at=MONDAY + HOUR)
    assert (state(ticket), fresh(ticket).excluded_by) == ("running", "")
    assert fresh(ticket).next_due_at == MONDAY + 2 * HOUR
    with pytest.raises(NotPossible):
        withdraw_exclusion(actor=lead, ticket_id=ticket.pk, at=MONDAY + HOUR)


def test_only_a_clause_that_excludes_excludes(desk: Cast) -> None:
    with pytest.raises(Invalid, match="training"):
        exclude(actor=desk.actor("lead"), ticket_id=opened(desk).pk, cause="hours", at=MONDAY)


def test_merging_closes_one_and_marks_the_other(desk: Cast) -> None:
    one, other, agent = opened(desk), opened(desk, "colleague"), desk.actor("agent")
    merge(actor=agent, ticket_id=one.pk, into_id=other.pk, at=MONDAY + HOUR)
    assert (fresh(one).status, fresh(one).merged_into) == (Status.CLOSED, other)
    assert state(one) == "void"
    assert state(other) == "running"
    assert kinds(other) == ["opened", "absorbed"]
    with pytest.raises(NotPossible, match=str(other)):
        reply(actor=agent, ticket_id=one.pk, text="Hello?", at=MONDAY + HOUR)
    with pytest.raises(NotPossible):
        merge(actor=agent, ticket_id=other.pk, into_id=one.pk, at=MONDAY + HOUR)


def test_unmerging_lets_the_clocks_stand_as_if_nothing_had_been(desk: Cast) -> None:
    one, other, agent = opened(desk), opened(desk), desk.actor("agent")
    merge(actor=agent, ticket_id=one.pk, into_id=other.pk, at=MONDAY + HOUR)
    unmerge(actor=agent, ticket_id=one.pk, at=MONDAY + 3 * HOUR)
    assert (fresh(one).status, fresh(one).merged_into) == (Status.OPEN, None)
    # The answer was due while the ticket was merged, and nobody gave it.
    assert state(one) == "missed"
    assert kinds(one)[-3:] == ["unmerged", "missed", "level_opened"]
    assert kinds(other)[-1] == "released"
    with pytest.raises(NotPossible):
        unmerge(actor=agent, ticket_id=one.pk, at=MONDAY + 3 * HOUR)
    wake(at=MONDAY + 3 * HOUR)
    assert list(differences()) == []


def test_tickets_of_different_customers_are_not_merged(desk: Cast) -> None:
    one, other, agent = opened(desk), opened(desk, "stranger"), desk.actor("agent")
    with pytest.raises(Invalid, match="different customers"):
        merge(actor=agent, ticket_id=one.pk, into_id=other.pk, at=MONDAY)
    with pytest.raises(Invalid, match="itself"):
        merge(actor=agent, ticket_id=one.pk, into_id=one.pk, at=MONDAY)


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_minutes_are_between_one_and_a_day(desk: Cast, minutes: int) -> None:
    with pytest.raises(Invalid) as refused:
        spend(actor=desk.actor("agent"), ticket_id=opened(desk).pk, minutes=minutes, at=MONDAY)
    assert refused.value.field == "minutes"


def test_minutes_are_spent_on_an_allowance_that_there_is(desk: Cast) -> None:
    ticket, agent = opened(desk), desk.actor("agent")
    spend(actor=agent, ticket_id=ticket.pk, minutes=90, at=MONDAY)
    assert Event.objects.get(ticket=ticket, kind="spent").facts == {"minutes": 90}
    with pytest.raises(Invalid) as refused:
        spend(actor=agent, ticket_id=ticket.pk, minutes=5, on="travel", at=MONDAY)
    assert refused.value.field == "on"


def test_a_snoozed_ticket_comes_back_at_its_hour(desk: Cast) -> None:
    ticket, agent = opened(desk, priority="3"), desk.actor("agent")
    until = MONDAY + 5 * HOUR
    snooze(actor=agent, ticket_id=ticket.pk, until=until, at=MONDAY)
    assert fresh(ticket).wakes_at == until
    assert wake(at=until - timedelta(seconds=1)) == 0
    assert wake(at=until) == 1
    assert fresh(ticket).snoozed_until is None
    assert Event.objects.get(kind="returned").at == until
    assert list(differences()) == []


def test_the_customers_words_bring_a_snoozed_ticket_back(desk: Cast) -> None:
    ticket, agent = opened(desk), desk.actor("agent")
    snooze(actor=agent, ticket_id=ticket.pk, until=MONDAY + 5 * HOUR, at=MONDAY)
    reply(actor=desk.actor("contact"), ticket_id=ticket.pk, text="Hello?", at=MONDAY + HOUR)
    assert fresh(ticket).snoozed_until is None
    snooze(actor=agent, ticket_id=ticket.pk, until=MONDAY + 5 * HOUR, at=MONDAY + HOUR)
    snooze(actor=agent, ticket_id=ticket.pk, until=None, at=MONDAY + HOUR)
    assert fresh(ticket).snoozed_until is None
    assert list(differences()) == []


@pytest.mark.parametrize("until", [MONDAY, MONDAY - HOUR])
def test_a_ticket_is_not_put_aside_into_the_past(desk: Cast, until: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        snooze(actor=desk.actor("agent"), ticket_id=opened(desk).pk, until=until, at=MONDAY)
    assert refused.value.field == "until"


def test_a_subject_changes_without_its_words_in_the_history(desk: Cast) -> None:
    ticket, agent = opened(desk), desk.actor("agent")
    retitle(actor=agent, ticket_id=ticket.pk, subject=" Front  door ", at=MONDAY)
    retitle(actor=agent, ticket_id=ticket.pk, subject="Front door", at=MONDAY)
    assert fresh(ticket).subject == "Front door"
    assert kinds(ticket) == ["opened", "retitled"]
    assert Event.objects.get(kind="retitled").facts == {}


def test_a_reason_that_the_policy_names_pauses(desk: Cast) -> None:
    ticket, agent = opened(desk), desk.actor("agent")
    wait(actor=agent, ticket_id=ticket.pk, on="shipment", at=MONDAY)
    assert state(ticket, "resolution") == "paused"
    with pytest.raises(Invalid, match="shipment"):
        wait(actor=agent, ticket_id=ticket.pk, on="weather", at=MONDAY)


def test_a_closed_ticket_is_neither_escalated_nor_excluded(desk: Cast) -> None:
    ticket, lead = opened(desk), desk.actor("lead")
    close(actor=lead, ticket_id=ticket.pk, at=MONDAY)
    with pytest.raises(NotPossible):
        escalate(actor=desk.actor("contact"), ticket_id=ticket.pk, level=1, at=MONDAY)
    with pytest.raises(NotPossible):
        exclude(actor=lead, ticket_id=ticket.pk, cause="training", at=MONDAY)
