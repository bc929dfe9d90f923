"""A lead's look at the day: my own hours, the load of the team, and the wall, with a screen that nobody signs in to."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product, arrived, press, sign_in
from tests.journeys.test_thread import ANTON, CLARA, check_for_everybody, report

pytestmark = pytest.mark.journey
OLGA = "olga@desk.example"


def test_a_day_its_load_and_the_wall(desk: Product) -> None:
    monday = desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his, desk.visitor() as owners:
        clara = sign_in(hers, CLARA)
        number = report(clara, "The stairs creak")
        anton = sign_in(his, ANTON)
        anton.goto(f"/desk/tickets/{number}/")
        anton.get_by_label("Agent", exact=True).select_option(label="Anton")
        anton.get_by_role("button", name="Assign", exact=True).click()
        expect(anton.get_by_text("Assigned.")).to_be_visible()

        press(anton, "g", "d")
        arrived(anton, "My day")
        # Urgent is answered within 8 business hours: seven on Monday after ten, one on Tuesday.
        owed = anton.get_by_role("region", name="What you owe next")
        expect(owed.get_by_role("link", name="The stairs creak")).to_be_visible()
        check_for_everybody(anton)
        press(anton, "g", "l")
        arrived(anton, "Team load")
        expect(anton.get_by_role("row", name=re.compile("Nobody yet")).first).to_be_visible()
        # The worker counts within seconds, and the open page finds out by itself.
        mine = anton.locator(".side").get_by_role("link", name=re.compile("^Mine"))
        expect(mine).to_have_text(re.compile(r"Mine\D*\d"))
        check_for_everybody(anton)
        press(anton, "g", "w")
        arrived(anton, "Due next")
        check_for_everybody(anton)

        olga = sign_in(owners, OLGA)
        olga.goto("/desk/screens/")
        olga.get_by_label("Name", exact=True).fill("Hall")
        olga.get_by_role("button", name="Put up", exact=True).click()
        address = olga.get_by_label("Address of Hall").input_value()
        check_for_everybody(olga)
        with desk.visitor(viewport={"width": 1920, "height": 1080}) as nobody:
            screen = nobody.new_page()
            screen.goto(address)
            arrived(screen, "Hall")
            check_for_everybody(screen)
            expect(screen.locator("main")).not_to_contain_text("The stairs creak")
            # On Wednesday the answer is missed: the screen says so without being touched.
            desk.let_it_be(monday + timedelta(days=2))
            expect(screen.locator("#wall")).to_contain_text(re.compile("missed by"))
            expect(screen).to_have_title(re.compile(r"^\(\d+\) Hall"))
            olga.get_by_role("button", name="Revoke Hall").click()
            expect(olga.get_by_text("Revoked:")).to_be_visible()
            screen.goto(address)
            expect(screen.get_by_text("There is nothing here")).to_be_visible()
