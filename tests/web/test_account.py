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
from allauth.usersessions.models import UserSession
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.people.role import Role
from duly.desk.setup.audit import AuditEntry
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


def audited(act: str) -> list[tuple[int | None, str, int | None, dict[str, object]]]:
    rows = AuditEntry.objects.filter(act=act).order_by("pk")
    return list(rows.values_list("person", "subject_kind", "subject_id", "facts"))


def sign_in(client: Client, person: Person, password: str = PASSWORD) -> HttpResponse:
    sent = {"login": person.email.upper(), "password": password}
    return client.post("/account/login/", sent)  # type: ignore[return-value]


def test_a_refused_sign_in_is_in_the_audit_and_a_strangers_address_is_not(people: Cast) -> None:
    jonas = chosen(people.agent)
    TOTP.activate(jonas, generate_totp_secret())
    sign_in(Client(), jonas, "wrong")
    Client().post("/account/login/", {"login": "nobody@elsewhere.example", "password": "wrong"})
    client = Client()
    assert sign_in(client, jonas)["Location"] == "/account/2fa/authenticate/"
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    # Nobody knows who tried: what it was about is the person.
    assert audited("sign_in_refused") == [
        (None, "person", jonas.pk, {"how": "password"}),
        (None, "person", jonas.pk, {"how": "code"}),
    ]
    assert not audited("signed_in")


def test_a_role_that_asks_for_a_second_factor_leads_there_at_the_next_sign_in(
    people: Cast,
) -> None:
    jonas = chosen(people.agent)
    before = Client()
    assert sign_in(before, jonas)["Location"] == "/"
    owner = Client()
    owner.force_login(people.owner)
    rights = sorted(Role.objects.get(key="agent").rights)
    sent = {"name": "Agent", "rights": rights, "asks_second_factor": "on"}
    owner.post("/desk/setup/roles/agent/", sent)
    assert "asked for" in page(owner, "/desk/setup/roles/")
    assert 'name="asks_second_factor" aria-describedby="asks-text" checked' in (
        owner.get("/desk/setup/roles/agent/").content.decode()
    )
    assert before.get("/desk/").status_code == 200, "who is at work is not thrown out"

    client = Client()
    sign_in(client, jonas)
    for address in ("/desk/", "/settings/", "/tickets/"):
        assert client.get(address)["Location"] == "/account/2fa/"
    assert client.post("/settings/", {})["Location"] == "/account/2fa/"
    assert "Your role asks for a second factor" in page(client, "/account/2fa/")
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert client.get("/desk/").status_code == 200
    after = page(client, "/account/2fa/")
    assert "Your role asks" not in after
    assert "My settings" in after, "there is a way on"

    client.post("/account/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=jonas, type="totp").exists(), "the last one is kept"
    owner.post("/desk/setup/roles/agent/", {"name": "Agent", "rights": rights})
    client.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=jonas, type="totp").exists()


def test_whose_role_asks_for_nothing_is_let_in(people: Cast) -> None:
    Role.objects.filter(key="administrator").update(asks_second_factor=True)
    client = Client()
    sign_in(client, chosen(people.contact))
    assert client.get("/tickets/").status_code == 200


def test_a_contact_whose_role_asks_for_it_is_led_there_too(people: Cast) -> None:
    places = Membership.objects.filter(person=people.contact)
    Role.objects.filter(pk__in=places.values("role")).update(asks_second_factor=True)
    client = Client()
    sign_in(client, chosen(people.contact))
    assert client.get("/tickets/")["Location"] == "/account/2fa/"


def test_everybody_sees_where_they_are_signed_in_and_ends_all_but_this(people: Cast) -> None:
    clara = chosen(people.contact)
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    here, there = Client(headers={"user-agent": firefox}), Client(headers={"user-agent": phone})
    agent = Client()
    sign_in(agent, chosen(people.agent))
    sign_in(here, clara)
    assert "You are signed in nowhere else." in page(here, "/settings/sessions/")
    sign_in(there, clara)
    text = page(here, "/settings/sessions/")
    assert "Firefox on Windows this one" in text
    assert "Safari on iPhone" in text
    said = here.post("/settings/sessions/", follow=True).content.decode()
    assert "1 other device is signed out." in words(said)
    assert there.get("/settings/")["Location"].startswith("/account/login/")
    assert here.get("/settings/").status_code == 200
    assert agent.get("/settings/").status_code == 200
    assert audited("signed_out_elsewhere") == [
        (clara.pk, "person", clara.pk, {"sessions": 1}),
    ]


def test_a_session_from_before_they_were_kept_is_on_the_list_once_it_looks(people: Cast) -> None:
    client = Client()
    sign_in(client, chosen(people.contact))
    UserSession.objects.all().delete()
    assert "this one" in page(client, "/settings/sessions/")
