"""Settled clock rows are evidence: they change only where the contract takes something back."""

from datetime import timedelta

import pytest

from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.projection import may_follow
from duly.desk.clocks.truth import differences
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ({"state": "running"}, {"state": "missed"}, True),
        ({"state": "paused"}, {"state": "met"}, True),
        ({"state": "missed"}, {"state": "missed", "met_at": MONDAY, "late_seconds": 5}, True),
        ({"state": "missed"}, {"state": "missed", "due_at": MONDAY + HOUR}, False),
        ({"state": "missed"}, {"state": "met"}, False),
        ({"state": "missed"}, {"state": "running"}, False),
        ({"state": "missed"}, {"state": "void", "was": "missed"}, True),
        ({"state": "void"}, {"state": "missed"}, True),
        ({"state": "met"}, {"state": "running"}, True),
        ({"state": "met"}, {"state": "met", "met_at": MONDAY + HOUR}, False),
        ({"state": "met"}, {"state": "met", "priority": "2"}, False),
        ({"state": "superseded"}, {"state": "running"}, False),
    ],
)
def test_what_may_follow_what(
    before: dict[str, object], after: dict[str, object], may: bool
) -> None:
    usual = {"due_at": MONDAY, "priority": "1", "started_at": MONDAY, "terms_id": 1}
    assert may_follow(Clock(**{**usual, **before}), Clock(**{**usual, **after})) is may


def test_a_recorded_miss_is_not_written_over_and_the_difference_is_reported(
    covered: Cast,
) -> None:
    ticket = open_ticket(
        actor=covered.actor("contact"), subject="A", text="B", priority="1", at=MONDAY
    )
    agent = covered.actor("agent")
    reply(actor=agent, ticket_id=ticket.pk, text="C", at=MONDAY + HOUR)
    # As if an earlier version of Duly had judged this promise otherwise.
    Clock.objects.filter(kind="first_response").update(state="missed")
    note(actor=agent, ticket_id=ticket.pk, text="D", at=MONDAY + 2 * HOUR)
    assert Clock.objects.get(kind="first_response").state == "missed"
    assert [(d.column, d.stored, d.folded) for d in differences()] == [("state", "missed", "met")]
