"""A mailbox is signed in to by OAuth 2.0: consented to in the browser, renewed in time, and a lost grant is said.

The authorisation server is ours and speaks real HTTP; Dovecot asks it whether a token is good.
"""

import imaplib
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from duly.channels import wall_clock
from duly.channels.mail_in.imap import Unreachable
from duly.channels.mail_in.oauth import NotNow
from duly.desk.actions.mailboxes.alarm import look_after_mailboxes
from duly.desk.mailroom.alarm import Alarm
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.oauth import OAuthGrant
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.setup.audit import AuditEntry
from duly.desk.setup.sealing import opened
from duly.worker.mail_in import fetching
from tests.channels.mail_in.authority import CLIENT, Authority
from tests.channels.mail_in.dovecot import Dovecot
from tests.desk.people import Cast
from tests.web.reading import page, words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SETUP = "/desk/setup/mailboxes/"


@pytest.fixture(autouse=True)
def _without_tls(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Let oauthlib speak to a server without TLS, and come back to the test's own client."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    settings.DULY_URL = "http://testserver"


@pytest.fixture
def authority() -> Iterator[Authority]:
    with Authority() as running:
        yield running


@pytest.fixture
def server(authority: Authority) -> Iterator[Dovecot]:
    with Dovecot(f"{authority.url}/introspect?token=") as dovecot:
        yield dovecot


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.owner)
    return client


def typed(authority: Authority, server: Dovecot, **more: str) -> dict[str, str]:
    return {
        "address": "help@vendor.example",
        "kind": "imap",
        "host": "127.0.0.1",
        "port": str(server.port),
        "user": "desk",
        "security": "none",
        "afterwards": "keep",
        "sign_in": "other",
        "client_id": CLIENT[0],
        "client_secret": CLIENT[1],
        "authorize_url": f"{authority.url}/authorize",
        "token_url": f"{authority.url}/token",
        "scope": "mail offline",
        "takes_strangers": "on",
        "is_active": "on",
        **more,
    }


def consent(browser: Client, mailbox: Mailbox) -> str:
    """Go the way that a browser goes; where it ends."""
    asked = browser.post(f"{SETUP}{mailbox.pk}/sign-in/").content.decode()
    (link,) = (
        part.split('"')[0].replace("&amp;", "&")
        for part in asked.split('href="')[1:]
        if "/authorize?" in part.split('"')[0]
    )
    back = requests.get(link, timeout=10, allow_redirects=False).headers["Location"]
    assert back.startswith("http://testserver/desk/setup/mailboxes/signed-in/?")
    return back.removeprefix("http://testserver")


@pytest.fixture
def mailbox(signed_in: Client, authority: Authority, server: Dovecot) -> Mailbox:
    """A mailbox that was consented to when there was one old mail in it."""
    server.deliver(b"From: a@x.example\r\n\r\nold")
    added = signed_in.post(f"{SETUP}new/", typed(authority, server))
    assert added.status_code == 302, words(added.content.decode())
    assert "The desk is not signed in" in page(signed_in, added["Location"])
    row = Mailbox.objects.get()
    done = signed_in.get(consent(signed_in, row))
    assert done.status_code == 302, words(done.content.decode())
    assert "The desk is signed in" in page(signed_in, done["Location"])
    row.refresh_from_db()
    return row


def fetched(mailbox: Mailbox) -> list[bytes]:
    """Fetch as the worker does."""
    mailbox.refresh_from_db()
    with fetching.open_folder(mailbox) as folder:
        fetching.take_all(mailbox, folder)
    return [bytes(mail.raw) for mail in RawMail.objects.order_by("pk")]


def test_consent_is_given_in_the_browser_and_mail_is_fetched_from_then_on(
    mailbox: Mailbox, server: Dovecot
) -> None:
    grant = OAuthGrant.objects.get()
    for sealed in (grant.client_secret, grant.access_token, grant.refresh_token):
        assert opened(bytes(sealed)).encode() not in bytes(sealed)
    assert opened(bytes(grant.client_secret)) == CLIENT[1]
    assert AuditEntry.objects.get(act="mailbox_signed_in").subject_id == mailbox.pk
    server.deliver(b"From: a@x.example\r\n\r\nnew")
    assert fetched(mailbox) == [b"From: a@x.example\r\n\r\nnew"]


def test_a_token_is_renewed_before_it_ends_and_after_it_was_refused(
    mailbox: Mailbox, authority: Authority, server: Dovecot
) -> None:
    server.deliver(b"From: a@x.example\r\n\r\none")
    assert len(fetched(mailbox)) == 1
    assert authority.asked == 0
    # Four minutes before its end a large mail might take longer.
    OAuthGrant.objects.update(expires_at=wall_clock.now() + timedelta(minutes=4))
    server.deliver(b"From: a@x.example\r\n\r\ntwo")
    assert len(fetched(mailbox)) == 2
    assert authority.asked == 1
    assert OAuthGrant.objects.get().is_fresh(wall_clock.now())
    # The provider ends it before its time.
    authority.forget_tokens()
    server.deliver(b"From: a@x.example\r\n\r\nthree")
    assert len(fetched(mailbox)) == 3
    assert authority.asked == 2


