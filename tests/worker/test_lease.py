"""A relay keeps what it is sending, however slow the server, and gives up what hangs."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from pytest_django import Settings

from duly.channels import wall_clock
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.mailroom.delivery import Delivery
from duly.worker import lease, relay
from tests.desk.people import cast
from tests.ports import free_port
from tests.waiting import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.worker.urls"),
    pytest.mark.slow,
]


class Slow:
    """Takes a mail when it is told to."""

    def __init__(self) -> None:
        self.port = free_port()
        self.may_answer = threading.Event()
        self.taken = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        self.taken += 1
        await asyncio.to_thread(self.may_answer.wait)
        return "250 taken"


@pytest.fixture
def server() -> Iterator[Slow]:
    slow = Slow()
    running = Controller(slow, hostname="127.0.0.1", port=slow.port)
    running.start()
    yield slow
    slow.may_answer.set()
    running.stop()


def ends_at() -> datetime:
    """Until when the first letter is kept."""
    found = Delivery.objects.earliest("pk").next_attempt_at
    assert found is not None
    return found


def step() -> None:
    relay.step()
    connection.close()


@pytest.mark.parametrize("most", [lease.MOST_RENEWALS, 1])
def test_l04_a_slow_server_keeps_its_mail_and_a_hanging_one_does_not(
    most: int,
    server: Slow,
    transactional_db: None,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DULY_MAIL_URL = f"smtp://127.0.0.1:{server.port}"
    monkeypatch.setattr(lease, "RENEWED_EVERY_SECONDS", 0.05)
    monkeypatch.setattr(lease, "MOST_RENEWALS", most)
    monkeypatch.setattr(relay, "FRESH_SECONDS", 0.0)
    people = cast()
    for person in (people.contact, people.lead):  # mail to `.example` is never handed to a server
        person.email = person.email.replace(".example", ".test")
        person.save()
    open_ticket(actor=people.actor("contact"), subject="Door", text="Stuck.", at=wall_clock.now())
    sending = threading.Thread(target=step)
    sending.start()
    until(lambda: server.taken)
    first = ends_at()
    until(lambda: ends_at() > first)
    if most == 1:
        renewed = ends_at()
        until(lambda: not _keepers())
        assert ends_at() == renewed
    server.may_answer.set()
    sending.join()
    first_letter, second = Delivery.objects.order_by("pk")
    assert (first_letter.state, first_letter.attempts) == ("sent", 1)
    # What had to wait for it is given back, so that its reader's rights are asked again.
    assert (second.state, second.attempts, server.taken) == ("waiting", 0, 1)
    assert not _keepers()


def _keepers() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if "_keep" in one.name]
