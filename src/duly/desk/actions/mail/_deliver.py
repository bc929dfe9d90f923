"""How a mail's words and files become a ticket, a public reply or a note."""

from datetime import datetime

from duly.core.events import Facts
from duly.desk.access.actor import Actor, actor_for, the_desk
from duly.desk.actions.people._person import new_person
from duly.desk.actions.tickets._attach import attach
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.errors import Invalid
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.people.person import Person, address
from duly.desk.setup.desk import the_settings
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.words import SUBJECT_LENGTH, TEXT_LENGTH, is_blank

NO_SUBJECT = "(no subject)"
NO_TEXT = "(no text)"


def as_ticket(
    mail: RawMail,
    incoming: Incoming,
    *,
    at: datetime,
    organisation_id: int | None = None,
    subscription_id: int | None = None,
) -> None:
    """Open a ticket for the sender; somebody nobody knows becomes a person without an organisation."""
    known = sender_known_as(incoming.sender)
    sender = known or _stranger(incoming, at)
    _is_there(sender)
    message = _row(incoming)
    mail.ticket = open_ticket(
        actor=_opener(sender) if known else the_desk("mail"),
        requester_id=sender.pk,
        organisation_id=organisation_id,
        subscription_id=subscription_id,
        subject=NO_SUBJECT if is_blank(incoming.subject) else incoming.subject[:SUBJECT_LENGTH],
        text=_text(incoming),
        facts=Facts(channel="email"),
        channel="email",
        team_id=mail.mailbox.team_id,
        message=message,
        at=at,
    )
    mail.message = message
    attach(message, _files(incoming), at)


def _stranger(incoming: Incoming, at: datetime) -> Person:
    desk = the_settings()
    try:
        return new_person(
            email=incoming.sender,
            name=incoming.sender_name,
            zone=desk.zone,
            language=desk.language,
            at=at,
        )
    except Invalid:
        # Another mail of theirs was sorted at the same time.
        if (meanwhile := sender_known_as(incoming.sender)) is not None:
            return meanwhile
        raise


def as_reply(
    mail: RawMail,
    incoming: Incoming,
    person: Person,
    ticket_id: int,
    *,
    internal: bool,
    at: datetime,
) -> None:
    """Add the words to the ticket: a note stays a note, whatever the mail says."""
    actor = actor_for(person, via="mail")
    if address(incoming.sender) == person.email:
        _is_there(person)
    written: Message | Note
    if internal:
        written = mail.note = note(actor=actor, ticket_id=ticket_id, text=_text(incoming), at=at)
    else:
        written = mail.message = reply(
            actor=actor,
            ticket_id=ticket_id,
            text=_text(incoming),
            is_automatic=incoming.automatic is not None,
            message=_row(incoming),
            at=at,
        )
    mail.ticket_id = ticket_id
    attach(written, _files(incoming), at)


def _is_there(person: Person) -> None:
    """Whose mail arrives has an address that works."""
    if person.unreached_at is not None:
        person.unreached_at, person.unreached_because = None, ""
        person.save(update_fields=["unreached_at", "unreached_because"])


def sender_known_as(sender: str) -> Person | None:
    """The active person with that address."""
    return Person.objects.filter(email=address(sender), is_active=True).first()


def _opener(sender: Person) -> Actor:
    actor = actor_for(sender, via="mail")
    return actor if actor.organisations else the_desk("mail")


def _row(incoming: Incoming) -> Message:
    """A message with what a mail has beside its text."""
    return Message(html=incoming.html or "", folded_from=incoming.folded_from)


def _files(incoming: Incoming) -> tuple[NewFile, ...]:
    """Its files. What is longer than a message may be stands beside it as one, so that nothing is left out unseen."""
    if len(incoming.text.strip()) <= TEXT_LENGTH:
        return incoming.files
    return (NewFile("mail.txt", "text/plain", incoming.text.encode()), *incoming.files)


def _text(incoming: Incoming) -> str:
    text = incoming.text.strip()[:TEXT_LENGTH]
    return NO_TEXT if is_blank(text) else text
