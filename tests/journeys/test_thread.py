"""The thread of the product: a fault is reported, both sides see the promise, it is kept or missed."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.product import Product, arrived, press, sign_in

pytestmark = pytest.mark.journey
CLARA, ANTON = "clara@acme.example", "anton@desk.example"
EIGHT_HOURS = re.compile("8 h left|7 h 5. min left")
TOMORROW = re.compile(r"tomorrow 10:0\d")
"""Eight of the hours from nine to five after ten o'clock, as long as a journey may take to ask."""


def report(page: Page, subject: str) -> str:
    """Report a fault as urgent and give the ticket's number."""
    page.goto("/tickets/new/")
    page.get_by_label("Subject").fill(subject)
    page.get_by_label("What happened?").fill("Since **this morning** nothing is indexed.")
    page.get_by_role("radio", name="Urgent").check()
    page.get_by_role("button", name="Send", exact=True).click()
    arrived(page, subject)
    return page.url.rstrip("/").rsplit("/", 1)[1]


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules of axe that a theme can break; all others are about what both have in common."""


def check_for_everybody(page: Page) -> None:
    """Let axe look at the page in both themes."""
    page.wait_for_load_state()
    for theme, rules in (("light", {}), ("dark", COLOURS)):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found = Axe().run(page, options={"resultTypes": ["violations"], **rules})
        assert not found.response["violations"], f"{page.url}, {theme}: {found.generate_report()}"


def test_answered_in_time_the_promise_is_kept(desk: Product) -> None:
    monday = desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his:
        clara = sign_in(hers, CLARA)
        check_for_everybody(clara)
        clara.get_by_role("link", name="New ticket").first.click()
        check_for_everybody(clara)
        clara.get_by_role("radio", name="Urgent").check()
        # Urgent is answered within 8 business hours: seven on Monday after ten, one on Tuesday.
        expect(clara.locator("#promised")).to_contain_text(TOMORROW)
        clara.get_by_role("radio", name="Low").check()
        expect(clara.locator("#promised")).to_contain_text("24 business hours")
        number = report(clara, "Nothing is indexed")
        expect(clara.locator("#promises")).to_contain_text(EIGHT_HOURS)
        check_for_everybody(clara)

        anton = sign_in(his, ANTON)
        row = anton.get_by_role("row", name="Nothing is indexed")
        expect(row).to_contain_text(EIGHT_HOURS)
        check_for_everybody(anton)
        # Other journeys leave tickets of their own above this one.
        line = row.get_by_role("link", name="Nothing is indexed")
        for _ in range(anton.locator("[data-row]").count()):
            press(anton, "j")
            if line.evaluate("line => line === document.activeElement"):
                break
        press(anton, "Enter")
        arrived(anton, "Nothing is indexed")
        check_for_everybody(anton)

        desk.let_it_be(monday + timedelta(hours=2))
        press(anton, "r")
        anton.get_by_label("Reply to Clara").fill("Which version do you run?")
        press(anton, "Control+Enter")
        expect(anton.locator("#promises")).to_contain_text("kept")
        # Clara's page is still open and finds out by itself.
        expect(clara.locator("#conversation")).to_contain_text("Which version do you run?")
        expect(clara.locator("#promises")).to_contain_text("kept")
        assert clara.url.endswith(f"/tickets/{number}/")


def test_missed_the_watch_records_it_and_both_see_it(desk: Product) -> None:
    monday = desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his:
        clara = sign_in(hers, CLARA)
        report(clara, "Nobody answers")
        anton = sign_in(his, ANTON)
        # Due on Tuesday at ten in Berlin, or some minutes later: so long as it took to report it.
        desk.let_it_be(monday + timedelta(days=1, hours=2, minutes=30))
        expect(clara.locator("#conversation")).to_contain_text("First answer was missed")
        expect(clara.locator("#promises")).to_contain_text("missed by 2 h")
        row = anton.get_by_role("row", name="Nobody answers")
        expect(row).to_contain_text("missed by 2 h")
        row.get_by_role("link", name="Nobody answers").click()
        anton.get_by_role("link", name=re.compile("missed by")).click()
        expect(anton.locator("main")).to_contain_text("8 business hours")
        check_for_everybody(anton)
        anton.go_back()
        anton.get_by_label("Reply to Clara").fill("We are sorry.")
        anton.get_by_role("button", name="Send", exact=True).click()
        expect(anton.locator("#promises")).to_contain_text("late by 2 h")


def test_a_promise_tells_its_instant_to_the_keyboard_and_lets_go_on_escape(desk: Product) -> None:
    monday = desk.next_monday()
    with desk.visitor() as hers:
        clara = sign_in(hers, CLARA)
        report(clara, "When exactly?")
        clock = clara.locator("#promises .clock").first
        clock.focus()
        exact = clock.locator(".clock__exact")
        due = re.compile(rf"due Tue, \d+ \w+ {monday.year}, 10:0\d.* CEST")
        expect(exact).to_be_visible()
        expect(exact).to_contain_text(due)
        press(clara, "Escape")
        expect(exact).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_impatient_double_click_makes_one_ticket(desk: Product, scripts: bool) -> None:
    desk.next_monday()
    subject = f"Only once, scripts {scripts}"
    with desk.visitor(java_script_enabled=scripts) as hers:
        clara = sign_in(hers, CLARA)
        clara.goto("/tickets/new/")
        clara.get_by_label("Subject").fill(subject)
        clara.get_by_label("What happened?").fill("It hangs.")
        clara.get_by_role("radio", name="Urgent").check()
        clara.get_by_role("button", name="Send", exact=True).dblclick()
        arrived(clara, subject)
        clara.goto("/tickets/")
        expect(clara.get_by_role("link", name=subject)).to_have_count(1)


def test_what_could_not_be_sent_stays_on_the_screen(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers:
        clara = sign_in(hers, CLARA)
        report(clara, "A shaky train")
        clara.get_by_label("Your message").fill("Through a tunnel.")
        hers.set_offline(True)
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.get_by_role("alert")).to_contain_text("Your text is still here")
        expect(clara.get_by_label("Your message")).to_have_value("Through a tunnel.")
        hers.set_offline(False)
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.locator("#conversation")).to_contain_text("Through a tunnel.")
        expect(clara.get_by_label("Your message")).to_have_value("")
        # Sent at once, before a draft of it was saved: none comes back afterwards.
        clara.get_by_label("Your message").fill("Out again.")
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.locator("#conversation")).to_contain_text("Out again.")
        clara.reload()
        expect(clara.get_by_label("Your message")).to_have_value("")


def test_a_chosen_file_stays_chosen_when_something_is_missing(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers:
        clara = sign_in(hers, CLARA)
        clara.goto("/tickets/new/")
        clara.get_by_label("Files").set_input_files(
            {"name": "trace.txt", "mimeType": "text/plain", "buffer": b"It stopped."}
        )
        clara.get_by_label("What happened?").fill("See the trace.")
        clara.get_by_role("radio", name="Urgent").check()
        clara.locator("#report").evaluate("form => { form.noValidate = true }")
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.get_by_role("alert")).to_contain_text("Give it a subject")
        clara.get_by_label("Subject").fill("With a trace")
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.get_by_role("link", name="trace.txt")).to_be_visible()


def test_a_draft_survives_a_closed_browser(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers:
        clara = sign_in(hers, CLARA)
        number = report(clara, "To be continued")
        clara.get_by_label("Your message").press_sequentially("Half a thought")
        expect(clara.get_by_text("Draft saved")).to_be_visible()
    with desk.visitor() as again:
        clara = sign_in(again, CLARA)
        clara.goto(f"/tickets/{number}/")
        expect(clara.get_by_label("Your message")).to_have_value("Half a thought")
        again.clear_cookies(name="session")
        clara.get_by_label("Your message").fill("Half a thought, and its end")
        expect(clara.get_by_text("Draft kept on this device")).to_be_visible()
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.get_by_role("alert")).to_contain_text("Sign in again in another tab")
        sign_in(again, CLARA, anew=True).close()
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.locator("main")).to_contain_text("Half a thought, and its end")


def test_anybody_asks_what_a_report_now_would_be_promised(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as visitor:
        page = visitor.new_page()
        page.goto("/plans/")
        check_for_everybody(page)
        page.get_by_role("link", name=re.compile("PhotoPrism")).click()
        page.get_by_label("Plan", exact=True).select_option("Gold")
        page.get_by_label("Severity", exact=True).select_option("Urgent")
        expect(page.locator("#promised")).to_contain_text(TOMORROW)
        check_for_everybody(page)
