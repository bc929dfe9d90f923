"""Reports in a real browser: from a figure to its ticket, and a month as a review that prints."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product, sign_in
from tests.journeys.test_thread import CLARA, check_for_everybody, report

pytestmark = pytest.mark.journey
OWNER = "olga@desk.example"


def test_a_figure_leads_to_its_ticket_and_a_month_to_its_review(desk: Product) -> None:
    monday = desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as its:
        report(sign_in(hers, CLARA), "Counted once")
        # Nobody answers for five weeks: the promise is missed, and its month is over.
        due = monday + timedelta(days=1)
        desk.let_it_be(monday + timedelta(days=35))
        olga = sign_in(its, OWNER)
        olga.get_by_role("link", name="Reports").click()
        expect(olga.get_by_role("heading", level=1)).to_have_text("Promises kept")
        check_for_everybody(olga)

        olga.get_by_label("Summed by").select_option("organisation")
        olga.get_by_role("button", name="Show").click()
        acme = olga.get_by_role("row", name=re.compile("^Acme"))
        acme.get_by_role("link").last.click()
        expect(olga.get_by_role("heading", level=1)).to_have_text("Promises missed")
        expect(olga.get_by_role("link", name=re.compile("Counted once")).first).to_be_visible()
        check_for_everybody(olga)

        for name in ("Answers and resolutions", "Load and cover", "Backlog", "Satisfaction"):
            olga.get_by_role("link", name=name).click()
            expect(olga.get_by_role("heading", level=1)).to_have_text(name)
            check_for_everybody(olga)

        olga.get_by_role("link", name="Backlog").click()
        olga.locator("tfoot a").last.click()
        expect(olga.get_by_role("heading", level=1)).to_have_text("Tickets unfinished now")
        expect(olga.get_by_role("link", name=re.compile("#")).first).to_be_visible()
        check_for_everybody(olga)

        olga.get_by_role("link", name="Service reviews").click()
        olga.get_by_label("Month").select_option(f"{due:%Y-%m}")
        olga.get_by_role("button", name="Show").click()
        olga.get_by_role("link", name="Acme").click()
        expect(olga.get_by_role("link", name=re.compile("Counted once")).first).to_be_visible()
        check_for_everybody(olga)
        olga.emulate_media(media="print")
        expect(olga.get_by_role("link", name="Download as CSV")).to_be_hidden()
        expect(olga.get_by_role("navigation", name="Main")).to_be_hidden()
        expect(olga.get_by_role("heading", level=1)).to_contain_text("Service review")
        expect(olga.get_by_role("heading", level=1)).to_be_visible()
