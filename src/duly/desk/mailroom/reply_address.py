"""Reply addresses: one secret per person and ticket, so that an answer finds its ticket and nobody can guess another's.

The address is made of the row's number, its salt and the desk's own key: a copy of the database alone forges none.
"""

import base64
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import TypeAlias

from django.conf import settings
from django.db import models

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket

SALT_BYTES = 16
PROOF_BYTES = 20
"""160 bits: nobody tries them all."""


Whose: TypeAlias = tuple[int, int, bool]
"""A ticket, a person, and whether their answers stay internal."""


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


def reply_addresses(whose: Collection[Whose], *, at: datetime) -> dict[Whose, ReplyAddress]:
    """Those that are in use, made where there is none yet. At most three statements."""
    found = _in_use(whose)
    missing = sorted(one for one in whose if one not in found)
    if missing:
        ReplyAddress.objects.bulk_create(
            [
                ReplyAddress(ticket_id=ticket, person_id=person, is_internal=side, made_at=at)
                for ticket, person, side in missing
            ],
            ignore_conflicts=True,  # another relay makes it in the same moment
        )
        found |= _in_use(missing)
    return found


def _in_use(whose: Collection[Whose]) -> dict[Whose, ReplyAddress]:
    rows = ReplyAddress.objects.filter(
        ticket__in={ticket for ticket, _, _ in whose},
        person__in={person for _, person, _ in whose},
        revoked_at=None,
    )
    return {(row.ticket_id, row.person_id, row.is_internal): row for row in rows}


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
