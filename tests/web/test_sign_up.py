"""Nobody makes an account for themselves: an address is proved by a link that was sent to it."""

import pytest
from django.test import Client

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast

MINE = {"email": "clara@acme.example", "password1": "correct horse battery", "password2": ""}


@pytest.mark.parametrize("email", ["clara@acme.example", "CLARA@acme.example", "new@acme.example"])
def test_a10_signing_up_with_an_address_shows_and_makes_nothing(
    email: str, people: Cast, client: Client, ticket: Ticket
) -> None:
    """Clara wrote in and never signed in; somebody who knows her address tries to become her."""
    before = list(Person.objects.order_by("pk").values_list("email", "password"))
    for answer in (
        client.get("/account/signup/"),
        client.post("/account/signup/", {**MINE, "email": email}),
    ):
        assert answer.status_code == 404
    assert list(Person.objects.order_by("pk").values_list("email", "password")) == before
    answer = client.get(f"/tickets/{ticket.number}/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]
