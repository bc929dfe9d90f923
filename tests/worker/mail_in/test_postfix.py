"""A mail server of the system's own hands mail over to the listener, and keeps it as long as nobody takes it."""

import signal
import smtplib
from collections import Counter

import pytest

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS, until
from tests.worker.mail_in.postfix import Postfix
from tests.worker.processes import Workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def send(port: int, number: int) -> None:
    mail = f"From: clara@acme.example\r\nSubject: {number}\r\n\r\n.body {number}\r\n"
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
        client.sendmail("clara@acme.example", ["desk+x@desk.example", "b@desk.example"], mail)


def kept() -> Counter[str]:
    return Counter(bytes(mail.raw).decode().splitlines()[-1] for mail in RawMail.objects.all())


def test_k01_what_a_mail_server_hands_over_is_kept_once_whenever_the_worker_dies() -> None:
    for local in ("desk", "b"):
        Mailbox.objects.create(address=f"{local}@desk.example", name=local, kind="listener")
    port = free_port()
    listen = {"DULY_MAIL_LISTEN": f"lmtp://127.0.0.1:{port}"}
    with Postfix(port) as postfix:
        send(postfix.port, 1)  # nobody listens yet
        for point in ("mail_in.received", "mail_in.acknowledged"):
            with Workers("mail-listening", given={"DULY_FAULT": point, **listen}) as dying:
                (process,) = dying.running.values()
                assert process.wait(PATIENCE_SECONDS) == -signal.SIGKILL, postfix.log()
        with Workers("mail-listening", given=listen):
            send(postfix.port, 2)
            until(lambda: kept() == {".body 1": 2, ".body 2": 2})
            until(lambda: postfix.log().count("status=sent") >= 4)
    mail = RawMail.objects.filter(mailbox__name="desk").earliest("pk")
    assert (mail.envelope_sender, mail.envelope_recipients) == (
        "clara@acme.example",
        ["desk+x@desk.example"],
    )
    assert b"Received: from" in bytes(mail.raw)
    assert b"by mx.desk.example (Postfix)" in bytes(mail.raw)
