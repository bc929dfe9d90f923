"""Macros in the browser: picked while writing, and kept on a page of their own."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duly.desk.actions.macros.keep import MacroWords, add_macro
from duly.desk.tickets.macro import Macro
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.web.reading import page, words

LIST = "/desk/setup/macros/"


@pytest.fixture
def anton(people: Cast, client: Client) -> Client:
    client.force_login(people.agent)
    return client


def made(people: Cast, **given: object) -> Macro:
    said = {"name": "Hello", "text": "Hello {{ customer.name }}."} | given
    macro = MacroWords(**said)  # type: ignore[arg-type]
    return add_macro(actor=people.actor("agent"), words=macro, is_own=True, at=MONDAY)


def at(ticket: Ticket, *path: object) -> str:
    return "/".join(["/desk/tickets", str(ticket.number), *map(str, path), ""])


def test_without_scripts_what_was_begun_is_kept_and_the_macro_joins_it(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    macro = made(people, then="resolve", tags=["greeted"])
    picker = anton.post(at(ticket, "macros") + "?write=reply", {"text": "Good day."}, follow=True)
    assert "tags greeted · resolves" in words(picker.content.decode())
    answer = anton.post(at(ticket, "macros", macro.pk), {"write": "reply"}, follow=True)
    html = answer.content.decode()
    assert "Good day.\n\nHello Clara.</textarea>" in html
    assert 'button--primary" name="then" value="resolve"' in html
    assert "Macro used: Hello" in words(html)
    assert "changed the tags" in words(html)


def test_files_that_were_chosen_are_kept_while_a_macro_is_picked(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    macro, silent = made(people), made(people, name="Tagged", text="", tags=["x"])

    def chosen(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, name.encode(), "text/plain")

    sent = {"text": "Good day.", "files": [chosen("a.txt")]}
    anton.post(at(ticket, "macros") + "?write=reply", sent)
    anton.post(at(ticket, "macros", macro.pk), {"write": "reply", "files": [chosen("b.txt")]})
    sent = {"write": "reply", "text": "Good", "files": [chosen("c.txt")]}
    answer = anton.post(at(ticket, "macros", silent.pk), sent, follow=True)
    text = words(answer.content.decode())
    assert all(name in text for name in ("a.txt 5 B", "b.txt 5 B", "c.txt 5 B"))
    assert ">Good</textarea>" in answer.content.decode()


def test_the_list_is_searched(anton: Client, people: Cast, ticket: Ticket) -> None:
    made(people)
    made(people, name="Water")
    text = page(anton, at(ticket, "macros") + "?q=wat")
    assert "Water" in text
    assert "Hello" not in text.split("Insert a macro")[-1].replace("Hello {{", "")


def test_one_that_cannot_be_used_says_why_and_changes_nothing(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    macro = made(people, priority="99")
    answer = anton.post(at(ticket, "macros", macro.pk), {"text": "Half a"}, follow=True)
    assert "The macro was not used: There is no priority 99" in words(answer.content.decode())


def test_one_is_made_changed_removed_and_put_back(anton: Client) -> None:
    sent = {"name": "Bye", "text": "Bye {{ customer.name }}", "whose": "own", "assigns_to": "me"}
    assert "Macro added." in words(anton.post(f"{LIST}new/", sent, follow=True).content.decode())
    macro = Macro.objects.get()
    assert macro.takes
    anton.post(f"{LIST}{macro.pk}/", sent | {"name": "Good bye", "assigns_to": ""})
    assert "Good bye" in page(anton, LIST)
    gone = anton.post(f"{LIST}{macro.pk}/remove/", follow=True).content.decode()
    assert f"{LIST}{macro.pk}/put-back/" in gone
    anton.post(f"{LIST}{macro.pk}/put-back/")
    assert "Good bye" in page(anton, LIST)


def test_an_unknown_placeholder_is_named_beside_its_box_and_the_text_stays(
    anton: Client,
) -> None:
    answer = anton.post(f"{LIST}new/", {"name": "X", "text": "{{ secret }}", "whose": "own"})
    html = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "There is no placeholder “secret”" in html
    assert "{{ secret }}</textarea>" in html


def test_only_leads_are_offered_to_share_with_everybody(anton: Client, people: Cast) -> None:
    choice = '<option value="everybody"'
    assert choice not in anton.get(f"{LIST}new/").content.decode()
    anton.force_login(people.lead)
    assert choice in anton.get(f"{LIST}new/").content.decode()
