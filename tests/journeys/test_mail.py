"""Mail in a real browser: shown without running anything, reviewed with one key each, mailboxes set up."""

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product, arrived, press, sign_in
from tests.journeys.test_thread import ANTON, check_for_everybody

pytestmark = pytest.mark.journey
OWNER = "olga@desk.example"

LETTERS = "outgoing/letters/customer/de/"


@pytest.fixture(scope="module")
def mailed(desk: Product) -> Product:
    desk.next_monday()
    desk.furnish("tests.journeys.furnish_mail")
    return desk


def test_mail_is_shown_in_a_frame_that_can_do_nothing(mailed: Product) -> None:
    desk = mailed
    with desk.visitor() as his:
        anton = sign_in(his, ANTON)
        asked: list[str] = []
        anton.on("request", lambda request: asked.append(request.url))
        # The worker reads it within a second or two, and the open queue finds out by itself.
        anton.get_by_role("link", name="With a picture").click()
        expect(anton.locator("#conversation")).not_to_contain_text("wrote:", use_inner_text=True)
        anton.get_by_text("Earlier mails and signature").click()
        expect(anton.locator("#conversation")).to_contain_text("Try again", use_inner_text=True)
        anton.get_by_text("As it was sent").click()
        frame = anton.frame_locator("iframe.original")
        expect(frame.get_by_role("heading", name="It stops")).to_be_visible()
        picture = frame.locator("img[src^='/pictures/']")
        expect(picture).to_have_js_property("naturalWidth", 1)
        assert not [url for url in asked if "spy.example" in url]
        check_for_everybody(anton)
        expect(anton.get_by_role("link", name="x.svg")).to_have_attribute("download", "")
        with anton.expect_request(lambda request: "spy.example" in request.url):
            anton.get_by_role("link", name="Show pictures").click()


def test_held_mail_is_decided_with_one_key_each(mailed: Product) -> None:
    with mailed.visitor() as his:
        anton = sign_in(his, ANTON)
        press(anton, "g", "h")
        expect(anton.get_by_role("link", name="First", exact=True)).to_be_visible()
        check_for_everybody(anton)
        press(anton, "j", "Enter")
        arrived(anton, "First")
        check_for_everybody(anton)
        press(anton, "s")
        arrived(anton, "Second")
        expect(anton.get_by_role("status").first).to_contain_text("Refused as spam.")
        press(anton, "t")
        arrived(anton, "Held mail")
        expect(anton.locator("main")).to_contain_text("No mail waits")
        anton.get_by_role("link", name="Refused", exact=True).click()
        arrived(anton, "Refused mail")
        expect(anton.get_by_role("row", name="First")).to_contain_text("that it is spam")
        check_for_everybody(anton)


def test_the_mark_of_an_address_is_taken_away_by_its_button(mailed: Product) -> None:
    with mailed.visitor() as his:
        anton = sign_in(his, ANTON)
        anton.goto("/desk/search/?q=olga@desk.example")
        anton.get_by_role("link", name="Olga").first.click()
        expect(anton.locator("main")).to_contain_text("550 5.1.1 mailbox unavailable")
        check_for_everybody(anton)
        anton.get_by_role("button", name="Take the mark away").click()
        expect(anton.get_by_role("status").first).to_contain_text("The mark is taken away.")
        expect(anton.locator("main")).not_to_contain_text("Mail comes back")


def test_a_mailbox_is_set_up_without_scripts(desk: Product) -> None:
    with desk.visitor(java_script_enabled=False) as hers, desk.visitor() as also:
        olga = sign_in(hers, OWNER)
        olga.get_by_role("link", name="Setup").click()
        olga.get_by_role("link", name="Mailboxes").first.click()
        olga.get_by_role("link", name="Add a mailbox").click()
        olga.get_by_label("Address", exact=True).fill("help@desk.example")
        olga.get_by_label("How mail gets here").select_option("listener")
        olga.get_by_role("button", name="Try it out and add").click()
        arrived(olga, "help@desk.example")
        again = sign_in(also, OWNER)
        desk.furnish("tests.journeys.furnish_mailboxes")
        again.goto("/desk/setup/mailboxes/")
        again.get_by_role("link", name="posted@desk.example").click()
        again.get_by_role("button", name="Make the address").click()
        expect(again.get_by_label("Address to post to")).to_contain_text("/mail/in/")
        check_for_everybody(again)
        again.goto("/desk/setup/mailboxes/")
        again.get_by_role("link", name="fetched@desk.example").click()
        expect(again.locator("main")).to_contain_text("never came to the desk: 2.")
        again.get_by_role("button", name="Sign in").click()
        expect(again.get_by_role("link", name="Go on to accounts.google.com")).to_be_visible()
        check_for_everybody(again)
        for address in ("mailboxes/", "mailboxes/new/", LETTERS, "outgoing/"):
            again.goto(f"/desk/setup/{address}")
            check_for_everybody(again)
        again.locator("form").evaluate_all(
            "forms => forms.forEach(form => { form.noValidate = true })"
        )
        again.get_by_label("Mail goes to").select_option("mailgun")
        again.get_by_role("button", name="Save", exact=True).click()
        again.get_by_role("alert").wait_for()
        check_for_everybody(again)
        again.goto("/desk/setup/outgoing/")
        again.get_by_role("button", name="Send a test to").click()
        expect(again.get_by_role("heading", name="It was taken")).to_be_visible()
