"""What was written and could not be sent is given back, with what to do; nobody is shown a blank page."""

import pytest
from django.test import Client

from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast
from tests.web.reading import page, words

WRITTEN = {"text": "It fails <again>.\nSince noon.", "subject": "No reports", "key": "k-1"}
SIGNED_OUT = "You were signed out meanwhile"


def test_a_session_that_ended_meanwhile_costs_no_words(ticket: Ticket) -> None:
    nobody, here = Client(), f"/tickets/{ticket.number}/"
    answer = nobody.post(f"{here}reply/", WRITTEN, headers={"referer": f"http://testserver{here}"})
    html = answer.content.decode()
    assert answer.status_code == 403
    assert SIGNED_OUT in words(html)
    assert "It fails &lt;again&gt;.\nSince noon.</textarea>" in html
    assert "No reports</textarea>" in html
    assert "k-1" not in html
    assert f'href="/account/login/?next={here.replace("/", "%2F")}"' in html, "back to the ticket"
    assert ticket.messages.count() == 1


def test_the_way_back_leads_to_no_other_house(ticket: Ticket) -> None:
    for referer in ("https://evil.example/x", "//evil.example", ""):
        answer = Client().post(f"/tickets/{ticket.number}/reply/", headers={"referer": referer})
        assert 'href="/account/login/?next=%2F"' in answer.content.decode()


def test_a_draft_of_somebody_signed_out_is_not_taken_for_saved(ticket: Ticket) -> None:
    answer = Client().post(f"/tickets/{ticket.number}/draft/", {"text": "So far so good"})
    assert answer.status_code == 403, "the page keeps it on the device"


def test_a_fragment_of_a_page_is_not_replaced_by_the_sign_in(db: None) -> None:
    answer = Client().get("/tickets/new/promised/", headers={"HX-Request": "true"})
    assert answer.status_code == 403


@pytest.mark.parametrize(("sent_from", "is_shown"), [("same-origin", True), ("cross-site", False)])
def test_a_stale_form_gives_back_what_was_written_in_ours_alone(
    people: Cast, ticket: Ticket, sent_from: str, is_shown: bool
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.contact)
    address = f"/tickets/{ticket.number}/reply/"
    answer = client.post(address, WRITTEN, headers={"Sec-Fetch-Site": sent_from})
    assert answer.status_code == 403
    assert ("No reports</textarea>" in answer.content.decode()) is is_shown


def test_what_is_too_long_to_be_read_is_said_so(people: Cast, client: Client) -> None:
    client.force_login(people.contact)
    answer = client.post("/tickets/open/", {"subject": "Log", "text": "x" * 3_000_000})
    assert answer.status_code == 400
    assert "it is too long or damaged" in words(answer.content.decode())


def test_an_address_of_forms_says_so_to_whoever_looks(people: Cast, client: Client) -> None:
    client.force_login(people.contact)
    assert "There is nothing to look at here" in page(client, "/tickets/open/", 405)
    assert client.get("/tickets/open/")["Allow"] == "POST"
