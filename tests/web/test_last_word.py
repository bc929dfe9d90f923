"""Who has the word on the priority: the page offers the customer what their plan leaves to them."""

from datetime import datetime

import pytest
from django.test import Client

from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast
from tests.desk.policies import SMALL, published, subscribed
from tests.web.reading import page


def opened(people: Cast, now: datetime, says: str) -> Ticket:
    subscribed(people, published(people, f"{SMALL}    priority_set_by: {says}\n"))
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="2", at=now)


@pytest.mark.parametrize("says", ["customer", "{first: customer, final: provider}"])
def test_a_customer_changes_what_is_theirs_to_say(
    people: Cast, client: Client, now: datetime, says: str
) -> None:
    ticket = opened(people, now, says)
    address = f"/tickets/{ticket.number}/"
    client.force_login(people.contact)
    assert "Change: Priority" in page(client, address)
    client.post(f"{address}priority/", {"priority": "1"})
    assert Ticket.objects.get().priority == "1"
    prioritise(actor=people.actor("agent"), ticket_id=ticket.pk, priority="3", at=now)
    # Once the desk has spoken, only a customer with the last word may speak again.
    is_last = says == "customer"
    assert ("Change: Priority" in page(client, address)) is is_last
    answer = client.post(f"{address}priority/", {"priority": "1"})
    assert answer.status_code == (302 if is_last else 403)


def test_where_the_provider_has_the_word_the_customer_is_not_asked(
    people: Cast, client: Client, now: datetime
) -> None:
    subscribed(people, published(people, f"{SMALL}    priority_set_by: provider\n"))
    ticket = open_ticket(actor=people.actor("contact"), subject="A", text="B", at=now)
    client.force_login(people.contact)
    assert "Change:" not in page(client, f"/tickets/{ticket.number}/")
