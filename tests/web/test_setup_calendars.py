"""Calendars on a year, as pages: of policies for everybody, of organisations and agents for the desk."""

from datetime import datetime

from django.test import Client
from django.urls import reverse

from tests.desk.people import Cast
from tests.desk.policies import SMALL, published
from tests.web.reading import page
from tests.web.test_access import keep_hours

HOLIDAYS = SMALL.replace("holidays: []", "holidays: {country: DE}")


def test_everybody_sees_the_hours_of_a_policy(people: Cast, now: datetime, client: Client) -> None:
    published(people, HOLIDAYS)
    assert (
        reverse("plan-calendar", args=["small", "office"])
        in client.get("/plans/small/").content.decode()
    )
    address = reverse("plan-calendar", args=["small", "office"])
    text = page(client, address)
    assert "Sun, 29 Mar 2026: clocks go forward by 1 h" in text
    assert "Fri, 25 Dec 2026: Erster Weihnachtstag" in text
    # 2027 has 261 days from Monday to Friday. New Year, Good Friday, Easter and Whit Monday, Ascension are out;
    # 1 May, 3 October, 25 and 26 December fall on weekends: 256 days of eight hours.
    assert "2027 256 2048 h" in page(client, f"{address}?year=2027")
    page(client, f"{address}?year=1999", status=404)
    page(client, reverse("plan-calendar", args=["small", "none"]), status=404)


def test_a_calendar_that_needs_the_customer_says_so(
    people: Cast, now: datetime, client: Client
) -> None:
    published(people, SMALL.replace("zone: Europe/Berlin", "zone: customer"))
    text = page(client, reverse("plan-calendar", args=["small", "office"]))
    assert "different for each customer" in text


def test_agents_find_every_calendar(people: Cast, now: datetime, client: Client) -> None:
    client.force_login(people.agent)
    assert "No calendars yet" in page(client, reverse("setup:calendars"))
    published(people)
    keep_hours(people)
    text = page(client, reverse("setup:calendars"))
    assert "office" in text
    assert "Acme" in text
    # 2026 has 261 days from Monday to Friday.
    for address in (
        reverse("setup:calendar", args=["small", "office"]),
        reverse("setup:organisation-calendar", args=[people.acme.pk]),
        reverse("setup:agent-hours", args=[people.agent.pk]),
    ):
        assert "2026 261 2088 h" in page(client, address)
    page(client, reverse("setup:agent-hours", args=[people.lead.pk]), status=404)
    html = client.get(reverse("agent:organisation", args=[people.acme.pk])).content.decode()
    assert reverse("setup:organisation-calendar", args=[people.acme.pk]) in html