def test_a_lost_grant_is_said_until_somebody_consents_again(
    mailbox: Mailbox, authority: Authority, signed_in: Client
) -> None:
    authority.revoked = True
    OAuthGrant.objects.update(expires_at=wall_clock.now())
    with pytest.raises(Unreachable, match="Token was revoked"):
        fetched(mailbox)
    look_after_mailboxes(at=wall_clock.now())
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.detail) == ("sign_in_ended", "Token was revoked.")
    assert alarm.deliveries.exists()
    shown = page(signed_in, f"{SETUP}{mailbox.pk}/")
    assert "Its provider no longer lets the desk in" in shown
    authority.revoked = False
    signed_in.get(consent(signed_in, mailbox))
    look_after_mailboxes(at=wall_clock.now())
    assert not Alarm.objects.filter(mended_at=None).exists()
    assert fetched(mailbox) == []


def test_a_provider_that_is_down_costs_no_grant(mailbox: Mailbox, authority: Authority) -> None:
    OAuthGrant.objects.update(expires_at=wall_clock.now())
    authority.down = True
    with pytest.raises(NotNow):
        fetched(mailbox)
    authority.down = False
    assert fetched(mailbox) == []
    assert OAuthGrant.objects.get().lost_at is None


def test_a_consent_counts_once_and_only_for_the_browser_that_asked(
    mailbox: Mailbox, signed_in: Client, people: Cast
) -> None:
    before = OAuthGrant.objects.get().granted_at
    back = consent(signed_in, mailbox)
    other = Client()
    other.force_login(people.owner)
    assert other.get(back).status_code == 409
    forged = back.replace("state=", "state=x")
    assert signed_in.get(forged).status_code == 409
    assert signed_in.get(back).status_code == 409  # a try with another state ended it
    refused = signed_in.get(
        consent(signed_in, mailbox).split("code=")[0]
        + "error=access_denied&state="
        + signed_in.session["mailbox_sign_in"]["state"]
    )
    assert "access_denied" in page(signed_in, refused["Location"])
    assert OAuthGrant.objects.get().granted_at == before


def test_the_addresses_of_google_and_microsoft_need_not_be_typed(
    signed_in: Client, authority: Authority, server: Dovecot
) -> None:
    for provider, host in (
        ("google", "accounts.google.com"),
        ("microsoft", "login.microsoftonline.com"),
    ):
        Mailbox.objects.all().delete()
        sent = typed(authority, server, sign_in=provider, authorize_url="", token_url="", scope="")
        assert signed_in.post(f"{SETUP}new/", sent).status_code == 302
        row = Mailbox.objects.get()
        asked = signed_in.post(f"{SETUP}{row.pk}/sign-in/").content.decode()
        (link,) = (
            part.split('"')[0].replace("&amp;", "&")
            for part in asked.split('href="')
            if f"//{host}/" in part.split('"')[0]
        )
        query = parse_qs(urlsplit(link).query)
        assert query["code_challenge_method"] == ["S256"]
        assert query["redirect_uri"] == ["http://testserver/desk/setup/mailboxes/signed-in/"]
        assert query["login_hint"] == ["desk"]


def test_what_is_missing_for_a_sign_in_is_said_beside_its_box(
    signed_in: Client, authority: Authority, server: Dovecot
) -> None:
    for more, said in (
        ({"client_id": ""}, "Fill in what the provider calls the desk."),
        ({"token_url": "http://example.com/"}, "begins with https://"),
        ({"authorize_url": ""}, "begins with https://"),
    ):
        answer = signed_in.post(f"{SETUP}new/", typed(authority, server, **more))
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Mailbox.objects.exists()


def test_back_to_a_password(
    mailbox: Mailbox, signed_in: Client, authority: Authority, server: Dovecot
) -> None:
    sent = typed(authority, server, sign_in="password", password="secret")
    assert signed_in.post(f"{SETUP}{mailbox.pk}/", sent).status_code == 302
    assert not OAuthGrant.objects.exists()
    assert fetched(mailbox) == []


def test_the_server_takes_no_token_that_was_not_given(server: Dovecot) -> None:
    """That the other tests prove something."""
    with imaplib.IMAP4("127.0.0.1", server.port) as other, pytest.raises(imaplib.IMAP4.error):
        other.authenticate("XOAUTH2", lambda _: b"user=desk\1auth=Bearer none\1\1")
