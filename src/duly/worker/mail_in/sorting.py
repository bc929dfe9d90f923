"""Give each kept mail its outcome, in order of arrival; one that cannot be sorted never stops the next."""

import logging

from django.db import OperationalError, transaction

from duly.channels import wall_clock
from duly.channels.fault import fault_point
from duly.channels.mail_in.reader import Reader
from duly.desk.actions.mail.hold import hold
from duly.desk.actions.mail.sort import next_unsorted, sort_mail
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.mailroom.sorting import Reason
from duly.worker.mail_in.incoming import incoming_of

PAUSE_SECONDS = 0.5

logger = logging.getLogger(__name__)
_reader = Reader()


def step() -> float:
    """Sort one mail."""
    mail: RawMail | None = None
    try:
        with transaction.atomic():
            mail = next_unsorted()
            if mail is None:
                return PAUSE_SECONDS
            fault_point("mail_in.taken")
            read = _reader.read(bytes(mail.raw))
            fault_point("mail_in.read")
            outcome = sort_mail(mail, incoming_of(read, mail), at=wall_clock.now())
        fault_point("mail_in.sorted")
        logger.info("Mail %s: %s %s", mail.pk, outcome, mail.reason)
    except OperationalError:
        raise  # the database is away, and the mail is as it was
    except Exception:
        if mail is None:
            raise
        logger.exception("Mail %s could not be sorted and waits for a person", mail.pk)
        hold(mail_id=mail.pk, reason=Reason.FAILED, at=wall_clock.now())
    return 0


def close() -> None:
    """End the process that reads; the next mail starts another."""
    _reader.close()
