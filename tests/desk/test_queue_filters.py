"""Each filter of the queue holds back what it should, and a long queue is read to its end without a gap."""

from datetime import timedelta

import pytest

from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.people.organise import add_team
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.wait import wait
from duly.desk.queries import filtering, places
from duly.desk.queries.queue import queue
from duly.desk.tickets.field import FieldValue
from duly.desk.tickets.selection import Column, Filters, Selection, Sort
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Ticket
from tests.desk.once import once
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)
NOON = MONDAY + 2 * HOUR


def shown(people: Cast, selection: Selection, who: str = "agent") -> list[str]:
    return [line.subject for line in queue(people.actor(who), selection, at=NOON).lines]


@pytest.fixture
def desk(covered: Cast) -> Cast:
    return once(("filtered", covered.owner.pk), lambda: five_tickets(covered))


def five_tickets(people: Cast) -> Cast:
    """Urgent is due after 2 hours, normal after 8 business hours; Stella's promises nothing."""
    boss = people.actor("owner")

    def opened(subject: str, priority: str | None, who: str = "contact", **facts: str) -> Ticket:
        return open_ticket(
            actor=people.actor(who),
            subject=subject,
            text="…",
            priority=priority,
            at=MONDAY,
            **facts,  # type: ignore[arg-type]
        )

    urgent, normal, low = opened("urgent", "1"), opened("normal", "2"), opened("low", "3")
    aside = opened("aside", "2", channel="phone")
    opened("strange", None, "stranger")
    assign(
        actor=boss,
        ticket_id=urgent.pk,
        team_id=people.team.pk,
        assignee_id=people.agent.pk,
        at=MONDAY,
    )
    tag(actor=boss, ticket_id=normal.pk, names=["Printer", "floor 2"], at=MONDAY)
    stated = Asked(name="Product", choices=["Door", "Gate: wide"])
    add_field(actor=boss, kind="choice", asked=stated, at=MONDAY)
    for ticket, value in ((normal, "Door"), (low, "Gate: wide"), (urgent, "Gate: wide")):
        fill(actor=boss, ticket_id=ticket.pk, values={"product": value}, at=MONDAY)
    fill(actor=boss, ticket_id=urgent.pk, values={"product": ""}, at=MONDAY)
    wait(actor=boss, ticket_id=normal.pk, on="customer", at=MONDAY)
    wait(actor=boss, ticket_id=low.pk, on="third_party", at=MONDAY)
    snooze(actor=boss, ticket_id=aside.pk, until=MONDAY + 24 * HOUR, at=MONDAY)
    return people


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "urgent normal low strange"),
        ({"rank": "top"}, "urgent"),
        ({"rank": "upper"}, "urgent normal"),
        ({"rank": "unset"}, "strange"),
        ({"priority": "2"}, "normal"),
        ({"plan": "small"}, "urgent normal low"),
        ({"plan": "small/basic"}, "urgent normal low"),
        ({"plan": "small/gold"}, ""),
        ({"team": "none"}, "normal low strange"),
        ({"team": "mine"}, "urgent"),
        ({"assignee": "me"}, "urgent"),
        ({"assignee": "nobody"}, "normal low strange"),
        ({"tag": "printer"}, "normal"),
        ({"tag": "nothing"}, ""),
        ({"field": "product:door"}, "normal"),
        ({"field": "product:Gate: wide"}, "low"),
        ({"field": "product:Gate"}, ""),
        ({"field": "none:Door"}, ""),
        ({"state": "open"}, "urgent strange"),
        ({"state": "waiting"}, "normal low"),
        ({"state": "customer"}, "normal"),
        ({"state": "third_party"}, "low"),
        ({"state": "shipment"}, ""),
        ({"state": "aside"}, "aside"),
        ({"state": "aside", "channel": "phone"}, "aside"),
        ({"channel": "web"}, "urgent normal low strange"),
        # At noon, two hours later, urgent is due that very second; normal tomorrow at nine o'clock UTC, 20 h later.
        ({"due": "missed"}, ""),
        ({"due": "1h"}, "urgent"),
        ({"due": "24h"}, "urgent normal"),
        ({"due": "none"}, "low strange"),
        ({"opened": "1d"}, "urgent normal low strange"),
        ({"priority": "2", "state": "open"}, ""),
        ({"team": "mine", "due": "1h"}, "urgent"),
    ],
)
def test_a_filter_holds_back_what_does_not_fit(
    desk: Cast, asked: dict[str, str], expected: str
) -> None:
    assert sorted(shown(desk, Selection(Filters(**asked)))) == sorted(expected.split())


