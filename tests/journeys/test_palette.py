"""Everything by name: the palette finds pages, tickets and what can be done, without the mouse."""

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product, arrived, press, sign_in
from tests.journeys.test_thread import ANTON, CLARA, check_for_everybody, report

pytestmark = pytest.mark.journey


def test_everything_is_reached_by_name(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his:
        number = report(sign_in(hers, CLARA), "Palette and brush")
        anton = sign_in(his, ANTON)
        press(anton, "Control+k")
        box = anton.get_by_role("combobox", name="What do you want to do?")
        expect(box).to_be_focused()
        check_for_everybody(anton)
        box.fill(number)
        press(anton, "Enter")
        arrived(anton, "Palette and brush")

        press(anton, "Control+k")
        box.fill("miles")
        expect(anton.locator("#palette").get_by_role("option")).to_have_text(
            ["Mark a milestone", "Search for “miles”"]
        )
        press(anton, "Enter")
        expect(anton.get_by_label("Milestone", exact=True)).to_be_focused()

        press(anton, "Control+k")
        box.fill("brush pal")
        press(anton, "ArrowDown", "ArrowUp", "Enter")
        arrived(anton, "Search: brush pal")
        expect(anton.get_by_role("link", name="Palette and brush")).to_be_visible()
        check_for_everybody(anton)

        press(anton, "Control+k")
        box.fill("organi")
        press(anton, "Enter")
        arrived(anton, "Organisations")
        anton.get_by_role("link", name="Acme").click()
        arrived(anton, "Acme")
        check_for_everybody(anton)


def test_whoever_calls_has_a_ticket_before_they_hang_up(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as his:
        anton = sign_in(his, ANTON)
        press(anton, "c")
        arrived(anton, "New ticket for a customer")
        expect(anton.get_by_label("Who is it?")).to_be_focused()
        anton.keyboard.type("acme")
        expect(anton.locator("#callers")).to_contain_text("clara@acme.example")
        check_for_everybody(anton)
        # By keys alone: on to the first who was found, and round to the last of the choices and the one before it.
        press(anton, "Tab", "Space", "ArrowUp", "ArrowUp")
        expect(anton.get_by_role("radio", name="Somebody new at Acme")).to_be_focused()
        anton.get_by_label("Their e-mail address").fill("noor@acme.example")
        anton.get_by_label("Their name").fill("Noor")
        anton.get_by_label("Subject").fill("Nobody can sign in")
        anton.get_by_label("What happened?").fill("Since ten.")
        anton.get_by_role("radio", name="Urgent").check()
        expect(anton.locator("#promised")).to_contain_text("Reported now by phone as Severity")
        anton.get_by_label("I work on it").check()
        check_for_everybody(anton)
        anton.get_by_label("Their e-mail address").fill("noor@acme")
        anton.get_by_role("button", name="Open the ticket").click()
        expect(anton.get_by_role("alert")).to_contain_text("is no e-mail address")
        expect(anton.get_by_label("What happened?")).to_have_value("Since ten.")
        anton.get_by_label("Their e-mail address").fill("noor@acme.example")
        press(anton, "Control+Enter")
        arrived(anton, "Nobody can sign in")
        expect(anton.locator("#promises")).to_contain_text("left")
        expect(anton.locator("#conversation")).to_contain_text("Noor")
