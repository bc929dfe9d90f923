"""Mails counted: what a mailbox's server says arrived beside what the desk kept, hour by hour."""

from datetime import datetime

from django.db import models

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail


class FetchedUid(models.Model):
    """A number under which an IMAP server had a mail that was kept. The same bytes may have had several."""

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="+", db_index=False)
    validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    mail = models.ForeignKey(RawMail, models.PROTECT, related_name="uids")

    class Meta:
        """A number is given once, as long as its validity lasts."""

        constraints = (
            models.UniqueConstraint(fields=["mailbox", "validity", "uid"], name="fetched_uid_once"),
        )

    def __str__(self) -> str:
        return f"UID {self.uid} of {self.mailbox_id}"


class MailCount(models.Model):
    """One comparison, for the time since the one before.

    `arrived` mails, says the server (or what handed mails over was told); of them the desk kept `kept` different ones.
    `late` were in the folder and had been passed over: they were fetched by the comparison. `missing` were never kept:
    somebody took them away first, or they were lost here. The rest were the same bytes again.
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="counts", db_index=False)
    since = models.DateTimeField()
    counted_at = models.DateTimeField()
    arrived = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()

    class Meta:
        """Read by mailbox, newest first."""

        indexes = (models.Index(fields=["mailbox", "counted_at"], name="mail_count_of_mailbox"),)

    def __str__(self) -> str:
        return f"count of {self.mailbox_id} at {self.counted_at:%Y-%m-%d %H:%M}"


def is_count_due(mailbox: Mailbox, at: datetime) -> bool:
    """Whether another hour of the clock has begun since the last comparison."""
    return mailbox.counted_at is None or _hour(mailbox.counted_at) < _hour(at)


def _hour(at: datetime) -> int:
    return int(at.timestamp()) // 3600
