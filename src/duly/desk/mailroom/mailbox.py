"""Mailboxes: where mail for the desk arrives, and how far each was read."""

from enum import StrEnum

from django.db import models

from duly.desk.people.team import Team


class MailboxKind(StrEnum):
    """How mail gets here: we fetch it, a mail server hands it to us, or a provider posts it."""

    IMAP = "imap"
    LISTENER = "listener"
    WEBHOOK = "webhook"


class Mailbox(models.Model):
    """An address of the desk.

    `secret` is what its owner typed, sealed: a password, or the key that a provider signs with. `post_secret`, sealed
    too, stands in the address that the provider posts to. `verdict_server` names the server whose word on senders is
    believed. `validity` and `uid` say how far an IMAP folder was read, `counted_validity` and `counted_uid` how far its
    mails were counted. `trouble` is why it cannot be used now.
    """

    address = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    host = models.CharField(max_length=253, blank=True, default="")
    port = models.PositiveIntegerField(default=993)
    user = models.CharField(max_length=254, blank=True, default="")
    secret = models.BinaryField(default=bytes)
    provider = models.CharField(max_length=20, blank=True, default="")
    post_secret = models.BinaryField(default=bytes)
    security = models.CharField(max_length=10, default="tls")
    folder = models.CharField(max_length=200, default="INBOX")
    afterwards = models.CharField(max_length=10, default="keep")
    verdict_server = models.CharField(max_length=253, blank=True, default="")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="mailboxes")
    takes_strangers = models.BooleanField(default=True)
    """Whether mail from addresses that nobody knows opens tickets; else it is held."""
    is_active = models.BooleanField(default=True)
    validity = models.BigIntegerField(default=0)
    uid = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    counted_validity = models.BigIntegerField(default=0)
    counted_uid = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        """More than one is usual."""

        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return self.address
