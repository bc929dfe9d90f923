"""Which way mail leaves, and the folder that takes it in demonstrations."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from pytest_django import Settings

from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import Mail, compose
from duly.channels.mail_out.provider_api import ProviderApi
from duly.channels.mail_out.route import route
from duly.channels.mail_out.sink import Sink
from duly.channels.mail_out.smtp import SmtpServer

MESSAGE = compose(
    Mail(
        sender="desk@example.com",
        to="zoe@example.org",
        subject="Hello",
        text="Hello\n",
        message_id="<1.2@example.com>",
        date=datetime(2026, 10, 26, 15, 0, tzinfo=UTC),
    )
)


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 587)),
        ("smtps://mail.example.com", SmtpServer("mail.example.com", 465, tls_first=True)),
        (
            "smtp://desk%40example.com:s%2Fx@h:2525",
            SmtpServer("h", 2525, "desk@example.com", "s/x"),
        ),
        ("smtp+starttls://h", SmtpServer("h", 587, starttls=True)),
        ("smtp+plain://[::1]:2525", SmtpServer("::1", 2525, starttls=False)),
        ("postmark://:s%2Fx@", ProviderApi("postmark", key="s/x")),
        (
            "mailjet://public:key@api.us.mailjet.com/v3.1",
            ProviderApi("mailjet", "public", "key", "https://api.us.mailjet.com/v3.1"),
        ),
        (
            "postal://:key@127.0.0.1:5000",
            ProviderApi("postal", key="key", url="http://127.0.0.1:5000"),
        ),
        ("sink:/tmp/mail", Sink(Path("/tmp/mail"))),
    ],
)
def test_a_url_names_the_way(url: str, way: object) -> None:
    assert route(url) == way


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.com",
        "http://example.com",
        "smtp://",
        "sink:",
        "postmark://key@",
        "mailjet://:key@",
        "postmark://account:key@",
    ],
)
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"a mail URL .*looks like"):
        route(url)


def test_a_sink_keeps_a_message_once(tmp_path: Path) -> None:
    sink = Sink(tmp_path / "mail")
    sink.send(MESSAGE)
    sink.send(MESSAGE)
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name.startswith("2026-10-26T150000Z-")
    assert file.read_bytes() == MESSAGE.as_bytes()


def test_a_sink_that_cannot_be_written_to_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("not a folder")
    with pytest.raises(Undeliverable) as caught:
        Sink(tmp_path / "mail").send(MESSAGE)
    assert not caught.value.permanent


def test_mails_of_djangos_packages_leave_the_same_way(tmp_path: Path, settings: Settings) -> None:
    settings.DULY_MAIL_URL = f"sink:{tmp_path}"
    mail = EmailMultiAlternatives("Your code", "1234", "desk@example.com", ["zoe@example.org"])
    mail.attach_alternative("<p>1234</p>", "text/html")
    assert get_connection("duly.channels.mail_out.backend.Backend").send_messages([mail]) == 1
    (file,) = tmp_path.iterdir()
    assert "Subject: Your code" in file.read_text()
