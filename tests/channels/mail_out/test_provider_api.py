"""Handing mail to a provider over HTTP, against a real server that speaks its API."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from duly.channels.mail_out.conversation import conversation
from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import Enclosed, Mail, compose
from duly.channels.mail_out.providers import PROVIDERS
from duly.channels.mail_out.route import route
from tests.channels.mail_out.provider_server import KEY, TAKEN, TO, ProviderServer
from tests.ports import free_port

MAIL = Mail(
    sender='"Desk, the" <desk@desk.test>',
    to=f"Zoë <{TO}>",
    subject="Ihr Anliegen",
    text="Guten Tag\n",
    html="<p>Guten Tag</p>",
    message_id="<1.2@desk.test>",
    date=datetime(2026, 10, 26, 15, 0, tzinfo=UTC),
    in_reply_to="<ticket-7@desk.test>",
    references=("<ticket-7@desk.test>",),
    headers={"Auto-Submitted": "auto-generated", "Reply-To": "desk+secret@desk.test"},
)


@pytest.fixture
def server() -> Iterator[ProviderServer]:
    with ProviderServer() as server:
        yield server


def test_the_test_speaks_for_every_provider() -> None:
    assert TAKEN.keys() == PROVIDERS.keys()


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_a_mail_is_said_whole_and_the_key_is_not_repeated(
    provider: str, server: ProviderServer
) -> None:
    heard = conversation(server.url(provider), MAIL)
    assert heard.problem == ""
    (asked,) = server.asked
    assert asked.path == f"/{provider}{TAKEN[provider][0]}"
    for part in (TO, "desk@desk.test", "Ihr Anliegen", "Guten Tag", "<p>Guten Tag</p>"):
        assert part in asked.said
    for part in ("desk+secret@desk.test", "<ticket-7@desk.test>", "auto-generated"):
        assert part in asked.said, "what keeps a ticket's mails together"
    assert asked.headers["Idempotency-Key"] == "1.2@desk.test"
    known = PROVIDERS[provider]
    assert ("<1.2@desk.test>" in asked.said) == (known.takes_message_id or known.takes_metadata)

    lines = "\n".join(heard.lines)
    assert lines.startswith("> POST http://127.0.0.1:")
    assert f"\n< {TAKEN[provider][1][0]} " in lines
    assert "s3cret" not in lines


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_files_go_along_whoever_carries_them(provider: str, server: ProviderServer) -> None:
    content = b"line of a log"
    enclosed = (Enclosed("log.txt", "text/plain", content),)
    route(server.url(provider)).send(compose(replace(MAIL, enclosed=enclosed)))
    said = server.asked[0].said
    assert "log.txt" in said
    assert any(form in said for form in (content.decode(), b64encode(content).decode()))


def test_postmark_is_asked_to_keep_the_message_id(server: ProviderServer) -> None:
    route(server.url("postmark")).send(compose(MAIL))
    assert "X-PM-KeepID" in server.asked[0].said


@pytest.mark.parametrize(
    ("status", "permanent"), [(400, True), (422, True), (401, False), (429, False), (503, False)]
)
def test_a_refusal_says_why_and_whether_to_try_again(
    status: int, permanent: bool, server: ProviderServer
) -> None:
    server.answer = lambda _: (status, {"message": f"no, {KEY}"})
    with pytest.raises(Undeliverable) as caught:
        route(server.url("brevo")).send(compose(MAIL))
    assert caught.value.reason == f'Brevo answered {status}: {{"message": "no, …"}}'
    assert caught.value.permanent is permanent


def test_an_address_that_a_provider_writes_to_no_more_is_given_up(server: ProviderServer) -> None:
    inactive = {
        "ErrorCode": 406,
        "Message": "You tried to send to a recipient that has been marked as inactive."
        f" Found inactive addresses: {TO}. Inactive recipients are ones that have generated a hard bounce.",
    }
    server.answer = lambda _: (422, inactive)
    with pytest.raises(Undeliverable, match="Postmark writes to that address no more") as caught:
        route(server.url("postmark")).send(compose(MAIL))
    assert caught.value.permanent
    assert caught.value.of_address


def test_a_mail_that_a_provider_counts_as_failed_was_not_sent(server: ProviderServer) -> None:
    # Mailjet says so in a body that anymail takes for an answer; only its word "failed" tells.
    server.answer = lambda _: (400, {"Messages": [{"Status": "error", "Errors": []}]})
    with pytest.raises(Undeliverable, match="Mailjet answered 400") as caught:
        route(server.url("mailjet")).send(compose(MAIL))
    assert caught.value.permanent


def test_a_key_is_not_sent_on_to_another_address(server: ProviderServer) -> None:
    server.answer = lambda asked: (302, {}) if asked.path == "/postmark/email" else None
    with pytest.raises(Undeliverable) as caught:
        route(server.url("postmark")).send(compose(MAIL))
    assert not caught.value.permanent
    assert [one.path for one in server.asked] == ["/postmark/email"]


def test_a_provider_that_is_away_is_tried_again() -> None:
    with pytest.raises(Undeliverable, match="Resend cannot be reached: ConnectionError") as caught:
        route(f"resend://:s3cret@127.0.0.1:{free_port()}").send(compose(MAIL))
    assert not caught.value.permanent
    assert "s3cret" not in caught.value.reason


def test_nobodys_address_is_never_written_to(server: ProviderServer) -> None:
    mail = compose(replace(MAIL, to="lea@hafenlicht.example"))
    with pytest.raises(Undeliverable, match="nobody's address"):
        route(server.url("resend")).send(mail)
    assert server.asked == []
