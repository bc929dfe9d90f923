"""How a letter is written from its delivery's rows, with the rights that its reader has now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.core.files.storage import default_storage

from duly.core import instant
from duly.core.clock.values import State
from duly.desk.access.actor import Actor
from duly.desk.access.events import may_see_event
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.agreements.clauses import clause_text
from duly.desk.clocks.clock import Clock
from duly.desk.mailroom.audience import is_unasked
from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.letter import (
    About,
    Closing,
    Item,
    Letter,
    LetterFile,
    Promise,
    Reader,
    Signature,
    Trouble,
)
from duly.desk.mailroom.mailbox import address_for
from duly.desk.mailroom.matter import MATTERS
from duly.desk.mailroom.preference import Channel, declined_by
from duly.desk.mailroom.reply_address import reply_address, with_secret
from duly.desk.people.person import Person
from duly.desk.tickets.allowances import OVER
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.rating import rating_key
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.who_answers import who_answers

MOST_ENCLOSED_BYTES = 12_000_000
"""How much a letter encloses: in Base64 it is a third more, and many servers take mails of up to 20 MB."""


def still_told(delivery: Delivery, reader: Actor) -> list[Event]:
    """What may still be said, is still wanted and still matters, in order."""
    declined = declined_by([delivery.person_id], Channel.MAIL)
    told = Event.objects.filter(notices__delivery=delivery).select_related("ticket", "person")
    return [
        event
        for event in told.order_by("ticket_id", "sequence")
        if (delivery.person_id, MATTERS[event.kind]) not in declined
        and may_see_event(reader, event, event.ticket)
        and _still_matters(event)
    ]


def letter_of(delivery: Delivery, reader: Actor, told: Sequence[Event], *, at: datetime) -> Letter:
    """Write what is told."""
    by_ticket: dict[Ticket, list[Event]] = {}
    for event in told:
        by_ticket.setdefault(event.ticket, []).append(event)
    files, left_out = ((), ()) if reader.is_agent else _files(told)
    return Letter(
        delivery_id=delivery.pk,
        message_id=delivery.message_id,
        attempt=delivery.attempts + 1,
        reader=_reader(delivery, reader),
        is_summary=delivery.is_summary,
        files=files,
        left_out=left_out,
        about=tuple(
            _about(ticket, events, delivery.person_id, _signature(ticket, reader, at))
            for ticket, events in by_ticket.items()
        ),
        reply_to=None if delivery.is_summary else _reply_to(delivery.person, reader, by_ticket, at),
    )


def _files(told: Sequence[Event]) -> tuple[tuple[LetterFile, ...], tuple[str, ...]]:
    """What agents sent along with their words, as much as a mail server takes, and the names of the rest."""
    ids = [event.facts["message"] for event in told if "message" in event.facts]
    rows = Attachment.objects.filter(message__in=ids, message__is_from_agent=True)
    enclosed, left_out, room = list[LetterFile](), list[str](), MOST_ENCLOSED_BYTES
    for row in rows.select_related("file").order_by("pk") if ids else ():
        if row.file.size > room or not default_storage.exists(row.file.place):
            left_out.append(row.name)
            continue
        room -= row.file.size
        enclosed.append(LetterFile(row.name, row.file.media_type, row.file.place))
    return tuple(enclosed), tuple(left_out)


def letter_of_troubles(delivery: Delivery, reader: Actor) -> Letter | None:
    """Write of those of a delivery's alarms that nobody has mended meanwhile, if there are any."""
    alarms = delivery.alarms.filter(mended_at=None).select_related("mailbox").order_by("pk")
    troubles = tuple(
        Trouble(
            mailbox_id=alarm.mailbox_id,
            mailbox=alarm.mailbox.address,
            kind=alarm.kind,
            detail=alarm.detail,
            since=alarm.since,
        )
        for alarm in (alarms if may_manage_mailboxes(reader) else ())
    )
    if not troubles:
        return None
    return Letter(
        delivery_id=delivery.pk,
        message_id=delivery.message_id,
        attempt=delivery.attempts + 1,
        reader=_reader(delivery, reader),
        is_summary=False,
        about=(),
        troubles=troubles,
    )


