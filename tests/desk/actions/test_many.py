"""Many tickets at once: each by the ordinary action, each with its outcome, once for each key, and back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.many import MOST, act_on_many, take_back_many
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.wait import wait
from duly.desk.errors import Invalid, NotFound, NotPossible
from duly.desk.queries.batches import Sheet, sheet
from duly.desk.tickets.batch import Batch
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

LATER = MONDAY + timedelta(hours=1)


def opened(people: Cast, count: int = 3, who: str = "contact") -> list[Ticket]:
    actor = people.actor(who)
    return [
        open_ticket(
            actor=actor,
            subject=f"Door {n}",
            text="…",
            priority="1" if who == "contact" else None,
            at=MONDAY,
        )
        for n in range(count)
    ]


def done(people: Cast, tickets: list[Ticket], verb: str, **facts: Any) -> Sheet:
    actor = people.actor("agent")
    ids = [ticket.pk for ticket in tickets]
    batch = act_on_many(actor=actor, verb=verb, ticket_ids=ids, facts=facts, key=verb, at=LATER)
    return sheet(actor, batch.pk)


def back(people: Cast, found: Sheet) -> Sheet:
    actor = people.actor("agent")
    return sheet(actor, take_back_many(actor=actor, batch_id=found.id, at=LATER).pk)


def standing(tickets: list[Ticket]) -> list[dict[str, Any]]:
    """Where tickets stand, save for what every event moves."""
    moving = ("sequence", "last_event_at", "wakes_at", "next_due_at")
    rows = Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).order_by("pk")
    return [
        {k: v for k, v in row.items() if k not in moving}
        | {"tags": sorted(Ticket.objects.get(pk=row["id"]).taggings.values_list("tag__name"))}
        for row in rows.values()
    ]


def test_it_is_done_to_each_and_says_why_not_to_others(covered: Cast) -> None:
    tickets = opened(covered)
    close(actor=covered.actor("lead"), ticket_id=tickets[1].pk, at=MONDAY)
    found = done(covered, tickets, "resolve", text="The doors were oiled.")
    assert found.done == 2
    (refused,) = found.refused
    assert (refused.number, refused.subject) == (tickets[1].number, "Door 1")
    assert "closed" in refused.why
    assert Message.objects.filter(text="The doors were oiled.").count() == 2
    assert [row["status"] for row in standing(tickets)] == ["resolved", "closed", "resolved"]


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("assign", {"assignee": None, "team": None}),
        ("prioritise", {"priority": "2"}),
        ("tag", {"added": ["new", "old"], "removed": ["Former"]}),
        ("wait", {"on": "third_party"}),
        ("snooze", {"until": "2026-10-26T08:00:00+00:00"}),
        ("resolve", {"text": ""}),
        ("merge", {}),
    ],
)
def test_what_was_done_is_taken_back(covered: Cast, verb: str, facts: dict[str, Any]) -> None:
    tickets = opened(covered, 2)
    boss, team, agent = covered.actor("owner"), covered.team.pk, covered.agent.pk
    for ticket in tickets:
        assign(actor=boss, ticket_id=ticket.pk, team_id=team, assignee_id=agent, at=MONDAY)
        tag(actor=boss, ticket_id=ticket.pk, names=["former"], at=MONDAY)
    if verb == "merge":
        facts = {"into": opened(covered, 1)[0].pk}
    before = standing(tickets)
    found = done(covered, tickets, verb, **facts)
    assert (found.done, found.refused) == (2, ())
    changed = standing(tickets)
    assert all(new != old for new, old in zip(changed, before, strict=True))
    found = back(covered, found)
    assert (found.undone, found.kept) == (2, ())
    assert standing(tickets) == before


def test_what_was_put_aside_or_waited_before_does_so_again(covered: Cast) -> None:
    (ticket,) = opened(covered, 1)
    boss, friday = covered.actor("owner"), MONDAY + timedelta(days=4)
    wait(actor=boss, ticket_id=ticket.pk, on="customer", at=MONDAY)
    snooze(actor=boss, ticket_id=ticket.pk, until=friday, at=MONDAY)
    before = standing([ticket])
    back(covered, done(covered, [ticket], "wait", on="third_party"))
    back(covered, done(covered, [ticket], "snooze", until="2026-11-26T08:00:00+00:00"))
    assert standing([ticket]) == before


def test_only_what_is_named_is_assigned(covered: Cast) -> None:
    (ticket,) = opened(covered, 1)
    done(covered, [ticket], "assign", team=covered.team.pk)
    ticket.refresh_from_db()
    assert (ticket.team_id, ticket.assignee_id) == (covered.team.pk, None)


def test_what_somebody_else_touched_since_is_left_as_it_is(covered: Cast) -> None:
    tickets = opened(covered, 2)
    found = done(covered, tickets, "wait", on="customer")
    note(actor=covered.actor("lead"), ticket_id=tickets[0].pk, text="On it", at=LATER)
    found = back(covered, found)
    assert (found.undone, [one.number for one in found.kept]) == (1, [tickets[0].number])
    assert [row["status"] for row in standing(tickets)] == ["waiting", "open"]


def test_the_same_key_does_nothing_twice_and_finishes_what_broke_off(covered: Cast) -> None:
    tickets = opened(covered)
    found = done(covered, tickets, "resolve", text="Done.")
    events = Event.objects.count()
    batch = Batch.objects.get()
    del batch.outcomes[str(tickets[2].pk)]  # as if the power had been cut before the last one
    batch.save()
    again = done(covered, tickets[:1], "resolve", text="Something else.")
    assert again.id == found.id
    assert Message.objects.filter(text="Done.").count() == 3
    assert Event.objects.count() == events
    assert (again.done, len(again.refused)) == (2, 1), "the last one was resolved already"
    assert back(covered, back(covered, again)).undone == 2


def test_what_the_actor_may_not_is_not_done(covered: Cast) -> None:
    (ticket,) = opened(covered, 1)
    light = covered.actor("light_agent")
    batch = act_on_many(
        actor=light,
        verb="assign",
        ticket_ids=[ticket.pk, 10**6],
        facts={"assignee": None},
        key="k",
        at=LATER,
    )
    found = sheet(light, batch.pk)
    assert found.done == 0
    assert [one.number for one in found.refused] == [ticket.number, None]
    assert "may not" in found.refused[0].why
    with pytest.raises(NotFound):
        sheet(covered.actor("agent"), batch.pk)


def test_a_closing_is_not_taken_back(covered: Cast) -> None:
    found = done(covered, opened(covered, 1), "close")
    with pytest.raises(NotPossible):
        back(covered, found)


@pytest.mark.parametrize(("verb", "count"), [("close", 0), ("close", MOST + 1), ("explode", 1)])
def test_what_makes_no_sense_is_refused(covered: Cast, verb: str, count: int) -> None:
    with pytest.raises(Invalid):
        act_on_many(
            actor=covered.actor("agent"),
            verb=verb,
            ticket_ids=range(1, count + 1),
            facts={},
            key="k",
            at=LATER,
        )
    assert not Batch.objects.exists()


def test_a_batch_is_forgotten_after_a_week(covered: Cast) -> None:
    done(covered, opened(covered, 1), "wait", on="customer")
    act_on_many(
        actor=covered.actor("agent"),
        verb="close",
        ticket_ids=[1],
        facts={},
        key="new",
        at=LATER + timedelta(days=8),
    )
    assert [batch.verb for batch in Batch.objects.all()] == ["close"]


def test_each_ticket_costs_its_action_and_four_statements_more(covered: Cast) -> None:
    tickets = opened(covered, 4)
    facts = {"on": "customer"}

    def sent(some: list[Ticket], key: str) -> int:
        actor = covered.actor("agent")
        with CaptureQueriesContext(connection) as context:
            ids = [ticket.pk for ticket in some]
            act_on_many(actor=actor, verb="wait", ticket_ids=ids, facts=facts, key=key, at=LATER)
        return sum("SAVEPOINT" not in query["sql"] for query in context)

    one, three = sent(tickets[:1], "a"), sent(tickets[1:], "b")
    with CaptureQueriesContext(connection) as context:
        alone = opened(covered, 1)[0]
        begun = len(context)
        wait(actor=covered.actor("agent"), ticket_id=alone.pk, on="customer", at=LATER)
        action = sum("SAVEPOINT" not in query["sql"] for query in context.captured_queries[begun:])
    # The actor's rights are read outside; lock the batch, lock the ticket, its sequence, keep the outcome.
    assert (three - one) / 2 <= action - 1 + 4
