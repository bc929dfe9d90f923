"""A reply that may be taken back: it counts when it has left, never before, and never risks a promise."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from duly.desk.actions.people.undo_time import set_undo_time
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.send import let_leave, next_leave, send, take_back
from duly.desk.clocks.clock import Clock
from duly.desk.errors import Invalid, NotFound, NotPossible, Overtaken
from duly.desk.tickets.attachment import Attachment, NewFile, place_of
from duly.desk.tickets.draft import Draft, DraftOf
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.pending_reply import PendingReply
from duly.desk.tickets.ticket import Status, Ticket
from tests.desk.people import MONDAY, Cast

SECOND = timedelta(seconds=1)
LEAVES = MONDAY + 70 * SECOND
"""Sent a minute after the opening, by somebody with ten seconds."""


@pytest.fixture(autouse=True)
def _storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def ticket(covered: Cast) -> Ticket:
    for name in ("agent", "second_agent"):
        set_undo_time(actor=covered.actor(name), seconds=10, at=MONDAY)
    return open_ticket(
        actor=covered.actor("contact"), subject="Door", text="Stuck.", priority="1", at=MONDAY
    )


def sent(people: Cast, ticket: Ticket, **given: object) -> Message | PendingReply:
    wanted = {"actor": people.actor("agent"), "text": "Push.", "at": MONDAY + 60 * SECOND} | given
    return send(ticket_id=ticket.pk, **wanted)  # type: ignore[arg-type]


def first_answer(ticket: Ticket) -> Clock:
    return Clock.objects.get(ticket=ticket, kind="first_response")


def test_it_counts_when_it_has_left(covered: Cast, ticket: Ticket) -> None:
    assert isinstance(sent(covered, ticket), PendingReply)
    assert next_leave() == LEAVES
    assert let_leave(at=LEAVES - SECOND) == 0
    assert first_answer(ticket).state == "running"
    assert let_leave(at=LEAVES) == 1
    assert first_answer(ticket).met_at == LEAVES
    assert Message.objects.get(is_from_agent=True).text == "Push."
    assert next_leave() is None


def test_what_nobody_can_see_keeps_no_promise(covered: Cast, ticket: Ticket) -> None:
    with pytest.raises(Invalid, match="is empty"):
        sent(covered, ticket, text="\u200b")
    assert let_leave(at=LEAVES) == 0
    assert first_answer(ticket).state == "running"


def test_what_was_to_follow_follows_when_it_leaves(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket, then="resolve")
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    let_leave(at=LEAVES)
    ticket.refresh_from_db()
    assert ticket.status == Status.RESOLVED


SHOT = NewFile("shot.png", "image/png", b"\x89PNG\xff", content_id="1", is_inline=True)
LOG = NewFile("log.txt", "text/plain", b"line")


def enclosed(ticket: Ticket) -> list[str]:
    rows = Attachment.objects.filter(message__ticket=ticket).order_by("pk")
    return list(rows.values_list("name", flat=True))


def kept(people: Cast, ticket: Ticket, who: str = "agent") -> dict[str, str]:
    """The files of somebody's draft: names by SHA-256."""
    rows = Draft.objects.filter(person=people.actor(who).person_id, ticket=ticket)
    return {file["content"]: file["name"] for row in rows for file in row.files}


def test_files_leave_with_the_reply_and_nobody_has_them_before(
    covered: Cast, ticket: Ticket
) -> None:
    sent(covered, ticket, files=[SHOT, LOG])
    assert enclosed(ticket) == []
    let_leave(at=LEAVES)
    assert enclosed(ticket) == ["shot.png", "log.txt"]
    found = Attachment.objects.get(name="shot.png")
    assert (found.content_id, found.is_inline, found.file.media_type) == ("1", True, "image/png")
    with default_storage.open(found.file.place) as stored:
        assert stored.read() == SHOT.content


