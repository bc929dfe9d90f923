"""A ticket without a subscription walks the whole way and has no clocks."""

from datetime import timedelta

import pytest

from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.wait import wait
from duly.desk.clocks.clock import Clock
from duly.desk.errors import NotPossible
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Status, Ticket
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)


def test_a_ticket_walks_from_open_to_closed(people: Cast) -> None:
    contact, agent = people.actor("contact", "portal"), people.actor("agent")
    ticket = open_ticket(actor=contact, subject="Nothing  prints", text="Since today.", at=MONDAY)
    it = ticket.pk
    assign(
        actor=agent, ticket_id=it, team_id=people.team.pk, assignee_id=people.agent.pk, at=MONDAY
    )
    note(actor=agent, ticket_id=it, text="Seen this before.", at=MONDAY + HOUR)
    reply(actor=agent, ticket_id=it, text="Is it on?", then="wait", at=MONDAY + 2 * HOUR)
    reply(actor=contact, ticket_id=it, text="Yes.", at=MONDAY + 3 * HOUR)
    wait(actor=agent, ticket_id=it, on="third_party", at=MONDAY + 4 * HOUR)
    resume(actor=agent, ticket_id=it, at=MONDAY + 5 * HOUR)
    resolve(actor=agent, ticket_id=it, at=MONDAY + 6 * HOUR)
    reopen(actor=contact, ticket_id=it, at=MONDAY + 7 * HOUR)
    reply(actor=agent, ticket_id=it, text="Now?", then="resolve", at=MONDAY + 8 * HOUR)
    close(actor=agent, ticket_id=it, at=MONDAY + 9 * HOUR)

    kinds = Event.objects.filter(ticket=ticket).values_list("kind", flat=True)
    assert list(kinds) == [
        "opened",
        "assigned",
        "noted",
        "replied",
        "waiting",
        "replied",
        "waiting",
        "resumed",
        "resolved",
        "reopened",
        "replied",
        "resolved",
        "closed",
    ]
    ticket = Ticket.objects.get()
    assert ticket.number >= 1001
    assert ticket.subject == "Nothing prints"
    assert ticket.status == Status.CLOSED
    assert ticket.sequence == 13
    assert ticket.resolved_at == MONDAY + 8 * HOUR
    assert ticket.closed_at == MONDAY + 9 * HOUR
    assert not Clock.objects.exists()


def test_a_closed_ticket_takes_notes_but_no_replies(people: Cast) -> None:
    agent = people.actor("agent")
    ticket = open_ticket(
        actor=people.actor("contact"), subject="Door", text="It sticks.", at=MONDAY
    )
    close(actor=agent, ticket_id=ticket.pk, at=MONDAY + HOUR)
    note(actor=agent, ticket_id=ticket.pk, text="For later.", at=MONDAY + 2 * HOUR)
    with pytest.raises(NotPossible, match="closed"):
        reply(actor=people.actor("contact"), ticket_id=ticket.pk, text="But", at=MONDAY + 3 * HOUR)
