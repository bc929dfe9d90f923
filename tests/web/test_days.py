"""Days at the ends of the calendar: left out of addresses, refused in forms, never an error of ours."""

import pytest
from django.test import Client

from duly.desk.agreements.subscription import Subscription
from tests.desk.people import Cast
from tests.desk.policies import published, subscribed
from tests.web.reading import words

ENDS = ("0001-01-01", "9999-12-31", "2026-02-30")


@pytest.mark.parametrize("day", ENDS)
@pytest.mark.parametrize(
    "address",
    [
        "reports/?first={day}&last={day}",
        "reports/?month={day}",
        "reports/load/?first={day}&last={day}",
        "reports/backlog/?last={day}",
        "reports/satisfaction/?first={day}",
        "reports/tickets/?what=opened&first={day}&last={day}",
        "setup/audit/?first={day}&last={day}",
        "search/?q=before:{day}+after:{day}",
    ],
)
def test_an_address_with_such_a_day_is_answered(
    people: Cast, client: Client, address: str, day: str
) -> None:
    client.force_login(people.owner)
    assert client.get("/desk/" + address.format(day=day)).status_code == 200


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "2026-13"])
def test_there_is_no_review_of_such_a_month(people: Cast, client: Client, month: str) -> None:
    client.force_login(people.owner)
    address = f"/desk/reports/reviews/{people.acme.pk}/{month}/"
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("day", ENDS)
def test_an_agreement_from_such_a_day_is_refused(people: Cast, client: Client, day: str) -> None:
    held = subscribed(people, published(people))
    client.force_login(people.owner)
    address = f"/desk/organisations/{people.acme.pk}/subscriptions/{held.pk}/"
    sent = {"from_on": day, "picked": "basic"}
    sent |= {"path": "targets.first_response.1", "value": "1 hour", "reason": "Contract 7"}
    said = "Write the day as 2026-12-01."
    for verb in ("move", "amend", "end"):
        for more in ({}, {"look": "1"}):
            answer = client.post(f"{address}{verb}/", sent | more)
            assert answer.status_code == 422
            assert said in words(answer.content.decode())
    assert Subscription.objects.get().to_on is None


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_are_looked_at(people: Cast, client: Client, day: str) -> None:
    held = subscribed(people, published(people))
    client.force_login(people.owner)
    address = f"/desk/organisations/{people.acme.pk}/subscriptions/{held.pk}/"
    sent = {"from_on": day, "picked": "basic", "look": "1"}
    for verb in ("move", "end"):
        assert client.post(f"{address}{verb}/", sent).status_code in (200, 422)
