"""The queue in hand: filtered, kept as a view, and many tickets settled at once, with the keys alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product, arrived, press, sign_in
from tests.journeys.test_thread import ANTON, CLARA, check_for_everybody, report

pytestmark = pytest.mark.journey


def test_a_view_is_put_together_kept_and_worked_off(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his:
        clara = sign_in(hers, CLARA)
        for name in ("One", "Two", "Three"):
            report(clara, f"Lamp {name} flickers")
        anton = sign_in(his, ANTON)

        # Three new lines are tagged, so that other journeys' tickets stay out of the view.
        for name in ("One", "Two", "Three"):
            row = anton.get_by_role("row", name=f"Lamp {name} flickers")
            row.get_by_role("checkbox", name=re.compile("Select ticket")).check()
        expect(anton.get_by_role("status").filter(has_text="3 selected")).to_be_visible()
        anton.locator("h1").click()
        press(anton, "t")
        expect(anton.get_by_label("Add, parted by commas")).to_be_focused()
        check_for_everybody(anton)
        anton.keyboard.type("lamps")
        press(anton, "Enter")
        expect(anton.get_by_text("Tags changed on 3 tickets.")).to_be_visible()

        keep_the_view(anton)
        settle_two_with_keys(anton)
        # One is closed by somebody else meanwhile: the sheet says why it was left.
        first = anton.locator("[data-row]").first
        gone = first.inner_text()
        anton.get_by_label("Select all that are shown").check()
        number = first.get_attribute("href").rstrip("/").rsplit("/", 1)[1]  # type: ignore[union-attr]
        clara.goto(f"/tickets/{number}/")
        clara.get_by_role("button", name="It works again: resolve").click()
        expect(clara.get_by_text("Write again if it comes back")).to_be_visible()
        press(anton, "w")
        anton.get_by_role("button", name="Wait").click()
        expect(anton.get_by_text("1 ticket was left as it is")).to_be_visible()
        expect(anton.get_by_role("link", name=gone)).to_be_visible()
        check_for_everybody(anton)

        remove_the_view(anton)


def test_many_are_settled_without_script(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers, desk.visitor(java_script_enabled=False) as his:
        number = report(sign_in(hers, CLARA), "No script, no trouble")
        anton = sign_in(his, ANTON)
        anton.locator(f"#pick{number}").check()
        anton.locator("#bulk").get_by_text("Wait", exact=True).first.click()
        anton.get_by_label("For whom").select_option("third_party")
        anton.locator("#bulk").get_by_role("button", name="Wait").click()
        expect(anton.get_by_text("1 ticket is waiting.")).to_be_visible()


def keep_the_view(anton: Page) -> None:
    press(anton, "f")
    expect(anton.get_by_label("Due", exact=True)).to_be_focused()
    check_for_everybody(anton)
    anton.get_by_label("Tag", exact=True).fill("lamps")
    anton.get_by_label("Tags").check()
    anton.get_by_role("button", name="Show").click()
    expect(anton.locator("[data-row]")).to_have_count(3)
    anton.get_by_text("Save this view").click()
    anton.get_by_label("Name", exact=True).fill("Lamps")
    check_for_everybody(anton)
    anton.get_by_role("button", name="Save", exact=True).click()
    arrived(anton, "Lamps")
    expect(anton.locator(".side").get_by_role("link", name="Lamps")).to_have_count(1)


def settle_two_with_keys(anton: Page) -> None:
    # The first two by x and shift-x are resolved with an answer, and taken back.
    press(anton, "j", "x", "j", "Shift+X", "e")
    anton.keyboard.type("A new bulb is on its way.")
    press(anton, "Control+Enter")
    expect(anton.get_by_text("2 tickets resolved.")).to_be_visible()
    expect(anton.locator("[data-row]")).to_have_count(1)
    press(anton, "z")
    expect(anton.get_by_text("Taken back on 2 tickets.")).to_be_visible()
    expect(anton.locator("[data-row]")).to_have_count(3)


def remove_the_view(anton: Page) -> None:
    press(anton, "g", "v")
    arrived(anton, "Saved views")
    check_for_everybody(anton)
    anton.get_by_role("button", name="Remove: Lamps").click()
    expect(anton.locator(".side").get_by_role("link", name="Lamps")).to_have_count(0)
    press(anton, "z")
    expect(anton.locator(".side").get_by_role("link", name="Lamps")).to_have_count(1)
