"""Composing a mail."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import Enclosed, Mail, compose

MAIL = Mail(
    sender="Duly <desk@example.com>",
    to="Zoë Müller <zoe@example.org>",
    subject="Größere Störung",
    text="Guten Tag\n",
    message_id="<1.2@example.com>",
    date=datetime(2026, 10, 26, 15, 0, tzinfo=UTC),
)


def test_a_mail_survives_the_journey() -> None:
    sent = replace(
        MAIL,
        html="<p>Guten Tag</p>",
        in_reply_to="<0@example.org>",
        references=("<a@b>", "<0@example.org>"),
    )
    read = message_from_bytes(compose(sent).as_bytes(), policy=default)
    assert read["Subject"] == "Größere Störung"
    assert read["To"] == "Zoë Müller <zoe@example.org>"
    assert read["Message-ID"] == "<1.2@example.com>"
    assert read["In-Reply-To"] == "<0@example.org>"
    assert read["References"] == "<a@b> <0@example.org>"
    assert read["Date"] == "Mon, 26 Oct 2026 15:00:00 +0000"
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == ["Guten Tag"]
    assert html.get_content().splitlines() == ["<p>Guten Tag</p>"]


def test_files_go_along_byte_by_byte_and_none_becomes_a_part_of_the_mail() -> None:
    said = b"From: boss@example.org\r\n\r\nPay.\n"
    files = (
        Enclosed("Größe 1.txt", "text/plain", b"\xff\x00line\nline\r\n"),
        Enclosed("a\r\nBcc: eve@example.org.eml", "message/rfc822", said),
        Enclosed("odd", "text/html; x=\r\n", b"<p>"),
    )
    read = message_from_bytes(
        compose(replace(MAIL, html="<p>Guten Tag</p>", enclosed=files)).as_bytes(), policy=default
    )
    assert read["Bcc"] is None
    found = [
        (p.get_filename(), p.get_content_type(), p.get_payload(decode=True))
        for p in read.iter_attachments()
    ]
    plain = "application/octet-stream"
    assert found == [
        ("Größe 1.txt", "text/plain", files[0].content),
        ("a Bcc: eve@example.org.eml", plain, said),
        ("odd", plain, b"<p>"),
    ]
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["Guten Tag"]


def test_the_same_mail_is_the_same_message_each_time() -> None:
    first, second = compose(MAIL), compose(MAIL)
    assert first["Message-ID"] == second["Message-ID"] == "<1.2@example.com>"


@pytest.mark.parametrize("sign", ["\r", "\n", "\r\n", "\0"])
@pytest.mark.parametrize("field", ["sender", "to", "subject", "message_id", "in_reply_to"])
def test_nobody_adds_headers_of_their_own(field: str, sign: str) -> None:
    evil = replace(MAIL, **{field: f"a@example.com{sign}Bcc: everybody@example.com"})  # type: ignore[arg-type]
    with pytest.raises(Undeliverable, match="holds a line break") as caught:
        compose(evil)
    assert caught.value.permanent


def test_nobody_adds_headers_through_further_headers() -> None:
    with pytest.raises(Undeliverable, match="holds a line break"):
        compose(replace(MAIL, headers={"X-Ticket": "7\r\nBcc: everybody@example.com"}))


@pytest.mark.parametrize("text", ["", "nobody", "@example.com", "zoe@", "two words@example.com"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Undeliverable, match="is no mail address") as caught:
        compose(replace(MAIL, to=text))
    assert caught.value.permanent
