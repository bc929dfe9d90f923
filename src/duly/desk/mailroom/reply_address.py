"""Reply addresses: one secret per person and ticket, so that an answer finds its ticket and nobody can guess another's.

The address is made of the row's number, its salt and the desk's own key: a copy of the database alone forges none.
"""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import models

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket

SALT_BYTES = 16
PROOF_BYTES = 20
"""160 bits: nobody tries them all."""


def _salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


class ReplyAddress(models.Model):
    """Where a person answers to a ticket by mail. Answers to an internal one stay notes, whatever the mail says.

    `revoked_at` ends it; a new row takes its place when the person is written to again.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="reply_addresses")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    is_internal = models.BooleanField()
    salt = models.BinaryField(max_length=SALT_BYTES, default=_salt)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One that is in use for each person, ticket and side."""

        verbose_name_plural = "reply addresses"
        constraints = (
            models.UniqueConstraint(
                fields=["ticket", "person", "is_internal"],
                name="reply_address_once",
                condition=models.Q(revoked_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"reply address {self.pk}"

    @property
    def secret(self) -> str:
        """What stands between ``+`` and ``@``: letters and digits, no case."""
        number = self.pk.to_bytes(8, "big")
        return base64.b32encode(number + self._proof()).decode().rstrip("=").lower()

    def _proof(self) -> bytes:
        key = b"reply address " + settings.SECRET_KEY.encode()
        return hmac.digest(key, self.pk.to_bytes(8, "big") + bytes(self.salt), sha256)[:PROOF_BYTES]


def reply_address(
    ticket: Ticket, person: Person, *, is_internal: bool, at: datetime
) -> ReplyAddress:
    """The one that is in use, made when there is none yet."""
    row, _ = ReplyAddress.objects.get_or_create(
        ticket=ticket,
        person=person,
        is_internal=is_internal,
        revoked_at=None,
        defaults={"made_at": at},
    )
    return row


def with_secret(address: str, secret: str) -> str:
    """Write a desk's address with a secret in it: ``desk+…@example.com``."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{secret}@{domain}"


def secret_in(address: str) -> str:
    """The part that may be a secret; empty when there is none."""
    return address.rpartition("@")[0].partition("+")[2].lower()


def without_secret(address: str) -> str:
    """The desk's address that an address with a secret belongs to."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def found(secret: str) -> ReplyAddress | None:
    """The reply address that a secret proves, revoked or not; None for anything else."""
    padded = secret.upper() + "=" * (-len(secret) % 8)
    try:
        plain = base64.b32decode(padded)
    except ValueError:
        return None
    if len(plain) != 8 + PROOF_BYTES:
        return None
    number = int.from_bytes(plain[:8], "big")
    rows = ReplyAddress.objects.select_related("person", "ticket")
    row = rows.filter(pk=number).first() if number < 1 << 63 else None
    if row is None or not hmac.compare_digest(row.secret, secret.lower()):
        return None
    return row
