"""The published plans, as anybody reads them."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.desk.people import Cast
from tests.desk.policies import POLICIES, SMALL, published
from tests.web.reading import page, words


@pytest.fixture
def small(people: Cast, now: datetime) -> None:
    published(people)


def test_the_list_leads_to_each_policy(people: Cast, now: datetime, client: Client) -> None:
    assert "No policy is published yet" in page(client, "/plans/")
    published(people, (POLICIES / "photoprism.yaml").read_text())
    assert "PhotoPrism support plans" in page(client, "/plans/")
    assert "/plans/photoprism/" in client.get("/plans/").content.decode()


def test_a_policy_is_shown_with_its_plans_and_where_each_value_comes_from(
    people: Cast, now: datetime, client: Client
) -> None:
    published(people, (POLICIES / "photoprism.yaml").read_text())
    text = page(client, "/plans/photoprism/")
    for expected in ("Enterprise", "1,499.00 EUR per month", "inferred", "32 business hours"):
        assert expected in text
    assert text.index("Professional") < text.index("Enterprise") < text.index("Gold")


def test_sums_shares_and_days_are_written_as_the_reader_writes_them(
    people: Cast, now: datetime, client: Client
) -> None:
    published(people, (POLICIES / "photoprism.yaml").read_text())
    published(people, (POLICIES / "segment.yaml").read_text())
    gold, advanced = page(client, "/plans/photoprism/"), page(client, "/plans/segment/")
    assert "unknown, known since 21 November 2026" in gold
    assert "by contract, for Gold" in gold
    assert "8 % of licence fee, from 60,000 USD total spend" in advanced
    client.cookies["django_language"] = "de"
    gold, advanced = page(client, "/plans/photoprism/"), page(client, "/plans/segment/")
    assert "1.499,00 EUR" in gold
    assert "21. November 2026" in gold
    assert "60.000 USD" in advanced
    assert "99,99 %" in advanced


@pytest.mark.parametrize(
    ("priority", "expected"),
    [("1", "today 10:00"), ("2", "tomorrow 08:00"), ("3", "best effort"), ("nine", "today 10:00")],
)
def test_it_says_what_a_report_now_would_be_promised(
    priority: str, expected: str, small: None, client: Client
) -> None:
    # Monday, 08:00 UTC is 10:00 in Berlin; whoever chose no zone reads UTC.
    assert expected in page(client, f"/plans/small/?plan=basic&priority={priority}")


def test_a_plan_that_counts_in_the_customers_hours_is_asked_about_with_supposed_ones(
    people: Cast, now: datetime, client: Client
) -> None:
    published(people, SMALL.replace("2: 8 business hours,", "2: 8 business hours on customer,", 1))
    text = page(client, "/plans/small/")
    assert "8 business hours in the customer's hours" in text
    # Monday, 08:00 UTC: nobody works before nine, so the eight hours end at five.
    client.cookies["zone"] = "UTC"
    asked = "/plans/small/?plan=basic&priority=2"
    assert "First answer by today 17:00 8 business hours" in page(client, asked)
    # Open from six to one: five hours are left today, and three are counted tomorrow from six on.
    text = page(client, f"{asked}&opens=06:00&closes=13:00")
    assert "First answer by tomorrow 09:00" in text
    assert "Monday to Friday in UTC" in text
    for wrong in ("opens=17:00&closes=09:00", "opens=x&closes=24:00"):
        assert "First answer by today 17:00" in page(client, f"{asked}&{wrong}")


def test_a_plan_that_needs_a_choice_is_shown_but_not_asked_about(
    people: Cast, now: datetime, client: Client
) -> None:
    choosing = SMALL.replace(
        "plans:", "choices: {window: {label: Window, of: [office]}}\nplans:", 1
    ).replace("hours: office", "hours: window")
    published(people, choosing)
    assert "If you reported now" not in page(client, "/plans/small/")


def test_a_policy_that_is_not_in_force_yet_is_not_shown(
    people: Cast, now: datetime, client: Client
) -> None:
    published(people, SMALL.replace("2026-01-01", "2027-01-01"))
    page(client, "/plans/small/", status=404)
    page(client, "/plans/nobodys/", status=404)


def test_a_policy_is_read_once(
    small: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, "/plans/small/")
    with django_assert_num_queries(1):
        page(client, "/plans/small/?priority=2")


def test_plans_stand_side_by_side_level_by_level(
    people: Cast, now: datetime, client: Client
) -> None:
    published(people, (POLICIES / "photoprism.yaml").read_text())
    text = page(client, "/plans/photoprism/")
    side = text[text.index("Plans side by side Professional") :]
    assert "Professional Enterprise Gold" in side
    # Urgent: what the three plans promise in the file, in the order of the plans.
    assert "First response 1 Urgent no promise 8 business hours 8 business hours" in side
    assert "Resolution 1 Urgent no promise 32 business hours 16 business hours" in side
    assert "Incidents 1 per month 2 per month 4 per month" in side


def test_the_words_around_a_policy_are_the_readers_and_the_policys_own_stay(
    people: Cast, now: datetime, client: Client
) -> None:
    published(people, (POLICIES / "photoprism.yaml").read_text())
    answer = client.get("/plans/photoprism/", headers={"Accept-Language": "de"})
    text = words(answer.content.decode())
    for expected in ("Erste Antwort", "Nicht enthalten", "erschlossen", "32 Geschäftsstunden"):
        assert expected in text
