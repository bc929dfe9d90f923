"""The search box: numbers lead to their ticket, words and operators to lists, and faults are said."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.tickets.open import open_ticket
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast
from tests.web.reading import page

AT = "/desk/search/"


@pytest.fixture
def signed_in(people: Cast, client: Client) -> Client:
    client.force_login(people.agent)
    return client


@pytest.mark.parametrize("typed", ["#{}", "{}", " {} "])
def test_a_number_leads_to_its_ticket(typed: str, signed_in: Client, ticket: Ticket) -> None:
    answer = signed_in.get(AT, {"q": typed.format(ticket.number)})
    assert answer["Location"] == f"/desk/tickets/{ticket.number}/"


@pytest.mark.parametrize("typed", ["٣", "9" * 40, "999999", "²"])
def test_a_number_of_nothing_is_looked_for_as_a_word(
    typed: str, signed_in: Client, ticket: Ticket
) -> None:
    assert "Nothing was found" in page(signed_in, f"{AT}?q={typed}")


def test_words_find_tickets_and_people(signed_in: Client, ticket: Ticket) -> None:
    text = page(signed_in, f"{AT}?q=report")
    assert "The report is empty" in text
    assert "1 ticket, the newest first." in text
    assert "clara@acme.example" in page(signed_in, f"{AT}?q=clara")


def test_a_value_that_cannot_be_used_is_said_and_left_out(
    signed_in: Client, ticket: Ticket
) -> None:
    text = page(signed_in, f"{AT}?q=report+before:soon+is:odd")
    assert "before: needs a day" in text
    assert "is: takes open" in text
    text = page(signed_in, f"{AT}?q=report+-org:acme+team:a+team:zoo")
    assert "Only words can be excluded: -org: was left out." in text
    assert "team: stands there twice. The last one counts." in text
    assert "No team is called “zoo”." in text
    text = page(signed_in, f"{AT}?q=report+is:odd")
    assert "The report is empty" in text


def test_an_empty_box_says_what_can_be_typed(signed_in: Client) -> None:
    assert "before:2026-11-01" in page(signed_in, AT)


def test_what_was_typed_stays_in_the_box_and_is_no_markup(signed_in: Client) -> None:
    html = signed_in.get(AT, {"q": '"><script>x'}).content.decode()
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_more_results_cost_no_more_statements(
    signed_in: Client,
    ticket: Ticket,
    people: Cast,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        contact = people.actor("contact")
        open_ticket(actor=contact, subject=f"Report {number}", text="?", priority="2", at=now)
    page(signed_in, f"{AT}?q=report")
    # Session, person, rights, teams; the number's ticket is not asked for; five for the search.
    with django_assert_max_num_queries(9):
        page(signed_in, f"{AT}?q=report")
