"""Mail on the ticket: files go only to those who may have them and run nowhere, HTML is shut in, quotes are folded."""

import re
from datetime import datetime

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from duly.desk.actions.people.deactivate import deactivate
from duly.desk.actions.tickets.note import note
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.ticket import Ticket
from duly.web.files import picture_address
from tests.desk.people import Cast
from tests.web.mails import PNG, as_by_mail, attached

EVIL = '"><script>alert(1)</script>.html'


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.agent)
    return client


def body(answer: HttpResponseBase) -> bytes:
    content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return bytes(content)


def get(client: Client, attachment: Attachment) -> HttpResponseBase:
    answer: HttpResponseBase = client.get(reverse("file", args=[attachment.pk]))
    return answer


@pytest.mark.parametrize(
    "media_type",
    ["image/svg+xml", "text/html", "application/pdf", "text/xml", "application/javascript"],
)
def test_b04_b06_only_pictures_are_shown_and_nothing_runs(
    media_type: str, signed_in: Client, ticket: Ticket
) -> None:
    answer = get(signed_in, attached(ticket.messages.get(), "x", b"<svg onload=x>", media_type))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert body(answer) == b"<svg onload=x>"


def test_b04_a_picture_is_shown_as_the_picture_it_is(signed_in: Client, ticket: Ticket) -> None:
    answer = get(signed_in, attached(ticket.messages.get(), "shot.png", PNG, "image/png"))
    assert answer["Content-Disposition"] == 'inline; filename="shot.png"'
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert body(answer) == PNG


def test_b07_a_files_name_is_only_a_name(signed_in: Client, ticket: Ticket) -> None:
    evil = attached(ticket.messages.get(), EVIL, b"x", "text/html")
    shown = signed_in.get(reverse("agent:ticket", args=[ticket.number])).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    answer = get(signed_in, evil)
    assert body(answer) == b"x"
    disposition = answer["Content-Disposition"]
    assert disposition == 'attachment; filename="script>.html"'


def test_c01_every_download_asks_who_may_have_it(
    people: Cast, ticket: Ticket, client: Client
) -> None:
    file = attached(ticket.messages.get(), "a.txt", b"secret", "text/plain")
    for name, status in (
        ("contact", 200),
        ("colleague", 200),
        ("lone_contact", 404),
        ("stranger", 404),
    ):
        client.force_login(getattr(people, name))
        answer = get(client, file)
        assert answer.status_code == status, name
        assert (b"secret" in body(answer)) == (status == 200)


def test_d01_a_notes_file_stays_with_the_desk(
    people: Cast, ticket: Ticket, client: Client, now: datetime
) -> None:
    inside = note(actor=people.actor("agent"), ticket_id=ticket.pk, text="See file", at=now)
    file = attached(inside, "inside.txt", b"inside", "text/plain")
    client.force_login(people.contact)
    assert get(client, file).status_code == 404
    assert "inside.txt" not in client.get(f"/tickets/{ticket.number}/").content.decode()
    client.force_login(people.agent)
    assert body(get(client, file)) == b"inside"
    assert "inside.txt" in client.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_c01_a_pictures_address_is_personal_and_short_lived(
    people: Cast, ticket: Ticket, client: Client, now: datetime
) -> None:
    shot = as_by_mail(ticket)
    address = picture_address(people.contact, shot.pk)
    assert body(client.get(address)) == PNG
    assert client.get(picture_address(people.stranger, shot.pk)).status_code == 404
    assert client.get(address.replace("pictures/", "pictures/x")).status_code == 404
    deactivate(actor=people.actor("owner"), person_id=people.contact.pk, at=now)
    assert client.get(address).status_code == 404


def test_c01_a_pictures_address_ends(
    people: Cast, ticket: Ticket, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = picture_address(people.contact, as_by_mail(ticket).pk)
    monkeypatch.setattr("duly.web.files.PICTURE_SECONDS", -1)
    assert client.get(address).status_code == 404


def test_a_file_that_is_no_picture_has_no_picture_address(
    people: Cast, ticket: Ticket, client: Client
) -> None:
    page = attached(ticket.messages.get(), "x.html", b"<p>", "text/html")
    assert client.get(picture_address(people.contact, page.pk)).status_code == 404


def test_a_file_missing_from_the_storage_is_said_plainly(
    signed_in: Client, ticket: Ticket, storage: object
) -> None:
    file = attached(ticket.messages.get(), "a.txt", b"gone", "text/plain")
    (storage / file.file.place).unlink()  # type: ignore[operator]
    answer = signed_in.get(reverse("file", args=[file.pk]))
    assert answer.status_code == 409
    assert "missing from the storage" in answer.content.decode()


def frame(client: Client, ticket: Ticket, query: str = "") -> tuple[str, str]:
    answer = client.get(reverse("original", args=[ticket.messages.get().pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode(), answer["Content-Security-Policy"]


def test_b01_html_is_shut_in_a_frame_without_scripts_or_origin(
    signed_in: Client, ticket: Ticket
) -> None:
    as_by_mail(ticket)
    html, policy = frame(signed_in, ticket)
    assert "onclick" not in html
    assert "steal" not in html
    assert policy.startswith("sandbox allow-popups")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    page = signed_in.get(reverse("agent:ticket", args=[ticket.number])).content.decode()
    assert "<p onclick" not in page
    sandbox = re.search(r'<iframe[^>]* sandbox="([^"]*)"', page)
    assert sandbox
    assert sandbox[1] == "allow-popups allow-popups-to-escape-sandbox"


def test_pictures_from_elsewhere_are_shown_only_when_asked(
    signed_in: Client, ticket: Ticket
) -> None:
    as_by_mail(ticket)
    html, policy = frame(signed_in, ticket)
    assert "spy.example" not in html
    assert "https:" not in policy.replace("https://testserver", "")
    html, policy = frame(signed_in, ticket, "?pictures=1")
    assert "spy.example" in html
    assert "img-src http://testserver https: http:" in policy
    assert "Show pictures" in signed_in.get(f"/desk/tickets/{ticket.number}/").content.decode()


def test_k21_a_picture_within_the_mail_is_in_its_place(
    signed_in: Client, ticket: Ticket, client: Client
) -> None:
    as_by_mail(ticket)
    html, _ = frame(signed_in, ticket)
    address = re.search(r'src="(/pictures/[^"]+)"', html)
    assert address
    assert body(Client().get(address[1])) == PNG


def test_a_repeated_mail_is_folded_and_not_lost(signed_in: Client, ticket: Ticket) -> None:
    message = ticket.messages.get()
    message.text, message.folded_from = "It works.\n\nOn Monday you wrote:\n> Try again", 2
    message.save()
    page = signed_in.get(f"/desk/tickets/{ticket.number}/").content.decode()
    above, _, folded = page.partition("<details")
    assert "It works." in above
    assert "On Monday you wrote" not in above
    assert "Try again" in folded.partition("</details>")[0]
