"""Notice what is wrong with mailboxes, tell whoever runs the desk, and notice that it is mended."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import transaction
from django.db.models import Q

from duly.desk.mailroom.alarm import Alarm, AlarmKind
from duly.desk.mailroom.audience import who_run_the_desk
from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.mailroom.oauth import OAuthGrant
from duly.desk.mailroom.raw_mail import RawMail

UNNOTICED = timedelta(hours=1)
"""How long a mailbox may be out of reach, or a mail without its outcome, before it is an alarm."""
UNCOUNTED = timedelta(hours=2)
TOLD_EVERY = timedelta(days=1)

Wrong: TypeAlias = tuple[int, AlarmKind]


@transaction.atomic
def look_after_mailboxes(*, at: datetime) -> None:
    """Open and mend alarms by what the rows say now, and tell of those that are open."""
    wrong = {
        (mailbox.pk, kind): detail
        for mailbox in Mailbox.objects.filter(is_active=True).order_by("pk")
        for kind, detail in _found(mailbox, at)
    }
    for alarm in Alarm.objects.select_for_update(of=("self",)).filter(mended_at=None):
        detail = wrong.pop((alarm.mailbox_id, AlarmKind(alarm.kind)), None)
        if detail is None:
            alarm.mended_at = at
        else:
            alarm.detail = detail
        alarm.save(update_fields=["mended_at", "detail"])
    Alarm.objects.bulk_create(
        [
            Alarm(mailbox_id=mailbox_id, kind=kind.value, detail=detail, since=at)
            for (mailbox_id, kind), detail in wrong.items()
        ],
        ignore_conflicts=True,  # another worker noticed in the same moment
    )
    _tell(at)


def _found(mailbox: Mailbox, at: datetime) -> Iterator[tuple[AlarmKind, str]]:
    lost = OAuthGrant.objects.filter(mailbox=mailbox).exclude(lost_at=None).first()
    if lost is not None:
        yield AlarmKind.SIGN_IN_ENDED, lost.lost_because
    elif mailbox.trouble and (mailbox.read_at is None or at - mailbox.read_at > UNNOTICED):
        yield AlarmKind.OUT_OF_REACH, mailbox.trouble
    is_counted = mailbox.kind in (MailboxKind.IMAP, MailboxKind.LISTENER)
    if is_counted and mailbox.counted_at is not None and at - mailbox.counted_at > UNCOUNTED:
        yield AlarmKind.NOT_COUNTED, ""
    last = mailbox.counts.order_by("-counted_at").first()
    if last is not None and last.missing:
        yield AlarmKind.MISSING, str(last.missing)
    if last is not None and last.late:
        yield AlarmKind.LATE, str(last.late)
    old = RawMail.objects.filter(mailbox=mailbox, outcome=None, received_at__lt=at - UNNOTICED)
    if unsorted := old.count():
        yield AlarmKind.UNSORTED, str(unsorted)


def _tell(at: datetime) -> None:
    """One letter to each, about all that is due to be said."""
    untold = Q(told_at=None) | Q(told_at__lte=at - TOLD_EVERY)
    alarms = list(
        Alarm.objects.select_for_update(of=("self",), skip_locked=True).filter(
            untold, mended_at=None
        )
    )
    if not alarms:
        return
    for person_id in who_run_the_desk():
        delivery = Delivery.objects.create(
            person_id=person_id, message_id=secrets.token_hex(16), next_attempt_at=at, made_at=at
        )
        delivery.alarms.set(alarms)
    Alarm.objects.filter(pk__in=[alarm.pk for alarm in alarms]).update(told_at=at)
