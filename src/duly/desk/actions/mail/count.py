"""Compare what a server says arrived with what was kept, and write the comparison down."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from duly.desk.mailroom.count import FetchedUid, MailCount
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail


def passed_over(mailbox: Mailbox, validity: int, present: Collection[int]) -> list[int]:
    """Those of the numbers in an IMAP folder under which nothing was kept."""
    kept = FetchedUid.objects.filter(mailbox=mailbox, validity=validity, uid__in=present)
    return sorted(set(present) - set(kept.values_list("uid", flat=True)))


@transaction.atomic
def count_folder(*, mailbox_id: int, validity: int, end: int, late: int, at: datetime) -> MailCount:
    """Write down the numbers from the last comparison up to `end`, which the server gave to nothing yet.

    Whatever was in the folder is kept by now, `late` of it only by this comparison. Of a folder that was not counted
    before nobody knows how many mails it once had: those that are gone are not missed.
    """
    mailbox = Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox_id)
    knows = mailbox.counted_validity == validity
    begin = mailbox.counted_uid if knows else 0
    window = FetchedUid.objects.filter(
        mailbox=mailbox, validity=validity, uid__gt=begin, uid__lt=end
    )
    fetched = window.count()
    missing = max(0, end - 1 - begin - fetched) if knows else 0
    mailbox.counted_validity, mailbox.counted_uid = validity, max(begin, end - 1)
    return _written(
        mailbox,
        at,
        arrived=fetched + missing,
        kept=window.values("mail").distinct().count(),
        late=late,
        missing=missing,
    )


@transaction.atomic
def count_handed_over(*, mailbox_id: int, digests: Collection[str], at: datetime) -> MailCount:
    """Write down the mails whose acknowledgement went out since the last comparison, by their SHA-256."""
    mailbox = Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox_id)
    different = set(digests)
    kept = RawMail.objects.filter(mailbox=mailbox, sha256__in=different).count()
    return _written(
        mailbox,
        at,
        arrived=len(digests),
        kept=kept,
        late=0,
        missing=len(different) - kept,
    )


def _written(mailbox: Mailbox, at: datetime, **numbers: int) -> MailCount:
    since = mailbox.counted_at or at
    mailbox.counted_at = at
    mailbox.save(update_fields=["counted_validity", "counted_uid", "counted_at"])
    return MailCount.objects.create(mailbox=mailbox, since=since, counted_at=at, **numbers)
