"""Tickets that look as if their words had come by mail."""

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.tickets.attachment import Attachment, StoredFile, put
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def attached(
    to: Message | Note, name: str, content: bytes, media_type: str, content_id: str = ""
) -> Attachment:
    """A file on words that are there."""
    stored, _ = StoredFile.objects.get_or_create(
        sha256=put(content),
        defaults={"size": len(content), "media_type": media_type, "stored_at": MONDAY},
    )
    owner = {"message": to} if isinstance(to, Message) else {"note": to}
    return Attachment.objects.create(file=stored, name=name, content_id=content_id, **owner)


def as_by_mail(ticket: Ticket) -> Attachment:
    """Let the first message have HTML with a picture of its own and one from elsewhere; give its own."""
    message = ticket.messages.get()
    message.html = '<p onclick="steal()">Look: <img src="cid:shot@acme"><img src="https://spy.example/1.gif"></p>'
    message.save()
    return attached(message, "shot.png", PNG, "image/png", "shot@acme")


def held_mail() -> RawMail:
    """A mail that waits for somebody to decide."""
    mailbox = Mailbox.objects.create(address="desk@vendor.example", name="Support", kind="listener")
    return RawMail.objects.create(
        mailbox=mailbox,
        sha256="0" * 64,
        raw=b"From: x",
        received_at=MONDAY,
        outcome=Outcome.HELD.value,
        reason="no_sender",
        decided_at=MONDAY,
    )
