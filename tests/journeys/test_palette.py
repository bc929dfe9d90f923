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
