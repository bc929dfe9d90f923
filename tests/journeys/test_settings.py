"""My settings in a real browser: found under one's name, chosen without scripts, read by everybody."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product, arrived, sign_in
from tests.journeys.test_thread import ANTON, check_for_everybody

pytestmark = pytest.mark.journey
CARL = "carl@acme.example"


def choose(page: Page) -> None:
    """Choose another language, a zone, less mail and quiet nights."""
    page.get_by_label("Language").select_option("de")
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_label("An allowance").uncheck()
    page.get_by_label("From").fill("20:00")
    page.get_by_label("To", exact=True).fill("07:00")
    page.get_by_role("button", name="Save").click()


def test_both_sides_choose_how_they_are_told_without_scripts(desk: Product) -> None:
    for name, email in (("Anton", ANTON), ("Carl", CARL)):
        with desk.visitor(java_script_enabled=False) as context:
            page = sign_in(context, email, anew=True)
            page.get_by_role("link", name=name).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("My settings")
            choose(page)
            expect(page.get_by_role("heading", level=1)).to_have_text("Meine Einstellungen")
            expect(page.get_by_label("Zeitzone")).to_have_value("Asia/Tokyo")
            expect(page.get_by_label("Ein Kontingent")).not_to_be_checked()
            expect(page.get_by_label("Von")).to_have_value("20:00")
            page.get_by_label("Sprache").select_option("en")
            page.get_by_label("Zeitzone").select_option("UTC")
            page.get_by_label("Ein Kontingent").check()
            page.get_by_label("Von").fill("")
            page.get_by_label("Bis", exact=True).fill("")
            page.get_by_role("button", name="Speichern").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("My settings")
        with desk.visitor() as context:
            page = sign_in(context, email)
            page.goto("/settings/")
            check_for_everybody(page)
            page.get_by_label("From").fill("20:00")
            page.get_by_role("button", name="Save").click()
            expect(page.get_by_role("alert")).to_contain_text("Give both times")
            check_for_everybody(page)
            page.get_by_role("link", name="Where you are signed in").click()
            arrived(page, "Where you are signed in")
            check_for_everybody(page)
            expect(page.get_by_text("this one")).to_be_visible()