def test_filters_by_what_has_a_number(desk: Cast) -> None:
    assert shown(desk, Selection(Filters(organisation=str(desk.other.pk)))) == ["strange"]
    assert shown(desk, Selection(Filters(team=str(desk.team.pk)))) == ["urgent"]
    assert shown(desk, Selection(Filters(assignee=str(desk.agent.pk)))) == ["urgent"]
    assert shown(desk, Selection(Filters(assignee=str(desk.lead.pk)))) == []


def test_what_was_opened_long_ago_is_left_out(desk: Cast) -> None:
    later = queue(desk.actor("agent"), Selection(Filters(opened="1d")), at=MONDAY + 25 * HOUR)
    assert not later.lines


def test_a_tag_of_many_tickets_is_found_as_well(
    desk: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filtering, "FEW", 0)
    assert shown(desk, Selection(Filters(tag="printer"))) == ["normal"]
    assert shown(desk, Selection(Filters(tag="printer", field="product:Door"))) == ["normal"]
    assert shown(desk, Selection(Filters(field="product:gate: wide"))) == ["low"]


def test_marks_follow_their_ticket_out_of_the_queue_and_back(desk: Cast) -> None:
    boss, normal = desk.actor("owner"), Ticket.objects.get(subject="normal")
    marks = (Tagging.objects.filter(ticket=normal), FieldValue.objects.filter(ticket=normal))

    def in_queue() -> list[set[bool]]:
        return [set(rows.values_list("is_in_queue", flat=True)) for rows in marks]

    assert in_queue() == [{True}, {True}]
    resolve(actor=boss, ticket_id=normal.pk, at=NOON)
    assert in_queue() == [{False}, {False}]
    tag(actor=boss, ticket_id=normal.pk, names=["printer", "old"], at=NOON)
    fill(actor=boss, ticket_id=normal.pk, values={"product": "Gate: wide"}, at=NOON)
    assert in_queue() == [{False}, {False}]
    reopen(actor=boss, ticket_id=normal.pk, at=NOON)
    assert in_queue() == [{True}, {True}]
    assert shown(desk, Selection(Filters(tag="old", field="product:gate: wide"))) == ["normal"]


def test_no_filter_shows_what_a_private_team_keeps(desk: Cast) -> None:
    boss = desk.actor("owner")
    private = add_team(actor=boss, name="Private", is_private=True, at=MONDAY)
    urgent = Ticket.objects.get(subject="urgent")
    assign(actor=boss, ticket_id=urgent.pk, team_id=private.pk, assignee_id=None, at=MONDAY)
    assert shown(desk, Selection(Filters(rank="top"))) == []
    assert shown(desk, Selection(Filters(team=str(private.pk)))) == []
    assert shown(desk, Selection(Filters(rank="top")), "owner") == ["urgent"]


def test_the_orders_and_the_further_columns(desk: Cast) -> None:
    assert shown(desk, Selection(sort=Sort.OLDEST)) == ["urgent", "normal", "low", "strange"]
    assert shown(desk, Selection(sort=Sort.NEWEST)) == ["strange", "low", "normal", "urgent"]
    wanted = Selection(Filters(tag="printer"), columns=tuple(Column))
    (line,) = queue(desk.actor("agent"), wanted, at=NOON).lines
    assert (line.plan, line.channel, line.opened_at) == ("Basic", "web", MONDAY)
    assert line.tags == ("floor 2", "printer")


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_long_queue_is_read_to_its_end_without_a_gap(desk: Cast, sort: Sort, size: int) -> None:
    for number in range(3):
        open_ticket(
            actor=desk.actor("contact"),
            subject=f"low {number}",
            text="…",
            priority="3",
            at=MONDAY + number * HOUR,
        )
    rows = Ticket.objects.filter(snoozed_until=None)
    whole = list(rows.order_by(*places.ORDERS[sort]))
    found = list[Ticket]()
    while True:
        place = places.read_place(places.place_of(found[-1]).written()) if found else None
        part = places.rows_behind(rows, sort, place, size)
        found += part
        if not part:
            break
    assert found == whole
    assert len(found) == 7


@pytest.mark.parametrize("written", ["", "1", "a_b_c_d", "1e400_0_0_0", "___", "0_0_0_"])
def test_a_place_that_is_none_is_the_beginning(written: str) -> None:
    assert places.read_place(written) is None
