"""Splitting: chosen messages go on in a ticket opened now; both histories stay true, and it can be taken back."""

from datetime import timedelta

import pytest

from duly.desk.actions.tickets.merge import unmerge
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.split import split, unsplit
from duly.desk.clocks.clock import Clock
from duly.desk.clocks.truth import differences
from duly.desk.errors import Invalid, NotAllowed, NotPossible
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Status, Ticket
from duly.desk.tickets.wording import Wording
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)
LATER = MONDAY + 3 * HOUR


@pytest.fixture
def ticket(covered: Cast) -> Ticket:
    """Clara asked about the door, Anton answered, Carl asked about the window besides."""
    contact = covered.actor("contact")
    it = open_ticket(actor=contact, subject="Door", text="Stuck.", priority="2", at=MONDAY)
    reply(actor=covered.actor("agent"), ticket_id=it.pk, text="Push.", at=MONDAY + HOUR)
    reply(
        actor=covered.actor("colleague"), ticket_id=it.pk, text="Glazing too.", at=MONDAY + 2 * HOUR
    )
    it.refresh_from_db()
    return it


def about_the_window(ticket: Ticket) -> list[int]:
    return [Message.objects.get(ticket=ticket, text="Glazing too.").pk]


def apart(people: Cast, ticket: Ticket, who: str = "agent", **given: object) -> Ticket:
    if "message_ids" not in given:
        given["message_ids"] = about_the_window(ticket)
    wanted = {"subject": "Window", "at": LATER} | given
    return split(actor=people.actor(who), ticket_id=ticket.pk, **wanted)  # type: ignore[arg-type]


def test_the_messages_go_on_in_a_ticket_of_whoever_wrote_them(
    covered: Cast, ticket: Ticket
) -> None:
    new = apart(covered, ticket)
    assert (new.requester, new.organisation, new.subject) == (
        covered.colleague,
        covered.acme,
        "Window",
    )
    assert [m.text for m in new.messages.all()] == ["Glazing too."]
    assert [m.text for m in ticket.messages.order_by("pk")] == ["Stuck.", "Push."]


def test_its_promises_count_from_the_splitting(covered: Cast, ticket: Ticket) -> None:
    new = apart(covered, ticket)
    first = Clock.objects.get(ticket=new, kind="first_response")
    # Split at 13:00 in Berlin: 4 of 8 business hours on Monday, the rest on Tuesday by 13:00.
    assert (first.started_at, first.due_at) == (LATER, LATER + timedelta(days=1))


def test_what_happened_to_the_old_one_stays(covered: Cast, ticket: Ticket) -> None:
    before = list(Clock.objects.filter(ticket=ticket).values().order_by("pk"))
    events = list(Event.objects.filter(ticket=ticket).values().order_by("pk"))
    apart(covered, ticket)
    assert list(Clock.objects.filter(ticket=ticket).values().order_by("pk")) == before
    after = list(Event.objects.filter(ticket=ticket).values().order_by("pk"))
    assert after[: len(events)] == events
    assert [each["kind"] for each in after[len(events) :]] == ["split"]


def test_both_histories_fold_to_what_is_stored(covered: Cast, ticket: Ticket) -> None:
    new = apart(covered, ticket)
    unsplit(actor=covered.actor("agent"), ticket_id=new.pk, at=LATER + HOUR)
    assert not list(differences(ticket_ids=[ticket.pk, new.pk]))


def test_both_are_found_by_their_words(covered: Cast, ticket: Ticket) -> None:
    new = apart(covered, ticket)
    assert "glazing" in Wording.objects.get(ticket=new).said
    assert "glazing" not in Wording.objects.get(ticket=ticket).said


def test_taken_back_the_messages_return_and_the_new_one_is_merged(
    covered: Cast, ticket: Ticket
) -> None:
    new = apart(covered, ticket)
    unsplit(actor=covered.actor("agent"), ticket_id=new.pk, at=LATER + HOUR)
    new.refresh_from_db()
    assert (new.status, new.merged_into) == (Status.CLOSED, ticket)
    assert ticket.messages.count() == 3
    assert "glazing" in Wording.objects.get(ticket=ticket).said


def test_a_ticket_whose_words_went_back_is_not_unmerged(covered: Cast, ticket: Ticket) -> None:
    new, agent = apart(covered, ticket), covered.actor("agent")
    unsplit(actor=agent, ticket_id=new.pk, at=LATER + HOUR)
    with pytest.raises(NotPossible, match=f"went back to {ticket}"):
        unmerge(actor=agent, ticket_id=new.pk, at=LATER + HOUR)
    assert apart(covered, ticket, at=LATER + HOUR).messages.count() == 1, "they can be split again"


def test_once_something_was_said_there_it_is_not_taken_back(covered: Cast, ticket: Ticket) -> None:
    new, agent = apart(covered, ticket), covered.actor("agent")
    note(actor=agent, ticket_id=new.pk, text="Ask the glazier.", at=LATER)
    with pytest.raises(NotPossible, match="since"):
        unsplit(actor=agent, ticket_id=new.pk, at=LATER)


def test_a_ticket_that_was_not_split_off_is_not_taken_back(covered: Cast, ticket: Ticket) -> None:
    with pytest.raises(NotPossible, match="not split"):
        unsplit(actor=covered.actor("agent"), ticket_id=ticket.pk, at=LATER)


def test_what_opened_the_ticket_stays(covered: Cast, ticket: Ticket) -> None:
    opening = ticket.messages.order_by("pk")[0].pk
    for chosen in ([], [opening], [999_999], [*about_the_window(ticket), opening]):
        with pytest.raises(Invalid) as caught:
            apart(covered, ticket, message_ids=chosen)
        assert caught.value.field == "messages"


def test_messages_of_another_ticket_cannot_be_taken(covered: Cast, ticket: Ticket) -> None:
    other = open_ticket(actor=covered.actor("contact"), subject="A", text="B", at=MONDAY)
    with pytest.raises(Invalid):
        apart(covered, other, message_ids=about_the_window(ticket))


@pytest.mark.parametrize("who", ["light_agent", "contact"])
def test_whoever_may_not_merge_may_not_split(covered: Cast, ticket: Ticket, who: str) -> None:
    with pytest.raises(NotAllowed):
        apart(covered, ticket, who)
