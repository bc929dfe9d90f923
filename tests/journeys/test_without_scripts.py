"""The whole way of a worried customer without scripts: report, be left alone, escalate, be answered, say how it was."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product, arrived, sign_in
from tests.journeys.test_thread import ANTON, check_for_everybody

pytestmark = pytest.mark.journey
SVEN = "sven@segel.example"


@pytest.fixture(scope="module")
def laddered(desk: Product) -> Product:
    desk.furnish("tests.journeys.furnish_ladder")
    return desk


def said_from_the_letter(desk: Product, number: str) -> None:
    """The letter's link asks whoever holds it, signed in or not."""
    link = desk.furnish("tests.journeys.rating_link", number).strip()
    with desk.visitor() as reader:
        letter = reader.new_page()
        letter.goto(f"{link}?verdict=good")
        expect(letter.get_by_role("radio", name="Good", exact=True)).to_be_checked()
        check_for_everybody(letter)
    with desk.visitor(java_script_enabled=False) as reader:
        letter = reader.new_page()
        letter.goto(f"{link}?verdict=good")
        letter.get_by_label("What made it so?").fill("Quick, once escalated.")
        letter.get_by_role("button", name="Say it", exact=True).click()
        expect(letter.get_by_role("status")).to_contain_text("Thank you")


def test_a_customer_reports_escalates_and_rates_without_scripts(laddered: Product) -> None:
    desk, monday = laddered, laddered.next_monday()
    with (
        desk.visitor(java_script_enabled=False) as hers,
        desk.visitor(java_script_enabled=False) as his,
        desk.visitor() as also,
    ):
        sven = sign_in(hers, SVEN)
        sven.get_by_role("link", name="New ticket").first.click()
        sven.get_by_label("Subject").fill("Plain and simple")
        sven.get_by_role("radio", name="P1").check()
        sven.get_by_role("button", name="Show what is promised").click()
        # Within 15 minutes, day and night.
        expect(sven.locator("#promised")).to_contain_text(re.compile(r"today 10:1[5-9]"))
        sven.get_by_label("What happened?").fill("It stopped.")
        sven.get_by_role("button", name="Send", exact=True).click()
        arrived(sven, "Plain and simple")
        number = sven.url.rstrip("/").rsplit("/", 1)[1]
        expect(sven.locator("#promises")).to_contain_text("left")
        escalate = sven.get_by_role("button", name="Escalate to")
        expect(escalate).to_have_count(0)

        desk.let_it_be(monday + timedelta(minutes=20))
        sven.reload()
        expect(sven.locator("#promises")).to_contain_text("missed by")
        # Whoever reads with scripts sees the same page, and axe reads that one.
        seen = sign_in(also, SVEN)
        seen.goto(sven.url)
        check_for_everybody(seen)
        escalate.click()
        expect(sven.locator("#conversation")).to_contain_text("escalated")
        # The next level opens once this one is missed as well, not before.
        expect(escalate).to_have_count(0)

        anton = sign_in(his, ANTON)
        anton.get_by_role("link", name="Plain and simple").click()
        anton.get_by_label("Reply to Sven").fill("Try again, please.")
        anton.get_by_role("button", name="Send, wait for the customer").click()
        expect(anton.locator("#state")).to_contain_text("Waiting for customer")
        sven.reload()
        expect(sven.locator("#promises")).to_contain_text("Waiting for you")
        sven.get_by_label("Your message").fill("Now it works.")
        sven.get_by_role("button", name="Send", exact=True).click()
        expect(sven.locator("#conversation")).to_contain_text("Now it works.")
        sven.get_by_role("button", name="It works again").click()
        expect(sven.locator("#promises")).to_contain_text("Resolved")

        said_from_the_letter(desk, number)
        anton.reload()
        expect(anton.locator("#facts")).to_contain_text("Quick, once escalated.")
        opened_for_a_caller(anton)


def opened_for_a_caller(anton: Page) -> None:
    anton.get_by_role("link", name="New ticket").click()
    anton.get_by_label("Subject").fill("By phone")
    anton.get_by_label("Who is it?").fill("sven")
    anton.get_by_role("button", name="Find", exact=True).click()
    anton.get_by_role("radio", name="Sven").check()
    anton.get_by_role("button", name="Go on with this choice").click()
    anton.get_by_role("radio", name="P1").check()
    anton.get_by_label("What happened?").fill("It stopped again.")
    anton.get_by_role("button", name="Show what is promised").click()
    expect(anton.locator("#promised")).to_contain_text("they are promised")
    anton.get_by_role("button", name="Open the ticket").click()
    arrived(anton, "By phone")


def test_a_window_is_chosen_from_a_day_on_after_a_look_at_what_changes(
    laddered: Product,
) -> None:
    later = laddered.next_monday() + timedelta(weeks=2)
    with laddered.visitor() as hers:
        sven = sign_in(hers, SVEN)
        sven.get_by_role("link", name="Your organisation").click()
        expect(sven.locator("main")).to_contain_text("gmt Mon-Fri 09:00-17:30 (Europe/London)")
        sven.get_by_role("link", name="Choose another").click()
        check_for_everybody(sven)
        sven.get_by_role("radio", name="pacific").check()
        sven.get_by_label("From which day on").fill(f"{later:%Y-%m-%d}")
        sven.get_by_role("button", name="Show what changes").click()
        expect(sven.locator("#foreseen")).to_contain_text("Nothing is changed yet")
        check_for_everybody(sven)
        sven.get_by_role("button", name="Let it hold").click()
        # Midnight where the plan's hours are, in London, as somebody in Berlin reads it.
        begins = rf"from Mon, {later.day} \w+ {later.year}, 01:00 CEST: pacific"
        expect(sven.locator("main")).to_contain_text(re.compile(begins))
