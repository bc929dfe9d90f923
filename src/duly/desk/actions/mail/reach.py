"""Write down how far a mailbox was read, and whether it can be reached."""

from datetime import datetime

from duly.desk.mailroom.mailbox import Mailbox


def read_up_to(*, mailbox_id: int, validity: int, uid: int, at: datetime) -> None:
    """The mails up to that number are kept and settled."""
    Mailbox.objects.filter(pk=mailbox_id).update(validity=validity, uid=uid, read_at=at, trouble="")


def reached(*, mailbox_id: int, at: datetime) -> None:
    """It was looked into and there is nothing more."""
    Mailbox.objects.filter(pk=mailbox_id).update(read_at=at, trouble="")


def not_reached(*, mailbox_id: int, trouble: str) -> None:
    """It could not be used; the owner sees why."""
    Mailbox.objects.filter(pk=mailbox_id).update(trouble=trouble[:500])
