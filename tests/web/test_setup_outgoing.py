"""The server for outgoing mail: set in the browser, tried out, and taken by everything that leaves."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.core.mail import send_mail
from django.test import Client
from pytest_django import Settings

from duly.channels.mail_out.failure import Undeliverable
from duly.desk.mailroom.outgoing import OutgoingServer
from duly.desk.queries.outgoing import Sender, WayOut, way_out
from duly.desk.setup.audit import AuditEntry
from tests.channels.mail_out.provider_server import KEY, ProviderServer
from tests.channels.mail_out.test_smtp import Post, sign_in
from tests.desk.people import Cast
from tests.ports import free_port
from tests.web.reading import page, words

OUTGOING = "/desk/setup/outgoing/"
SERVER = "/desk/setup/outgoing/server/"
CHOSEN = {
    "host": "127.0.0.1",
    "port": "587",
    "security": "none",
    "user": "desk",
    "password": "secret",
    "from_address": "help@acme.test",
    "from_name": 'Acme "Help"',
}


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def port(post: Post) -> Iterator[str]:
    controller = Controller(
        post, hostname="127.0.0.1", port=free_port(), authenticator=sign_in, auth_require_tls=False
    )
    controller.start()
    yield str(controller.port)
    controller.stop()


@pytest.fixture
def owner(people: Cast, now: datetime, client: Client, settings: Settings) -> Client:
    settings.DULY_MAIL_URL = "smtp://127.0.0.1:1"  # where nobody answers
    people.owner.email = "olga@desk.test"
    people.owner.save()
    client.force_login(people.owner)
    return client


def text_of(envelope: Envelope) -> str:
    content = envelope.content
    assert isinstance(content, bytes)
    return content.decode()


def test_a_test_through_the_servers_that_is_set_shows_all_that_was_said(
    owner: Client, post: Post, port: str
) -> None:
    assert "Saved." in words(
        owner.post(SERVER, CHOSEN | {"port": port}, follow=True).content.decode()
    )
    html = owner.post(OUTGOING).content.decode()
    assert "It was taken" in html
    for line in ("&lt; 220", "&gt; AUTH …", "&lt; 235", "&gt; rcpt TO:&lt;olga@desk.test&gt;"):
        assert line in html
    (taken,) = post.taken
    assert taken.mail_from == "help@acme.test"
    assert 'From: Acme "Help"' not in text_of(taken), "a quotation mark is written as mail does"
    assert "help@acme.test" in text_of(taken)
    assert "secret" not in html
    assert "secret" not in owner.get(OUTGOING).content.decode()


def test_what_djangos_packages_write_leaves_that_way_too(
    owner: Client, post: Post, port: str, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "duly.web.mail_backend.DeskBackend"
    with pytest.raises(Undeliverable):
        send_mail("Your code", "1234", settings.DEFAULT_FROM_EMAIL, ["zoe@example.org"])
    owner.post(SERVER, CHOSEN | {"port": port})
    send_mail("Your code", "1234", settings.DEFAULT_FROM_EMAIL, ["zoe@example.org"])
    assert [taken.mail_from for taken in post.taken] == ["help@acme.test"]


def test_without_a_server_the_installations_holds(owner: Client) -> None:
    owner.post(SERVER, CHOSEN | {"host": ""})
    assert way_out().url == "smtp://127.0.0.1:1"
    assert not OutgoingServer.objects.get().secret
    assert "127.0.0.1:1" in page(owner, OUTGOING)


def test_the_password_is_sealed_and_nowhere_in_the_audit(owner: Client) -> None:
    owner.post(SERVER, CHOSEN)
    row = OutgoingServer.objects.get()
    assert b"secret" not in bytes(row.secret)
    assert way_out() == WayOut(
        "smtp+plain://desk:secret@127.0.0.1:587", Sender("help@acme.test", 'Acme "Help"')
    )
    entry = AuditEntry.objects.get(act="outgoing_set")
    assert entry.facts == {
        "provider": "",
        "host": "127.0.0.1",
        "port": 587,
        "security": "none",
        "new_password": True,
    }


def test_a_password_stays_with_the_server_for_which_it_was_typed(owner: Client) -> None:
    owner.post(SERVER, CHOSEN)
    unchanged = CHOSEN | {"password": "", "from_name": "Other"}
    assert owner.post(SERVER, unchanged).status_code == 302
    assert ":secret@" in way_out().url
    for change in ({"host": "localhost"}, {"port": "25"}, {"user": "me"}, {"security": "tls"}):
        answer = owner.post(SERVER, unchanged | change)
        assert answer.status_code == 422
        assert "Type the password again" in words(answer.content.decode())
    assert ":secret@127.0.0.1:587" in way_out().url


def test_a_providers_key_is_sealed_and_a_test_shows_all_that_was_said_but_it(
    owner: Client,
) -> None:
    with ProviderServer() as server:
        theirs = {"provider": "postmark", "key": KEY, "port": "587", "security": "starttls"}
        theirs["api_url"] = f"http://{server.address}/postmark"
        owner.post(SERVER, theirs)
        html = owner.post(OUTGOING).content.decode()
    assert "It was taken" in html
    assert "Postmark (http://127.0.0.1:" in words(html)
    for line in ("&gt; POST http://127.0.0.1:", "olga@desk.test", "&lt; 200 OK"):
        assert line in html
    assert len(server.taken) == 1
    row = OutgoingServer.objects.get()
    assert "s3cret" not in html
    assert b"s3cret" not in bytes(row.secret)
    assert "s3cret" not in page(owner, OUTGOING)

    # The key stays with whom it was typed for.
    theirs |= {"key": ""}
    assert owner.post(SERVER, theirs).status_code == 302
    for change in ({"provider": "resend"}, {"api_url": ""}, {"provider": "", "host": "localhost"}):
        owner.post(SERVER, theirs | change | {"user": "desk"})
        assert OutgoingServer.objects.get().provider == "postmark"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"provider": "nobody"}, "not one of the available choices"),
        ({"key": ""}, "The provider wants a key"),
        ({"provider": "mailjet"}, "Mailjet wants this, too"),
        ({"provider": "postal"}, "At Postal everybody has a server of their own"),
        ({"api_url": "http://api.test/v3"}, "begins with https://"),
        ({"api_url": "https://a:b@api.test/v3"}, "begins with https://"),
    ],
)
def test_a_provider_that_cannot_be_used_is_refused(
    owner: Client, wrong: dict[str, str], said: str
) -> None:
    theirs = {"provider": "mailgun", "key": KEY, "port": "587", "security": "starttls"}
    answer = owner.post(SERVER, theirs | wrong)
    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert not OutgoingServer.objects.exists()


def test_what_a_provider_lacks_stands_beside_the_box_for_it(owner: Client) -> None:
    theirs = {"provider": "mailgun", "key": "", "port": "587", "security": "starttls"}
    html = owner.post(SERVER, theirs).content.decode()
    assert '<a href="#id_key">The provider wants a key.</a>' in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"host": "mail.acme.test"}, "Only a server on this machine"),
        ({"host": "a b"}, "no server's name"),
        ({"host": "a@b"}, "no server's name"),
        ({"port": "65536"}, "less than or equal to 65535"),
        ({"from_address": "help"}, "That is no mail address"),
        ({"user": ""}, "A password needs a user"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_kept(
    owner: Client, wrong: dict[str, str], said: str
) -> None:
    answer = owner.post(SERVER, CHOSEN | wrong)
    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert not OutgoingServer.objects.exists()


def test_another_key_of_the_desk_is_said_plainly(owner: Client) -> None:
    owner.post(SERVER, CHOSEN)
    OutgoingServer.objects.update(secret=b"sealed with another key")
    assert "sealed with another DULY_SECRET_KEY" in page_of(owner)


def page_of(owner: Client) -> str:
    return words(owner.post(OUTGOING).content.decode())


def test_the_letters_are_shown_as_the_relay_writes_them(owner: Client) -> None:
    owner.post(SERVER, CHOSEN)
    text = page(owner, OUTGOING + "letters/customer/de/")
    for said in (
        "made up",
        "[#4711] Beispiel: der Bericht ist leer",
        "Clara hat das Ticket eröffnet:",
        "Wir haben die Ursache gefunden",
        "Es schließt sich von selbst",
        "Wie war unsere Hilfe?",
        "help@acme.test",
        "Lena lädt Sie zum Support-Desk ein",
        "Ein neues Passwort für den Support-Desk",
    ):
        assert said in text
    assert "The resolution is due" in page(owner, OUTGOING + "letters/agent/en/")


def test_the_html_of_a_letter_stands_in_a_frame_where_nothing_runs(owner: Client) -> None:
    answer = owner.get(OUTGOING + "letters/agent/en/missed/")
    assert "is missed." in answer.content.decode()
    assert answer["Content-Security-Policy"].startswith("sandbox ")
    assert "script" not in answer["Content-Security-Policy"]
    invited = owner.get(OUTGOING + "letters/agent/en/invited/").content.decode()
    assert "Lena added you to the support desk at" in invited


@pytest.mark.parametrize(
    "address", ["nobody/en/", "agent/xx/", "customer/en/missed/", "agent/en/nothing/"]
)
def test_what_is_no_letter_is_not_found(owner: Client, address: str) -> None:
    assert owner.get(OUTGOING + "letters/" + address).status_code == 404
