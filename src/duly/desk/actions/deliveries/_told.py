"""What is told to whom, and the rows that letters about it are written from, read for many letters at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from duly.core.clock.values import State
from duly.desk.access.actor import Actor
from duly.desk.access.events import may_see_event
from duly.desk.clocks.clock import Clock
from duly.desk.mailroom.answered_at import answered_at
from duly.desk.mailroom.delivery import Delivery, Notice
from duly.desk.mailroom.matter import MATTERS
from duly.desk.mailroom.preference import Channel, declined_by
from duly.desk.mailroom.reply_address import ReplyAddress, Whose, reply_addresses, with_secret
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Told:
    """A delivery, its reader with the rights that they have now, and what may still be said, in order."""

    delivery: Delivery
    reader: Actor
    events: Sequence[Event]

    @property
    def messages(self) -> list[int]:
        """The ids of the public words that are told."""
        return [event.facts["message"] for event in self.events if "message" in event.facts]

    @property
    def answers(self) -> Whose:
        """Whose answer it will be: what an agent answers to anything but public words stays a note."""
        is_internal = self.reader.is_agent and not self.messages
        return self.events[0].ticket_id, self.delivery.person_id, is_internal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All that letters are written from: public words and agents' files by message, the rest by ticket."""

    texts: Mapping[int, str]
    files: Mapping[int, Sequence[Attachment]]
    running: Mapping[int, Sequence[Clock]]
    answers: Mapping[Whose, ReplyAddress]
    answered_at: Mapping[int, str]

    def reply_to(self, told: Told) -> str | None:
        """Where an answer goes, if it may go anywhere: a summary is answered nowhere."""
        address = self.answered_at.get(told.events[0].ticket_id)
        if told.delivery.is_summary or address is None:
            return None
        return with_secret(address, self.answers[told.answers].secret)


def still_told(deliveries: Sequence[Delivery], readers: Mapping[int, Actor]) -> list[Told]:
    """What may still be said, is still wanted and still matters."""
    declined = declined_by(readers, Channel.MAIL)
    found: dict[int, list[Event]] = {delivery.pk: [] for delivery in deliveries}
    notices = Notice.objects.filter(delivery__in=found).select_related(
        "event__ticket", "event__person"
    )
    for notice in notices.order_by("event__ticket_id", "event__sequence"):
        event, person_id = notice.event, notice.person_id
        if (
            (person_id, MATTERS[event.kind]) not in declined
            and may_see_event(readers[person_id], event, event.ticket)
            and _still_matters(event)
        ):
            found[notice.delivery_id].append(event)
    return [Told(each, readers[each.person_id], found[each.pk]) for each in deliveries]


def _still_matters(event: Event) -> bool:
    """A promise that is no longer running is not due soon."""
    if event.kind != "due_soon":
        return True
    clock = Clock.objects.filter(
        ticket=event.ticket_id, kind=event.facts["clock"], cycle=event.facts["cycle"]
    )
    return clock.filter(state=State.RUNNING).exists()


def rows_of(told: Sequence[Told], *, at: datetime) -> Rows:
    """Read them. A fixed number of statements; reply addresses that are missing are made."""
    messages = {message for each in told for message in each.messages}
    tickets = {event.ticket for each in told for event in each.events}
    addresses = answered_at(tickets)
    answered = [each.answers for each in told if not each.delivery.is_summary]
    return Rows(
        texts=dict(Message.objects.filter(pk__in=messages).values_list("pk", "text")),
        files=_files(messages),
        running=_running(tickets),
        answers=reply_addresses(answered, at=at) if addresses else {},
        answered_at=addresses,
    )


def _files(messages: set[int]) -> Mapping[int, Sequence[Attachment]]:
    found = defaultdict[int, list[Attachment]](list)
    rows = Attachment.objects.filter(message__in=messages, message__is_from_agent=True)
    for row in rows.select_related("file").order_by("pk"):
        found[row.message_id or 0].append(row)
    return found


def _running(tickets: set[Ticket]) -> Mapping[int, Sequence[Clock]]:
    found = defaultdict[int, list[Clock]](list)
    clocks = Clock.objects.filter(ticket__in=tickets, state=State.RUNNING)
    for clock in clocks.order_by("due_at", "kind"):
        found[clock.ticket_id].append(clock)
    return found
