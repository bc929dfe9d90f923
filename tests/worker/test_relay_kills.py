"""Mail on its way out, with the relay killed at every named step, against a real SMTP server and a provider's API.

Nothing is lost. Twice is possible only where the kill falls between the server's answer and our row, and
then both bear the same Message-ID.
"""

import signal
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from duly.channels import wall_clock
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from tests.channels.mail_out.provider_server import ProviderServer
from tests.desk.people import cast
from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS, until
from tests.worker.processes import Workers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

KILLED = {"mail_out.claimed": 1, "mail_out.handed_over": 2, "mail_out.settled": 1}
"""How often the killed mail arrives."""


class Server:
    """Takes every mail and counts each by recipient and Message-ID."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.taken: Counter[tuple[str, str]] = Counter()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = message_from_bytes(envelope.original_content or b"")
        self.taken[envelope.rcpt_tos[0], str(message["Message-ID"])] += 1
        return "250 taken"


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Server | ProviderServer]:
    if request.param == "http":
        with ProviderServer() as provider:
            yield provider
        return
    taking = Server()
    running = Controller(taking, hostname="127.0.0.1", port=taking.port)
    running.start()
    yield taking
    running.stop()


@pytest.mark.parametrize(
    ("point", "server"),
    [*((point, "smtp") for point in sorted(KILLED)), ("mail_out.handed_over", "http")],
    indirect=["server"],
)
def test_l01_l02_a_relay_killed_at_any_step_loses_nothing(
    point: str, server: Server | ProviderServer, transactional_db: None
) -> None:
    people = cast()
    for person in (people.contact, people.lead):  # mail to `.example` is never handed to a server
        person.email = person.email.replace(".example", ".test")
        person.save()
    open_ticket(actor=people.actor("contact"), subject="Door", text="Stuck.", at=wall_clock.now())
    url = server.url if isinstance(server, Server) else server.url("postmark")
    given = {"DULY_MAIL_URL": url}
    with Workers("relay", given={"DULY_FAULT": point, **given}) as dying:
        (process,) = dying.running.values()
        assert process.wait(PATIENCE_SECONDS) == -signal.SIGKILL
    # The dead relay's lease runs out; nobody waits a minute for it here.
    Delivery.objects.filter(state=DeliveryState.WAITING).update(next_attempt_at=wall_clock.now())
    with Workers("relay", given=given):
        until(lambda: Delivery.objects.filter(state=DeliveryState.SENT).count() == 2)
    assert sorted(server.taken.values()) == sorted([1, KILLED[point]])
    assert len({recipient for recipient, _ in server.taken}) == 2
