"""How a letter is written from its delivery's rows, with the rights that its reader has now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from django.core.files.storage import default_storage

from duly.core import instant
from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.actions.deliveries._told import Rows, Told, rows_of
from duly.desk.agreements.clauses import clause_text
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
from duly.desk.tickets.allowances import OVER
from duly.desk.tickets.event import Event
from duly.desk.tickets.rating import rating_key
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.who_answers import who_answers

MOST_ENCLOSED_BYTES = 12_000_000
"""How much a letter encloses: in Base64 it is a third more, and many servers take mails of up to 20 MB."""


def letters_of(told: Sequence[Told], *, at: datetime) -> list[Letter]:
    """Write what is told."""
    rows = rows_of(told, at=at)
    return [_letter(each, rows, at) for each in told]


def _letter(told: Told, rows: Rows, at: datetime) -> Letter:
    delivery, reader = told.delivery, told.reader
    by_ticket: dict[Ticket, list[Event]] = {}
    for event in told.events:
        by_ticket.setdefault(event.ticket, []).append(event)
    files, left_out = ((), ()) if reader.is_agent else _files(told, rows)
    return Letter(
        delivery_id=delivery.pk,
        message_id=delivery.message_id,
        attempt=delivery.attempts + 1,
        reader=_reader(delivery, reader),
        is_summary=delivery.is_summary,
        files=files,
        left_out=left_out,
        about=tuple(
            _about(ticket, events, delivery.person_id, _signature(ticket, reader, at), rows)
            for ticket, events in by_ticket.items()
        ),
        reply_to=rows.reply_to(told),
    )


def _files(told: Told, rows: Rows) -> tuple[tuple[LetterFile, ...], tuple[str, ...]]:
    """What agents sent along with their words, as much as a mail server takes, and the names of the rest."""
    enclosed, left_out, room = list[LetterFile](), list[str](), MOST_ENCLOSED_BYTES
    messages = dict.fromkeys(told.messages)
    for row in chain.from_iterable(rows.files.get(message, ()) for message in messages):
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
    ticket: Ticket,
    events: Sequence[Event],
    person_id: int,
    signed_by: Signature | None,
    rows: Rows,
) -> About:
    # Whoever did not ask is not sent the words of somebody who may only use their name.
    unasked = any(is_unasked(event, ticket, person_id) for event in events)
    return About(
        ticket_id=ticket.pk,
        number=ticket.number,
        subject="" if unasked else ticket.subject,
        status=ticket.status,
        items=tuple(_item(event, {} if unasked else rows.texts) for event in events),
        promises=tuple(
            Promise(
                clock=clock.kind,
                target=clock.target,
                due_at=clock.due_at,
                is_binding=clock.is_binding,
            )
            for clock in rows.running.get(ticket.pk, ())
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


def _item(event: Event, texts: Mapping[int, str]) -> Item:
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
