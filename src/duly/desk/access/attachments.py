"""Who may get a file: whoever sees the words that it came with, asked again at every download."""

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_see, may_see_internal
from duly.desk.tickets.attachment import Attachment


def may_get(actor: Actor, attachment: Attachment) -> bool:
    """Files of messages go to both sides, files of notes stay with the desk."""
    if attachment.message is not None:
        return may_see(actor, attachment.message.ticket)
    return attachment.note is not None and may_see_internal(actor, attachment.note.ticket)
