"""What stands around every page: headers, assets, colours, freshness, and what cannot be found."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from duly.desk.actions.tickets.note import note
from duly.desk.tickets.ticket import Ticket
from duly.web import assets
from duly.web.errors import failed
from duly.web.fresh import fresh_address
from tests.desk.people import Cast
from tests.web.reading import page, words

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE)


def test_no_page_has_anything_inline(people: Cast, ticket: Ticket, client: Client) -> None:
    pages = [client.get("/account/login/"), client.get("/account/password/reset/")]
    client.force_login(people.agent)
    pages += [client.get(a) for a in ("/desk/", f"/desk/tickets/{ticket.number}/", "/none/")]
    client.force_login(people.contact)
    pages += [client.get(a) for a in ("/tickets/", "/tickets/new/", f"/tickets/{ticket.number}/")]
    for answer in pages:
        html = answer.content.decode()
        assert not INLINE.search(html)
        assert not SCRIPT.search(html)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.django_db
def test_an_asset_is_kept_for_a_year_and_named_by_its_content(client: Client) -> None:
    answer = client.get(assets.address("duly.css"))
    assert answer["Content-Type"] == "text/css"
    assert "immutable" in answer["Cache-Control"]
    assert b"@layer tokens" in answer.content
    assert client.get(f"/assets/{assets.edition()}/settings.py").status_code == 404


def test_an_asset_is_zipped_for_those_who_can_read_it(client: Client) -> None:
    plain = client.get(assets.address("duly.css"))
    zipped = client.get(assets.address("duly.css"), headers={"accept-encoding": "gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert len(zipped.content) < len(plain.content) / 2


@pytest.mark.django_db
def test_the_colours_are_remembered_and_forgotten(client: Client) -> None:
    answer = client.post(
        "/theme/", {"theme": "dark"}, headers={"referer": "http://testserver/desk/"}
    )
    assert answer["Location"] == "http://testserver/desk/"
    assert 'data-theme="dark"' in client.get("/account/login/").content.decode()
    client.post("/theme/", {"theme": ""})
    assert "data-theme" not in client.get("/account/login/").content.decode()


@pytest.mark.parametrize("referer", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_the_switch_of_colours_leads_nowhere_else(referer: str, client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark"}, headers={"referer": referer})
    assert answer["Location"] == "/"


def test_an_open_page_is_told_cheaply_that_nothing_happened(
    people: Cast,
    ticket: Ticket,
    now: datetime,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for address in (fresh_address(ticket.pk), fresh_address()):
        with django_assert_num_queries(1):
            first = client.get(address)
        with django_assert_num_queries(1):
            assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
        note(actor=people.actor("agent"), ticket_id=ticket.pk, text="Look", at=now)
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_freshness_is_asked_only_by_pages_we_drew(ticket: Ticket, client: Client) -> None:
    signed = fresh_address(ticket.pk)
    forged = signed.replace(f"/{ticket.pk}.", f"/{ticket.pk + 1}.")
    assert forged != signed
    assert client.get(forged).status_code == 404


@pytest.mark.django_db
def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(client: Client) -> None:
    assert client.get("/desk/")["Location"] == "/account/login/?next=/desk/"


def test_everybody_is_led_to_the_page_they_came_for(people: Cast, client: Client) -> None:
    client.force_login(people.agent)
    assert client.get("/")["Location"] == "/desk/"
    client.force_login(people.contact)
    assert client.get("/")["Location"] == "/tickets/"


def test_somebody_dismissed_sees_nothing(people: Cast, client: Client) -> None:
    client.force_login(people.agent)
    people.agent.is_active = False
    people.agent.save()
    assert client.get("/desk/").status_code == 302


def test_a_device_tells_the_zone_of_those_who_chose_none(
    people: Cast, ticket: Ticket, client: Client
) -> None:
    people.agent.zone = "UTC"
    people.agent.save()
    client.force_login(people.agent)
    client.cookies["zone"] = "Asia%2FKolkata"
    # Opened at 08:00 UTC.
    assert "13:30 IST" in page(client, f"/desk/tickets/{ticket.number}/")
    client.cookies["zone"] = "../../etc/passwd"
    assert "08:00 UTC" in page(client, f"/desk/tickets/{ticket.number}/")


def test_a_failure_is_told_even_when_the_database_is_away(rf: RequestFactory) -> None:
    # Without the `db` fixture every statement is refused, as by a database that is away.
    request = rf.get("/desk/")
    request.COOKIES["theme"] = "dark"
    answer = failed(request)
    assert answer.status_code == 500
    assert "Something broke on our side" in words(answer.content.decode())
    assert 'data-theme="dark"' in answer.content.decode()


PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border|inset)-(left|right)|left|right|float)\s*:"
    r"|text-align:\s*(left|right)"
)


@pytest.mark.parametrize("file", sorted(assets.UI.glob("*/*.css")), ids=lambda file: file.name)
def test_styles_know_no_left_and_right(file: Path) -> None:
    found = PHYSICAL.search(file.read_text(encoding="utf-8"))
    assert not found, f"{found and found[0]} does not turn with the direction of the text"


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("de", "ltr"), ("ar", "rtl")])
def test_a_page_runs_as_its_readers_language_does(
    language: str, direction: str, client: Client, settings: Settings
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "Arabic")]
    answer = client.get("/plans/", headers={"Accept-Language": language})
    assert f'<html lang="{language}" dir="{direction}"' in answer.content.decode()
