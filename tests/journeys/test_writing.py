"""Writing as agents do it all day: macros, a reply taken back, somebody else at the same ticket, a part split off."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product, press, sign_in
from tests.journeys.test_thread import check_for_everybody, report

pytestmark = pytest.mark.journey
CLARA, ANTON, BERTA = "clara@acme.example", "anton@desk.example", "berta@desk.example"


def make_macro(page: Page, number: str) -> None:
    page.goto(f"/desk/tickets/{number}/")
    press(page, ";")
    expect(page.get_by_role("dialog")).to_contain_text("No macros yet")
    page.goto("/desk/setup/macros/")
    page.get_by_role("link", name="Make a macro").first.click()
    page.get_by_label("Name", exact=True).fill("Which version?")
    page.get_by_label("What it says").fill("Hello {{ customer.nickname }}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("no placeholder “customer.nickname”")
    check_for_everybody(page)
    page.get_by_label("What it says").fill("Hello {{ customer.first_name }}, which version?")
    page.get_by_label("Tags it adds").fill("asked")
    page.get_by_label("What follows when it is sent").select_option("wait")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Which version?")).to_contain_text("tags asked")
    check_for_everybody(page)


def draw_in_anton(page: Page) -> None:
    """Mention him in a note, by keys alone."""
    press(page, "n")
    box = page.get_by_label("Note, seen by agents only")
    box.press_sequentially("For @ant")
    offered = page.get_by_role("listbox", name="Whom to mention")
    expect(offered.get_by_role("option")).to_have_text(["Anton"])
    check_for_everybody(page)
    box.press("Enter")
    expect(box).to_have_value("For @Anton ")
    box.press_sequentially("to look at.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("#facts")).to_contain_text("Anton")


def fill_in_the_cause(page: Page) -> None:
    """Tell the desk what it wants to know about its tickets."""
    page.get_by_label("Cause").select_option("Wind")
    page.get_by_role("button", name="Save the fields").click()
    expect(page.locator("#conversation")).to_contain_text("Berta set Cause: Wind")


def over_to_the_note_and_back(berta: Page) -> None:
    """The file that was chosen comes along, and so do the words."""
    berta.get_by_role("link", name="Note", exact=True).click()
    expect(berta.get_by_label("Note, seen by agents only")).to_be_focused()
    chosen = berta.locator("#composer").get_by_label("Files", exact=True)
    expect(chosen).to_have_value(re.compile("log.txt"))
    berta.get_by_role("link", name="Reply", exact=True).click()
    expect(berta.get_by_label("Reply to Clara")).to_have_value("Good morning.")
    expect(chosen).to_have_value(re.compile("log.txt"))


def test_two_agents_write_on_one_ticket(desk: Product) -> None:
    monday = desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his, desk.visitor() as bertas:
        number = report(sign_in(hers, CLARA), "A shaky index")
        berta = sign_in(bertas, BERTA)
        # Berta, since the time to take back stays hers: elsewhere Anton's words leave at once.
        make_macro(berta, number)
        berta.goto(f"/desk/tickets/{number}/")
        berta.get_by_text("What you send leaves at once.").click()
        berta.get_by_label("Time to take it back").select_option("30 seconds")
        berta.get_by_role("button", name="Keep").click()

        # Anton comes along, and each sees the other.
        anton = sign_in(his, ANTON)
        anton.goto(f"/desk/tickets/{number}/")
        expect(berta.locator("#present")).to_have_text("Anton is looking")
        anton.get_by_label("Reply to Clara").press_sequentially("I would")
        expect(berta.locator("#present")).to_have_text("Anton is writing")

        # A macro by its key, joined to what was begun.
        box = berta.get_by_label("Reply to Clara")
        box.fill("Good morning.\n")
        box.press("End")
        berta.locator("#composer").get_by_label("Files", exact=True).set_input_files(
            {"name": "log.txt", "mimeType": "text/plain", "buffer": b"line"}
        )
        over_to_the_note_and_back(berta)
        press(berta, "Control+End", "Enter", ";")
        expect(berta.get_by_role("dialog")).to_be_visible()
        check_for_everybody(berta)
        berta.keyboard.type("version")
        press(berta, "Enter")
        expect(box).to_have_value(re.compile(r"Good morning\.\n+Hello Clara, which version\?"))
        expect(berta.get_by_label("log.txt")).to_be_checked()
        expect(berta.locator("#conversation")).to_contain_text("changed the tags")
        expect(berta.locator(".composer .button--primary")).to_have_text(
            "Send, wait for the customer"
        )

        # Sent, taken back, and in the box again; nobody read it and no promise was kept.
        press(berta, "Control+Enter")
        expect(berta.locator("#pending")).to_contain_text("On its way out")
        expect(berta.locator("#pending")).to_contain_text("log.txt")
        berta.get_by_role("button", name="Undo").click()
        expect(box).to_have_value(re.compile("Hello Clara, which version"))
        expect(berta.get_by_label("log.txt")).to_be_checked()
        check_for_everybody(berta)
        expect(berta.locator("#promises")).not_to_contain_text("kept")

        # Sent for good: it leaves by itself.
        berta.get_by_role("button", name="Send", exact=True).click()
        expect(berta.locator("#pending")).to_contain_text("On its way out")
        expect(anton.locator("#present")).to_have_text("Berta is sending a reply")
        check_for_everybody(berta)
        desk.let_it_be(monday + timedelta(minutes=10))
        expect(berta.locator("#conversation")).to_contain_text("Hello Clara, which version?")
        expect(berta.locator("#promises")).to_contain_text("kept")
        expect(berta.locator("#pending")).to_be_empty()
        expect(berta.locator("#conversation .file")).to_contain_text("log.txt")

        draw_in_anton(berta)
        fill_in_the_cause(berta)


def test_a_part_goes_on_in_a_ticket_of_its_own_and_comes_back(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his:
        clara = sign_in(hers, CLARA)
        number = report(clara, "Two things at once")
        clara.get_by_label("Your message").fill("And the invoice is wrong.")
        clara.get_by_role("button", name="Send", exact=True).click()
        expect(clara.locator("#conversation")).to_contain_text("invoice is wrong")
        anton = sign_in(his, ANTON)
        anton.goto(f"/desk/tickets/{number}/")
        anton.get_by_text("Split into a new ticket").click()
        anton.get_by_label(re.compile("invoice is wrong")).check()
        anton.get_by_label("Subject of the new ticket").fill("The invoice")
        check_for_everybody(anton)
        anton.get_by_role("button", name="Split").click()
        expect(anton.locator("#conversation")).to_contain_text("split messages off into ticket")
        expect(anton.locator("#conversation")).not_to_contain_text("invoice is wrong")
        anton.get_by_role("link", name="The invoice").click()
        expect(anton.get_by_role("heading", level=1)).to_have_text("The invoice")
        expect(anton.locator("#conversation")).to_contain_text("And the invoice is wrong.")
        expect(anton.locator("#promises")).to_contain_text("left")
        anton.goto(f"/desk/tickets/{number}/")
        anton.get_by_text("Merge into another ticket").click()
        anton.get_by_label("Number of the ticket it goes on in").fill("#999999")
        anton.get_by_role("button", name="Merge").click()
        expect(anton.get_by_role("alert")).to_contain_text("no ticket with that number")
        expect(anton.get_by_label("Number of the ticket it goes on in")).to_have_value("#999999")
        check_for_everybody(anton)
