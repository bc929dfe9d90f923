"""Signing in: one proved address, a password through a link, a second factor, and nothing to claim unproved."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from pytest_django import Settings

from duly.desk.people.person import Person
from tests.desk.people import Cast
from tests.web.reading import page, words

PASSWORD = "correct horse battery"


def chosen(person: Person) -> Person:
    """Let somebody have the password."""
    person.set_password(PASSWORD)
    person.save()
    return person


def new_password(client: Client, email: str) -> str:
    """Ask for a link and choose the password behind it; give the address that this leads to."""
    client.post("/account/password/reset/", {"email": email})
    assert mail.outbox[-1].subject == "A new password for the support desk"
    link = re.search(r"(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert link
    form = client.get(link[1], follow=True)
    sent = {"password1": PASSWORD, "password2": PASSWORD}
    return str(client.post(form.request["PATH_INFO"], sent)["Location"])


def test_nobody_makes_an_address_theirs_that_they_did_not_prove(
    people: Cast, client: Client
) -> None:
    """What is written in from an address is shown to whoever has it: Clara must not take her rival's."""
    client.force_login(people.contact)
    for deed in ("action_add", "action_primary", "action_send", "action_remove"):
        for address in ("rival@other.example", people.owner.email):
            sent = {"email": address, deed: ""}
            assert client.post("/account/email/", sent).status_code == 404
    assert Person.objects.get(pk=people.contact.pk).email == "clara@acme.example"
    assert not EmailAddress.objects.exists()
    assert not mail.outbox
    for address in ("signup/", "email/", "confirm-email/", "confirm-email/a:b:c/"):
        page(client, f"/account/{address}", 404)
        page(Client(), f"/account/{address}", 404)


def test_an_unknown_address_gets_no_mail_and_the_page_does_not_tell(people: Cast) -> None:
    said = {
        words(
            Client()
            .post("/account/password/reset/", {"email": email}, follow=True)
            .content.decode()
        )
        for email in ("nobody@elsewhere.example", people.contact.email)
    }
    assert len(said) == 1
    assert [sent.to for sent in mail.outbox] == [[people.contact.email]]


def test_whoever_chose_a_password_through_a_link_is_signed_in(people: Cast) -> None:
    client = Client()
    assert new_password(client, people.contact.email) == "/"
    assert "Clara" in words(client.get("/", follow=True).content.decode())


def test_a_second_factor_is_asked_for_behind_a_link_too(people: Cast) -> None:
    TOTP.activate(people.agent, generate_totp_secret())
    client = Client()
    assert new_password(client, people.agent.email) == "/account/2fa/authenticate/"
    assert client.get("/desk/")["Location"].startswith("/account/login/")


def test_everybody_can_look_after_their_second_factor(people: Cast) -> None:
    client = Client()
    new_password(client, people.contact.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for address in ("", "webauthn/", "webauthn/add/"):
        page(client, f"/account/2fa/{address}")
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=people.contact, type="totp").exists()
    for address in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        page(client, f"/account/2fa/{address}")


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_whoever_has_a_password_is_brought_in_without_a_link(people: Cast, client: Client) -> None:
    chosen(people.stranger)
    client.force_login(people.owner)
    sent = {"name": "Stella", "email": people.stranger.email, "role": "contact"}
    client.post(f"/desk/organisations/{people.acme.pk}/invite/", sent)
    (sent_mail,) = mail.outbox
    assert "Sign in there as before" in sent_mail.body
    assert "/key/" not in sent_mail.body


def test_a_link_that_cannot_be_sent_tells_nobody_whether_the_address_is_known(
    people: Cast, client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "duly.web.mail_backend.DeskBackend"
    settings.DULY_MAIL_URL = "smtp://127.0.0.1:1"
    sent = {"email": people.contact.email}
    assert (
        client.post("/account/password/reset/", sent)["Location"] == "/account/password/reset/done/"
    )
