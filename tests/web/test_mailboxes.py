"""Mailboxes are set up in the browser: tried out before they are saved, passwords never shown, every change audited."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mailboxes.add import add_mailbox
from duly.desk.actions.mailboxes.alarm import look_after_mailboxes
from duly.desk.mailroom.count import MailCount
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.setup.audit import AuditEntry
from duly.desk.setup.sealing import opened
from tests.channels.mail_in.dovecot import Dovecot
from tests.desk.people import MONDAY, Cast
from tests.web.reading import page, words

LISTENER = MailboxSettings(address="desk@vendor.example", name="Support", kind="listener")


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.owner)
    return client


@pytest.fixture
def box(people: Cast) -> Mailbox:
    return add_mailbox(actor=people.actor("owner"), settings=LISTENER, at=MONDAY)


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with Dovecot() as dovecot:
        yield dovecot


def typed(on: int, **more: str) -> dict[str, str]:
    return {
        "address": "Help@Vendor.example",
        "kind": "imap",
        "host": "127.0.0.1",
        "port": str(on),
        "user": "desk",
        "password": "secret",
        "security": "none",
        "folder": "INBOX",
        "afterwards": "keep",
        "takes_strangers": "on",
        "is_active": "on",
        **more,
    }


@pytest.mark.slow
def test_a_mailbox_is_added_once_every_step_is_good_and_starts_with_new_mail(
    signed_in: Client, server: Dovecot
) -> None:
    server.deliver(b"From: a@x.example\r\n\r\nold")
    added = signed_in.post("/desk/setup/mailboxes/new/", typed(server.port))
    assert added.status_code == 302, words(added.content.decode())
    row = Mailbox.objects.get()
    assert (row.address, row.uid) == ("help@vendor.example", 1)
    assert row.validity > 0
    assert opened(bytes(row.secret)) == "secret"
    assert b"secret" not in bytes(row.secret)
    shown = signed_in.get(added["Location"]).content.decode()
    assert 'type="password" value=""' in shown
    assert AuditEntry.objects.get(act="mailbox_added").subject_id == row.pk
    assert "secret" not in str(AuditEntry.objects.get(act="mailbox_added").facts)

    # Without a new password the stored one is used; a wrong one is not saved.
    kept = signed_in.post(added["Location"], typed(server.port, password="", afterwards="move"))
    assert kept.status_code == 302, words(kept.content.decode())
    wrong = signed_in.post(added["Location"], typed(server.port, password="wrong"))
    assert wrong.status_code == 422
    assert "Are user and password right?" in wrong.content.decode()
    row.refresh_from_db()
    assert (row.afterwards, row.uid, opened(bytes(row.secret))) == ("move", 1, "secret")


def test_a_server_out_of_reach_is_not_saved_and_says_at_which_step(signed_in: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        answer = signed_in.post("/desk/setup/mailboxes/new/", typed(free.getsockname()[1]))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "one step failed" in html
    assert "refused" in html
    assert "Is it the right port, and does a firewall let the desk out?" in html
    assert not Mailbox.objects.exists()


def test_a_mailbox_out_of_reach_can_still_be_switched_off(signed_in: Client, box: Mailbox) -> None:
    sent = typed(1)
    del sent["is_active"]
    assert signed_in.post(f"/desk/setup/mailboxes/{box.pk}/", sent).status_code == 302
    box.refresh_from_db()
    assert not box.is_active


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "no address", "That is no mail address."),
        ("address", "desk+x@vendor.example", "Leave out the plus sign"),
        ("address", "DESK@vendor.example", "There is a mailbox with that address already."),
        ("host", "", "the desk needs a server"),
        ("port", "99999", "65535"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_box(
    field: str, value: str, said: str, signed_in: Client, box: Mailbox
) -> None:
    sent = typed(1, **{field: value})
    if field == "address":
        sent["kind"] = "listener"
    answer = signed_in.post("/desk/setup/mailboxes/new/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Mailbox.objects.count() == 1


def test_another_folder_is_read_from_its_beginning(people: Cast, box: Mailbox) -> None:
    from dataclasses import replace

    from duly.desk.actions.mailboxes.change import change_mailbox

    Mailbox.objects.filter(pk=box.pk).update(validity=7, uid=9)
    for settings, uid in (
        (replace(LISTENER, name="New"), 9),
        (replace(LISTENER, folder="Other"), 0),
    ):
        actor = people.actor("owner")
        assert (
            change_mailbox(actor=actor, mailbox_id=box.pk, settings=settings, at=MONDAY).uid == uid
        )


def test_the_list_counts_every_mail_in_one_column(signed_in: Client, box: Mailbox) -> None:
    for number, outcome in enumerate(["ticket", "ticket", "reply", "held", "refused", None]):
        keep(mailbox_id=box.pk, raw=b"%d" % number, at=MONDAY)
        if outcome:
            RawMail.objects.filter(outcome=None).update(outcome=outcome, decided_at=MONDAY)
    text = page(signed_in, "/desk/setup/mailboxes/")
    assert "2 1 1 1 1" in text


def test_an_owner_sees_that_nobody_vouches_for_senders_and_what_can_be_done(
    signed_in: Client, box: Mailbox
) -> None:
    nobody = "every mail is held: nobody's word on senders counts yet"
    assert nobody in page(signed_in, "/desk/setup/mailboxes/")
    text = page(signed_in, f"/desk/setup/mailboxes/{box.pk}/")
    assert "If its server says nothing about senders" in text
    assert "where one key accepts it" in text

    # A server is named, and still writes nothing into some mails.
    Mailbox.objects.update(verdict_server="mx.vendor.example")
    for text, outcome in (("a", "held"), ("b", "held"), ("c", "ticket")):
        keep(mailbox_id=box.pk, raw=text.encode(), at=MONDAY)
        mails = RawMail.objects.filter(outcome=None)
        mails.update(outcome=outcome, reason="unvouched", decided_at=MONDAY)
    listed = page(signed_in, "/desk/setup/mailboxes/")
    assert nobody not in listed
    assert "held because its server says nothing about the sender: 2" in listed


def test_the_receiving_servers_name_is_learnt_from_a_test_mail(
    signed_in: Client, box: Mailbox, settings: Settings, tmp_path: Path
) -> None:
    settings.DULY_MAIL_URL = f"sink:{tmp_path / 'mail'}"
    led_to = signed_in.post(reverse("setup:test-mailbox", args=[box.pk]))["Location"]
    assert "on its way" in page(signed_in, led_to)
    (sent,) = (tmp_path / "mail").glob("*.eml")
    raw = b"Authentication-Results: MX.Vendor.example 1; spf=none\r\n" + sent.read_bytes()
    keep(mailbox_id=box.pk, raw=raw, at=MONDAY)
    identity = next(
        line.partition(b": ")[2] for line in raw.splitlines() if line.startswith(b"Message-ID")
    )
    RawMail.objects.update(internet_id=identity.decode())
    assert "calls itself mx.vendor.example" in page(signed_in, led_to)
    signed_in.post(reverse("setup:believe", args=[box.pk]), {"server": "mx.vendor.example"})
    box.refresh_from_db()
    assert box.verdict_server == "mx.vendor.example"
    refused = signed_in.post(reverse("setup:believe", args=[box.pk]), {"server": "a b; c"})
    assert refused.status_code == 409


def test_outgoing_mail_is_tried_out_without_showing_the_password(
    signed_in: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.DULY_MAIL_URL = "smtp://desk:hush@127.0.0.1:1"
    assert "hush" not in signed_in.get("/desk/setup/outgoing/").content.decode()
    text = signed_in.post("/desk/setup/outgoing/").content.decode()
    assert "It was not taken" in text
    assert "hush" not in text
    settings.DULY_MAIL_URL = f"sink:{tmp_path / 'mail'}"
    assert "It was taken" in signed_in.post("/desk/setup/outgoing/").content.decode()
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


def test_nobody_else_sets_mail_up(people: Cast, client: Client, box: Mailbox) -> None:
    for name in ("lead", "agent", "contact"):
        client.force_login(getattr(people, name))
        for address in ("mailboxes/", "mailboxes/new/", f"mailboxes/{box.pk}/", "outgoing/"):
            for answer in (
                client.get(f"/desk/setup/{address}"),
                client.post(f"/desk/setup/{address}"),
            ):
                assert answer.status_code in (404, 405)


def test_each_hours_count_stands_on_the_page_and_what_is_missing_is_said(
    signed_in: Client, box: Mailbox
) -> None:
    for minutes, outcome in ((10, "ticket"), (20, "held"), (30, "")):
        at = MONDAY + timedelta(minutes=minutes)
        keep(mailbox_id=box.pk, raw=b"%d" % minutes, at=at)
        if outcome:
            RawMail.objects.filter(outcome=None).update(outcome=outcome, decided_at=at)
    MailCount.objects.create(
        mailbox=box,
        since=MONDAY,
        counted_at=MONDAY + timedelta(hours=1),
        arrived=5,
        kept=3,
        late=0,
        missing=1,
    )
    assert "Counted each hour" in page(signed_in, f"/desk/setup/mailboxes/{box.pk}/")
    look_after_mailboxes(at=MONDAY + timedelta(hours=1))
    said = "Mails that arrived at the server and never came to the desk: 1."
    text = page(signed_in, f"/desk/setup/mailboxes/{box.pk}/")
    assert said in text
    assert "5 3 1 0 1 1 0 1 0 1" in text  # five arrived: three kept, one again, one missing
    assert said in page(signed_in, "/desk/setup/mailboxes/")


def test_a_providers_address_is_made_shown_once_and_kept_sealed(
    signed_in: Client, settings: Settings
) -> None:
    settings.DULY_URL = "https://desk.example.com"
    sent = typed(1, kind="webhook", provider="mailgun", key="signing-key", host="", user="")
    added = signed_in.post("/desk/setup/mailboxes/new/", sent)
    assert added.status_code == 302, words(added.content.decode())
    row = Mailbox.objects.get()
    assert (row.provider, opened(bytes(row.secret))) == ("mailgun", "signing-key")
    assert "There is no address yet" in page(signed_in, added["Location"])
    shown = words(signed_in.post(reverse("setup:post-address", args=[row.pk])).content.decode())
    row.refresh_from_db()
    secret = opened(bytes(row.post_secret))
    assert len(secret) >= 43  # 256 bits
    assert f"https://duly:{secret}@desk.example.com/mail/in/{row.pk}/" in shown
    assert secret not in page(signed_in, added["Location"])
    assert secret not in str(AuditEntry.objects.get(act="mailbox_address_made").facts)
    # Without a provider nobody could be let in.
    nobody = signed_in.post(
        "/desk/setup/mailboxes/new/", typed(1, kind="webhook", address="b@vendor.example")
    )
    assert "Say which provider posts the mail." in nobody.content.decode()
