"""After a restore the owner says whether the mail that waited is sent."""

import pytest
from django.test import Client

from duly.desk.actions.deliveries.held import hold_waiting
from duly.desk.mailroom.delivery import Delivery
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.web.reading import page, words


@pytest.mark.parametrize(
    ("decision", "said", "state"),
    [("send", "2 mails are sent now.", "waiting"), ("drop", "2 mails are not sent.", "dropped")],
)
def test_the_owner_decides(
    people: Cast, ticket: Ticket, decision: str, said: str, state: str
) -> None:
    client = Client()
    hold_waiting(at=MONDAY)
    client.force_login(people.owner)
    assert "2 mails waited when the backup was made." in page(client, "/desk/setup/outgoing/")
    answer = client.post("/desk/setup/outgoing/held/", {"held": decision}, follow=True)
    assert said in words(answer.content.decode())
    assert set(Delivery.objects.values_list("state", flat=True)) == {state}
    assert "waited when" not in page(client, "/desk/setup/outgoing/")
