"""Keep a mail before anybody reads it or tells its server that it arrived."""

import hashlib
from datetime import datetime

from django.db import transaction

from duly.desk.mailroom.count import FetchedUid
from duly.desk.mailroom.raw_mail import RawMail


@transaction.atomic
def keep(
    *,
    mailbox_id: int,
    raw: bytes,
    at: datetime,
    envelope_sender: str = "",
    envelope_recipients: tuple[str, ...] = (),
    is_cut: bool = False,
    is_rebuilt: bool = False,
    validity: int = 0,
    uid: int = 0,
) -> None:
    """Write the bytes and commit. The same bytes again, from a second fetch or a renumbered folder, are kept once.

    `validity` and `uid` are the mail's number in an IMAP folder, written down with it.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    RawMail.objects.bulk_create(
        [
            RawMail(
                mailbox_id=mailbox_id,
                sha256=sha256,
                raw=raw,
                is_cut=is_cut,
                is_rebuilt=is_rebuilt,
                envelope_sender=envelope_sender[:320],
                envelope_recipients=[recipient[:320] for recipient in envelope_recipients],
                received_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    if uid:
        mail = RawMail.objects.only("pk").get(mailbox=mailbox_id, sha256=sha256)
        number = FetchedUid(mailbox_id=mailbox_id, validity=validity, uid=uid, mail=mail)
        FetchedUid.objects.bulk_create([number], ignore_conflicts=True)