def test_taken_back_the_files_are_kept_with_the_draft_until_it_is_sent_again(
    covered: Cast, ticket: Ticket
) -> None:
    agent, it = covered.actor("agent"), ticket.pk
    sent(covered, ticket, files=[SHOT, LOG])
    take_back(actor=agent, ticket_id=it, at=LEAVES - SECOND)
    assert sorted(kept(covered, ticket).values()) == ["log.txt", "shot.png"]
    for text in ("Push har", ""):
        save_draft(actor=agent, ticket_id=it, of=DraftOf.REPLY, text=text, at=MONDAY)
    (log,) = [key for key, name in kept(covered, ticket).items() if name == "log.txt"]
    more = NewFile("more.txt", "text/plain", b"more")
    for _ in range(2):
        sent(covered, ticket, text="Push harder.", files=[more], kept=[log], key="k")
    let_leave(at=LEAVES)
    assert enclosed(ticket) == ["more.txt", "log.txt"]
    assert not Draft.objects.exists()
    answer = sent(covered, ticket, text="Push harder.", kept=[log], key="k", at=LEAVES + SECOND)
    assert isinstance(answer, Message), "the same form again is the message of the first time"


def test_nobody_sends_files_of_somebody_elses_draft(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket, files=[SHOT])
    take_back(actor=covered.actor("agent"), ticket_id=ticket.pk, at=LEAVES - SECOND)
    (shot,) = kept(covered, ticket)
    other = covered.actor("second_agent")
    with pytest.raises(Invalid, match="not there any more"):
        sent(covered, ticket, actor=other, kept=[shot])
    with pytest.raises(Invalid):
        note(actor=other, ticket_id=ticket.pk, text="See.", kept=[shot], at=MONDAY)
    assert not Attachment.objects.exists()


def test_files_that_cannot_leave_are_the_drafts_again(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket, files=[LOG])
    close(actor=covered.actor("owner"), ticket_id=ticket.pk, at=LEAVES - SECOND)
    let_leave(at=LEAVES)
    assert list(kept(covered, ticket).values()) == ["log.txt"]
    assert PendingReply.objects.get().files == []
    assert enclosed(ticket) == []


def test_a_file_that_is_gone_from_the_storage_holds_its_reply_back(
    covered: Cast, ticket: Ticket
) -> None:
    sent(covered, ticket, files=[LOG])
    default_storage.delete(place_of(PendingReply.objects.get().files[0]["content"]))
    let_leave(at=LEAVES)
    assert "log.txt is missing" in PendingReply.objects.get().problem
    assert not Message.objects.filter(is_from_agent=True).exists()


def test_too_many_files_are_refused_before_they_wait(covered: Cast, ticket: Ticket) -> None:
    with pytest.raises(Invalid, match="At most 10 files"):
        sent(covered, ticket, files=[LOG] * 11)
    agent, it = covered.actor("agent"), ticket.pk
    many = [NewFile(f"{n}.txt", "text/plain", bytes([n])) for n in range(6)]
    save_draft(actor=agent, ticket_id=it, of=DraftOf.NOTE, text="A", files=many, at=MONDAY)
    with pytest.raises(Invalid, match="At most 10 files"):
        save_draft(actor=agent, ticket_id=it, of=DraftOf.NOTE, text="B", files=many, at=MONDAY)
    assert len(kept(covered, ticket)) == 6


def test_a_note_has_files_too_and_those_of_its_draft(covered: Cast, ticket: Ticket) -> None:
    agent, it = covered.actor("agent"), ticket.pk
    save_draft(actor=agent, ticket_id=it, of=DraftOf.NOTE, text="", files=[LOG], at=MONDAY)
    keys = list(kept(covered, ticket))
    written = [
        note(actor=agent, ticket_id=it, text="See.", files=[SHOT], kept=keys, key="k", at=MONDAY)
        for _ in range(2)
    ]
    assert written[0] == written[1]
    names = Attachment.objects.filter(note=written[0]).order_by("pk").values_list("name", flat=True)
    assert list(names) == ["shot.png", "log.txt"]


