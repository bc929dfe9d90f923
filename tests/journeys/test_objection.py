"""A ticket is found outside the agreement, its customer objects without scripts, and the desk gives way."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product, sign_in
from tests.journeys.test_thread import CLARA, check_for_everybody, report

pytestmark = pytest.mark.journey
OWNER = "olga@desk.example"


def test_an_exclusion_is_objected_to_and_withdrawn(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as also:
        clara = sign_in(hers, CLARA)
        first, second = report(clara, "The index is broken"), report(clara, "It is still broken")

        olga = sign_in(also, OWNER)
        olga.goto(f"/desk/tickets/{second}/")
        olga.get_by_text("Link to another ticket").click()
        olga.get_by_label("This ticket is").select_option("caused_by")
        olga.get_by_label("Number of the other ticket").fill(f"#{first}")
        olga.get_by_role("button", name="Link", exact=True).click()
        expect(olga.locator("#facts")).to_contain_text(f"caused by #{first}")
        olga.get_by_text("Outside the agreement").click()
        olga.get_by_role("radio").first.check()
        olga.get_by_role("button", name="Exclude").click()
        expect(olga.locator("#facts")).to_contain_text("Outside by")
        check_for_everybody(olga)

        with desk.visitor(java_script_enabled=False) as context:
            plain = sign_in(context, CLARA)
            plain.goto(f"/tickets/{second}/")
            expect(plain.locator("#exclusion")).to_contain_text("by this clause")
            plain.get_by_label("Why it does not apply").fill("We changed nothing.")
            plain.get_by_role("button", name="Object").click()
            expect(plain.locator("#exclusion")).to_contain_text("Clara objected")
        clara.goto(f"/tickets/{second}/")
        expect(clara.locator("#conversation")).to_contain_text("We changed nothing.")
        check_for_everybody(clara)

        # Olga's page is still open and finds out by itself.
        expect(olga.locator("#facts")).to_contain_text("Clara objects")
        olga.get_by_role("button", name="Withdraw the exclusion").click()
        expect(olga.locator("#promises")).to_contain_text(re.compile("left"))
        expect(clara.locator("#exclusion")).to_have_count(0)