def _reply_to(
    person: Person, actor: Actor, told: Mapping[Ticket, list[Event]], at: datetime
) -> str | None:
    """Where an answer goes: what an agent answers to anything but public words stays a note."""
    ticket, events = next(iter(told.items()))
    address = address_for(ticket.team_id)
    if address is None:
        return None
    is_internal = actor.is_agent and not any("message" in event.facts for event in events)
    return with_secret(
        address, reply_address(ticket, person, is_internal=is_internal, at=at).secret
    )


def _still_matters(event: Event) -> bool:
    """A promise that is no longer running is not due soon."""
    if event.kind != "due_soon":
        return True
    clock = Clock.objects.filter(
        ticket=event.ticket_id, kind=event.facts["clock"], cycle=event.facts["cycle"]
    )
    return clock.filter(state=State.RUNNING).exists()


def _reader(delivery: Delivery, actor: Actor) -> Reader:
    person = delivery.person
    return Reader(
        name=person.name,
        email=person.email,
        zone=person.zone,
        language=person.language,
        is_agent=actor.is_agent,
    )


def _signature(ticket: Ticket, reader: Actor, at: datetime) -> Signature | None:
    """A customer is told who answers them now, where their plan names somebody."""
    answerer = None if reader.is_agent else who_answers(ticket, at)
    if answerer is None:
        return None
    return Signature(name=answerer.person.name, title=answerer.title)


def _about(
    ticket: Ticket, events: Sequence[Event], person_id: int, signed_by: Signature | None
) -> About:
    # Whoever did not ask is not sent the words of somebody who may only use their name.
    unasked = any(is_unasked(event, ticket, person_id) for event in events)
    ids = [] if unasked else [e.facts["message"] for e in events if "message" in e.facts]
    texts = dict(Message.objects.filter(pk__in=ids).values_list("pk", "text")) if ids else {}
    running = Clock.objects.filter(ticket=ticket, state=State.RUNNING).order_by("due_at", "kind")
    return About(
        ticket_id=ticket.pk,
        number=ticket.number,
        subject="" if unasked else ticket.subject,
        status=ticket.status,
        items=tuple(_item(event, texts) for event in events),
        promises=tuple(
            Promise(
                clock=clock.kind,
                target=clock.target,
                due_at=clock.due_at,
                is_binding=clock.is_binding,
            )
            for clock in running
        ),
        signed_by=None if unasked else signed_by,
        closing=_closing(ticket, events),
        rating_key=_rating_key(ticket, events, person_id),
    )


def _closing(ticket: Ticket, events: Sequence[Event]) -> Closing | None:
    """What time will do to the ticket if nobody writes, unless it is open again by the time the letter is written."""
    if ticket.closes_at is None or not any(event.kind == "resolved" for event in events):
        return None
    return Closing(at=ticket.closes_at, is_put_off=ticket.next_due_at is not None)


def _rating_key(ticket: Ticket, events: Sequence[Event], person_id: int) -> str | None:
    """Whoever reported is asked once it is resolved, unless it is open again by the time the letter is written."""
    is_over = not ticket.is_unfinished and ticket.merged_into_id is None
    if not is_over or ticket.requester_id != person_id:
        return None
    ended = any(event.kind == "resolved" and event.person_id != person_id for event in events)
    return rating_key(ticket.pk, person_id) if ended else None


def _item(event: Event, texts: dict[int, str]) -> Item:
    facts = event.facts
    due_at = facts.get("due_at")
    return Item(
        kind=event.kind,
        at=event.at,
        who=event.person.name if event.person else None,
        text=texts.get(facts.get("message", 0)),
        clock=facts.get("clock"),
        due_at=instant.to_datetime(instant.parse(due_at)) if due_at else None,
        clause=clause_text(event.ticket.binding_id, facts["cause"]) if "cause" in facts else None,
        is_withdrawn="withdrawn" in facts,
        level=facts["cycle"] if event.kind == "level_opened" else facts.get("level"),
        allowances=(facts["allowance"],) if event.kind == "used_up" else tuple(facts.get(OVER, ())),
    )
