"""The check behind `duly doctor`: rows that stray from their history are reported and left alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duly.cli.demo import make_demo
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.wake import wake
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)
POLICY = (Path(__file__).parents[2] / "policies" / "photoprism.yaml").read_text()


@pytest.mark.django_db
@pytest.mark.slow
def test_a_desk_that_only_the_door_wrote_to_has_no_differences() -> None:
    make_demo(at=datetime(2026, 11, 18, 13, tzinfo=UTC), policy=POLICY)
    assert [str(difference) for difference in differences()] == []


@pytest.fixture
def ticket(covered: Cast) -> Ticket:
    ticket = open_ticket(
        actor=covered.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    )
    reply(actor=covered.actor("agent"), ticket_id=ticket.pk, text="C", at=MONDAY + HOUR)
    wake(at=MONDAY + timedelta(days=5))
    return ticket


def test_a_ticket_that_has_slept_a_while_is_true(ticket: Ticket) -> None:
    assert list(differences()) == []


def test_a_clock_that_strays_is_named_and_left_alone(ticket: Ticket) -> None:
    Clock.objects.filter(kind="first_response").update(met_at=MONDAY)
    (found,) = differences()
    assert (found.ticket, found.what, found.column) == (ticket.number, "first_response 1", "met_at")
    assert (found.stored, found.folded) == (MONDAY, MONDAY + HOUR)
    assert Clock.objects.get(kind="first_response").met_at == MONDAY


def test_a_lost_clock_and_a_strange_one_are_named(ticket: Ticket) -> None:
    Clock.objects.filter(kind="first_response").update(cycle=7)
    found = {(d.what, d.stored, d.folded) for d in differences(ticket_ids=[ticket.pk])}
    assert found == {("first_response 1", False, True), ("first_response 7", True, False)}


def test_a_ticket_row_that_strays_is_named(ticket: Ticket) -> None:
    Ticket.objects.update(status="closed", rank=5)
    assert {(d.column, d.stored, d.folded) for d in differences()} == {
        ("status", "closed", "open"),
        ("rank", 5, 0),
    }


def test_a_tag_that_takes_its_ticket_to_be_elsewhere_is_named(
    covered: Cast, ticket: Ticket
) -> None:
    tag(actor=covered.actor("agent"), ticket_id=ticket.pk, names=["door"], at=MONDAY + HOUR)
    assert list(differences()) == []
    Tagging.objects.update(is_in_queue=False)
    assert [(d.what, d.folded) for d in differences()] == [("tags and fields", True)]
