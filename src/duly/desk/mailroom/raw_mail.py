"""Mails as they arrived, byte for byte, and what became of each: exactly one outcome."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.people.person import Person
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.ticket import Ticket


class Outcome(StrEnum):
    """What became of a mail."""

    TICKET = "ticket"
    REPLY = "reply"
    HELD = "held"
    REFUSED = "refused"


class RawMail(models.Model):
    """One mail, committed before it is acknowledged or read. The same bytes in a mailbox are the same mail.

    `reason` says why it was held or refused, in a word of ``mailroom.sorting``; a held mail that somebody reviewed has
    another outcome and `decided_by`.
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="mails", db_index=False)
    sha256 = models.CharField(max_length=64)
    raw = models.BinaryField()
    is_cut = models.BooleanField(default=False)
    is_rebuilt = models.BooleanField(default=False)
    """Whether it was put together from what a provider had read: the original is not to be had."""
    envelope_sender = models.CharField(max_length=320, blank=True, default="")
    envelope_recipients = ArrayField(models.CharField(max_length=320), default=list)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, null=True)  # noqa: DJ001 - NULL: not sorted yet
    reason = models.CharField(max_length=40, blank=True, default="")
    sender = models.CharField(max_length=320, blank=True, default="")
    subject = models.CharField(max_length=300, blank=True, default="")
    internet_id = models.CharField(max_length=1000, blank=True, default="")
    """Its Message-ID header."""
    labels = ArrayField(models.CharField(max_length=30), default=list)
    """What is odd about it, in the words of whoever read it."""
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="raw_mails")
    message = models.OneToOneField(Message, models.PROTECT, null=True, related_name="raw_mail")
    note = models.OneToOneField(Note, models.PROTECT, null=True, related_name="raw_mail")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        """Unsorted ones are taken in order of arrival; held ones wait for a person; refused ones are listed."""

        constraints = (
            models.UniqueConstraint(fields=["mailbox", "sha256"], name="raw_mail_once"),
            models.CheckConstraint(
                condition=Q(outcome=None) | Q(decided_at__isnull=False), name="raw_mail_decided"
            ),
        )
        indexes = (
            models.Index(fields=["id"], name="raw_mail_unsorted", condition=Q(outcome=None)),
            models.Index(
                fields=["received_at"],
                name="raw_mail_held",
                condition=Q(outcome=Outcome.HELD.value),
            ),
            models.Index(
                fields=["id"],
                name="raw_mail_refused",
                condition=Q(outcome=Outcome.REFUSED.value),
            ),
            models.Index(fields=["mailbox", "received_at"], name="raw_mail_of_mailbox"),
            models.Index(fields=["internet_id"], name="raw_mail_internet_id"),
            models.Index(Lower("sender"), "received_at", name="raw_mail_of_sender"),
        )

    def __str__(self) -> str:
        return f"mail {self.pk} at {self.mailbox_id}"
