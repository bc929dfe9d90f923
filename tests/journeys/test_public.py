"""Anybody compares plans and works out what one costs; the address of a quote shows it again."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product
from tests.journeys.test_thread import check_for_everybody

pytestmark = pytest.mark.journey


def test_plans_are_compared_and_a_quote_is_passed_on(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor(viewport={"width": 390, "height": 844}) as visitor:
        page = visitor.new_page()
        page.goto("/plans/photoprism/")
        side = page.get_by_role("region", name="Plans side by side")
        expect(side.get_by_role("row", name="Incidents")).to_contain_text("4 per month")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        check_for_everybody(page)
        side.get_by_role("link", name="What would it cost? Gold").click()
        sheet = page.locator(".quote__sheet")
        # Billed yearly: 12 x 1,499.00.
        expect(sheet).to_contain_text("€17,988.00")
        check_for_everybody(page)

        page.get_by_label("For", exact=True).select_option("2 years")
        expect(sheet).to_contain_text("24 months of €1,499.00")
        expect(sheet).to_contain_text("€35,976.00")
        expect(page).to_have_url(re.compile("months=24"))
        page.get_by_label("Weekend and holiday cover").check()
        expect(sheet).to_contain_text("Agreed by contract")
        address = page.url
    with desk.visitor(java_script_enabled=False) as another:
        page = another.new_page()
        page.goto(address)
        expect(page.locator(".quote__sheet")).to_contain_text("€35,976.00")
        page.get_by_label("Plan", exact=True).select_option("Professional")
        page.get_by_role("button", name="Show the price").click()
        expect(page.locator(".quote__sheet")).to_contain_text("Included, nothing is paid for it")
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Show the price")).to_be_hidden()
        expect(page.locator(".quote__sheet")).to_be_visible()
