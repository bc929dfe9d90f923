"""Hold a mail that could not be sorted, so that it stops neither the mailbox nor the next mail."""

from datetime import datetime

from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.sorting import Reason


def hold(*, mail_id: int, reason: Reason, at: datetime) -> None:
    """Let it wait for a person, unless it has an outcome already."""
    RawMail.objects.filter(pk=mail_id, outcome=None).update(
        outcome=Outcome.HELD.value, reason=reason.value, decided_at=at
    )
