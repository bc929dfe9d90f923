"""Handing mail to a real SMTP server on this machine."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import Mail, compose
from duly.channels.mail_out.smtp import SmtpServer
from tests.ports import free_port

MESSAGE = compose(
    Mail(
        sender="Duly <desk@example.com>",
        to="Zoë <zoe@example.org>",
        subject="Ihr Anliegen",
        text="Guten Tag\n.\nEnde\n",
        message_id="<1.2@example.com>",
        date=datetime(2026, 10, 26, 15, 0, tzinfo=UTC),
    )
)


@dataclass
class Post:
    """What a server answers, and what it was given."""

    answer_to_recipient: str = "250 OK"
    answer_to_data: str = "250 OK"
    taken: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer_to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer_to_data.startswith("2"):
            self.taken.append(envelope)
        return self.answer_to_data


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def server(post: Post) -> Iterator[SmtpServer]:
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield SmtpServer("127.0.0.1", controller.port)
    controller.stop()


@pytest.mark.parametrize("address", ["lea@hafenlicht.example", "x@Nowhere.INVALID"])
def test_nobodys_address_is_never_written_to(address: str, server: SmtpServer, post: Post) -> None:
    mail = compose(
        Mail(
            sender="desk@example.com",
            to=address,
            subject="A demonstration",
            text="…",
            message_id="<3.2@example.com>",
            date=datetime(2026, 10, 26, 15, 0, tzinfo=UTC),
        )
    )
    with pytest.raises(Undeliverable, match="nobody's address") as refused:
        server.send(mail)
    assert refused.value.permanent
    assert post.taken == []


def test_a_mail_arrives_whole(server: SmtpServer, post: Post) -> None:
    server.send(MESSAGE)
    (envelope,) = post.taken
    assert envelope.mail_from == "desk@example.com"
    assert envelope.rcpt_tos == ["zoe@example.org"]
    assert isinstance(envelope.content, bytes)
    read = message_from_bytes(envelope.content, policy=default)
    assert read["Message-ID"] == "<1.2@example.com>"
    assert read.get_content().splitlines() == ["Guten Tag", ".", "Ende"]


@pytest.mark.parametrize("step", ["answer_to_recipient", "answer_to_data"])
@pytest.mark.parametrize(("answer", "permanent"), [("550 nobody here", True), ("451 later", False)])
def test_a_refusal_says_why_and_whether_to_try_again(
    server: SmtpServer, post: Post, step: str, answer: str, permanent: bool
) -> None:
    setattr(post, step, answer)
    with pytest.raises(Undeliverable) as caught:
        server.send(MESSAGE)
    assert caught.value.reason == answer
    assert caught.value.permanent is permanent
    assert caught.value.of_address == (step == "answer_to_recipient")
    assert post.taken == []


def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(Undeliverable) as caught:
        SmtpServer("127.0.0.1", free_port()).send(MESSAGE)
    assert not caught.value.permanent
    assert "refused" in caught.value.reason


def sign_in(
    server: SMTP, session: Session, envelope: Envelope, way: str, data: object
) -> AuthResult:
    good = data == LoginPassword(b"desk", b"secret")
    return AuthResult(success=good, handled=False)


@pytest.mark.parametrize(("password", "arrives"), [("secret", True), ("wrong", False)])
def test_a_wrong_password_loses_no_mail(post: Post, password: str, arrives: bool) -> None:
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=sign_in,
        auth_require_tls=False,
    )
    controller.start()
    try:
        server = SmtpServer("127.0.0.1", controller.port, user="desk", password=password)
        if arrives:
            server.send(MESSAGE)
        else:
            with pytest.raises(Undeliverable, match="sign-in refused") as caught:
                server.send(MESSAGE)
            assert not caught.value.permanent
    finally:
        controller.stop()
    assert len(post.taken) == arrives


def test_a_password_is_not_said_in_the_clear_to_another_machine(post: Post) -> None:
    # 127.0.0.2 answers on this machine and is not one of the names that we take for it.
    controller = Controller(post, hostname="127.0.0.2", port=free_port())
    controller.start()
    try:
        with pytest.raises(Undeliverable, match="offers no encryption"):
            SmtpServer("127.0.0.2", controller.port, user="desk", password="secret").send(MESSAGE)
    finally:
        controller.stop()
    assert post.taken == []


def test_a_server_without_the_encryption_that_is_required_gets_nothing(
    server: SmtpServer, post: Post
) -> None:
    with pytest.raises(Undeliverable, match="and it is required"):
        replace(server, starttls=True).send(MESSAGE)
    assert post.taken == []
