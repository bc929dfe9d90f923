"""Mails a second, in and out, beside the parse alone and the bare transaction: ``python -m bench.mail``.

``--sustained MINUTES`` (5) sends ten a second beside people who read pages, ``--backlog N`` (10,000) drains what has
piled up, for at most a quarter of an hour; both run the real processes.
"""

import argparse
import sys
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from time import perf_counter

from bench import _mail_backlog, _mail_load, _mail_stream

MAILS = 100
AIM = 10.0
"""Mails a second that a desk must take in beside its pages."""


def main() -> int:
    """Measure on a database of its own, print, and say by the exit status whether the aim is reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sustained", type=float, nargs="?", const=5.0, metavar="MINUTES")
    parser.add_argument("--backlog", type=int, nargs="?", const=10_000, metavar="N")
    given = parser.parse_args()
    held = []
    if given.sustained:
        held.append(_mail_stream.stream(given.sustained, mail))
    if given.backlog:
        held.append(_mail_backlog.backlog(given.backlog, mail))
    return (not all(held)) if held else short()


def short() -> int:
    """Each way by itself, in this process."""
    with _mail_load.desk() as folder:
        from django.test.utils import override_settings

        sink = f"sink:{Path(folder) / 'mail'}"
        with override_settings(DULY_MAIL_URL=sink, MEDIA_ROOT=folder):
            return measure()


def measure() -> int:
    """Each mail opens a ticket of a contact with a plan, and is confirmed."""
    from django.db import connection, transaction

    from duly.channels import wall_clock
    from duly.channels.mail_in.reader import Reader
    from duly.desk.actions.mail.keep import keep
    from duly.desk.mailroom.delivery import Delivery, DeliveryState
    from duly.desk.mailroom.mailbox import Mailbox
    from duly.desk.mailroom.raw_mail import Outcome, RawMail
    from duly.worker import relay
    from duly.worker.mail_in import sorting

    mailbox = Mailbox.objects.get()
    mails = [mail(number) for number in range(MAILS)]
    with Reader() as reader:
        reader.read(mails[0])
        parsed = rate(lambda: [reader.read(raw) for raw in mails])

    def bare() -> None:
        with connection.cursor() as cursor:
            for raw in mails:
                with transaction.atomic():
                    cursor.execute("INSERT INTO bare (raw) VALUES (%s)", [raw])

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, raw bytea)")
    written = rate(bare)

    def kept() -> None:
        for raw in mails:
            keep(mailbox_id=mailbox.pk, raw=raw, at=wall_clock.now())

    accepted = rate(kept)
    taken = rate(lambda: until_idle(sorting.step))
    assert RawMail.objects.filter(outcome=Outcome.TICKET).count() == MAILS
    began = perf_counter()
    until_idle(relay.step)
    sent = Delivery.objects.filter(state=DeliveryState.SENT).count() / (perf_counter() - began)
    sorting.close()

    print(f"{MAILS} mails of {len(mails[0])} bytes, one process, a second each way")
    for what, figure in (
        ("the bare transaction", written),
        ("kept (committed)", accepted),
        ("the parse alone, in its child", parsed),
        ("sorted: read, ticket, promises", taken),
        ("sent: written, composed, handed over", sent),
    ):
        print(f"{what:40} {figure:9.1f}")
    print(f"{'kept / the bare transaction':40} {accepted / written:9.2f}")
    print(f"{'sorted / the parse alone':40} {taken / parsed:9.2f}")
    print(f"aim: at least {AIM:g} a second in: {'holds' if taken >= AIM else 'BROKEN'}")
    return 0 if taken >= AIM else 1


def rate(job: Callable[[], object]) -> float:
    """Mails a second."""
    began = perf_counter()
    job()
    return MAILS / (perf_counter() - began)


def until_idle(step: Callable[[], float]) -> None:
    """Take steps while there is more to do."""
    while step() == 0:
        pass


def mail(number: int) -> bytes:
    """A usual mail: text and HTML, a quoted answer, a picture."""
    from tests.web.mails import PNG

    message = EmailMessage(policy=SMTP)
    message["Authentication-Results"] = "mx.desk.example; dmarc=pass header.from=acme.example"
    message["From"], message["To"] = _mail_load.sender(number), "desk@desk.example"
    message["Subject"], message["Message-ID"] = f"Mail {number}", f"<{number}@acme.example>"
    quoted = "".join(f"> line {line} of what was said before\n" for line in range(40))
    message.set_content(
        f"It stops, for the {number}th time.\n\nOn Monday the desk wrote:\n{quoted}"
    )
    message.add_alternative("<p>It stops.</p>" + "<p>and more</p>" * 40, subtype="html")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="shot.png")
    return message.as_bytes()


if __name__ == "__main__":
    sys.exit(main())