def test_taken_back_it_never_was(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket)
    before = Event.objects.count()
    take_back(actor=covered.actor("agent"), ticket_id=ticket.pk, at=LEAVES - SECOND)
    assert let_leave(at=LEAVES) == 0
    assert (Event.objects.count(), first_answer(ticket).state) == (before, "running")
    assert Draft.objects.get(person=covered.agent).text == "Push."


def test_what_has_left_is_not_taken_back(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket)
    let_leave(at=LEAVES)
    with pytest.raises(NotPossible, match="left already"):
        take_back(actor=covered.actor("agent"), ticket_id=ticket.pk, at=LEAVES)


def test_nobody_takes_back_the_reply_of_another(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket)
    with pytest.raises(NotPossible):
        take_back(actor=covered.actor("second_agent"), ticket_id=ticket.pk, at=LEAVES - SECOND)
    assert PendingReply.objects.exists()


def test_a_promise_that_falls_due_meanwhile_is_not_put_at_risk(
    covered: Cast, ticket: Ticket
) -> None:
    # Due at 12:00:00; sent at 11:59:55 it would leave at 12:00:05.
    late = MONDAY + timedelta(hours=2) - 5 * SECOND
    assert isinstance(sent(covered, ticket, at=late), Message)
    assert first_answer(ticket).met_at == late


def test_the_same_form_twice_is_one_reply(covered: Cast, ticket: Ticket) -> None:
    first, again = (sent(covered, ticket, key="k") for _ in range(2))
    assert first == again
    let_leave(at=LEAVES)
    assert isinstance(sent(covered, ticket, key="k", at=LEAVES), Message)
    assert Message.objects.filter(is_from_agent=True).count() == 1


def test_a_second_reply_lets_the_first_leave_at_once(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket)
    sent(covered, ticket, text="And pull.", seen=1, at=MONDAY + 63 * SECOND)
    assert first_answer(ticket).met_at == MONDAY + 63 * SECOND
    assert PendingReply.objects.get().text == "And pull."


def test_two_agents_never_answer_at_once(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket)
    with pytest.raises(Overtaken, match="Anton is sending"):
        sent(covered, ticket, actor=covered.actor("second_agent"), at=MONDAY + 61 * SECOND)


def test_what_cannot_leave_any_more_is_a_draft_with_the_reason(
    covered: Cast, ticket: Ticket
) -> None:
    sent(covered, ticket)
    close(actor=covered.actor("lead"), ticket_id=ticket.pk, at=MONDAY + 61 * SECOND)
    let_leave(at=LEAVES)
    stopped = PendingReply.objects.get()
    assert (stopped.leaves_at, "closed" in stopped.problem) == (None, True)
    assert Draft.objects.get(person=covered.agent).text == "Push."
    assert next_leave() is None


def test_a_right_taken_meanwhile_stops_it(covered: Cast, ticket: Ticket) -> None:
    sent(covered, ticket)
    covered.agent.grants.all().delete()
    let_leave(at=LEAVES)
    assert not Message.objects.filter(is_from_agent=True).exists()
    assert PendingReply.objects.get().problem


def test_a_customer_is_heard_at_once(covered: Cast, ticket: Ticket) -> None:
    covered.contact.undo_seconds = 10
    covered.contact.save()
    assert isinstance(sent(covered, ticket, actor=covered.actor("contact")), Message)


def test_whoever_wrote_meanwhile_is_read_first(covered: Cast, ticket: Ticket) -> None:
    reply(actor=covered.actor("second_agent"), ticket_id=ticket.pk, text="Hm.", at=MONDAY)
    with pytest.raises(Overtaken):
        sent(covered, ticket, seen=1)


@pytest.mark.parametrize("seconds", [-1, 7, 86_400])
def test_only_times_on_offer_can_be_chosen(covered: Cast, seconds: int) -> None:
    with pytest.raises(Invalid):
        set_undo_time(actor=covered.actor("agent"), seconds=seconds, at=MONDAY)


def test_a_customer_has_no_such_time(covered: Cast) -> None:
    with pytest.raises(NotFound):
        set_undo_time(actor=covered.actor("contact"), seconds=10, at=MONDAY)
