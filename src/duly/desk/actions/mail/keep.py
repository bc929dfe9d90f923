"""Keep a mail before anybody reads it or tells its server that it arrived."""

import hashlib
from datetime import datetime

from duly.desk.mailroom.raw_mail import RawMail


def keep(
    *,
    mailbox_id: int,
    raw: bytes,
    at: datetime,
    envelope_sender: str = "",
    envelope_recipients: tuple[str, ...] = (),
    is_cut: bool = False,
) -> None:
    """Write the bytes and commit. The same bytes again, from a second fetch or a renumbered folder, are kept once."""
    RawMail.objects.bulk_create(
        [
            RawMail(
                mailbox_id=mailbox_id,
                sha256=hashlib.sha256(raw).hexdigest(),
                raw=raw,
                is_cut=is_cut,
                envelope_sender=envelope_sender[:320],
                envelope_recipients=[recipient[:320] for recipient in envelope_recipients],
                received_at=at,
            )
        ],
        ignore_conflicts=True,
    )
