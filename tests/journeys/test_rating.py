"""Once a ticket is resolved its requester says how the help was, and those who helped read it."""

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product, sign_in
from tests.journeys.test_thread import ANTON, CLARA, check_for_everybody, report

pytestmark = pytest.mark.journey


def test_the_requester_says_how_it_was_and_the_agent_reads_it(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as his:
        clara, anton = sign_in(hers, CLARA), sign_in(his, ANTON)
        number = report(clara, "How was it?")
        anton.goto(f"/desk/tickets/{number}/")
        anton.get_by_label("Reply to Clara").fill("Fixed.")
        anton.get_by_role("button", name="Send and resolve").click()
        # The reply leaves once it can no longer be taken back; Clara's page shows it, and asks when loaded again.
        expect(clara.locator("#conversation")).to_contain_text("Fixed.")
        clara.reload()
        check_for_everybody(clara)
        clara.get_by_role("radio", name="Not good").check()
        clara.get_by_label("What made it so?").fill("It took a week.")
        clara.get_by_role("button", name="Say it", exact=True).click()
        expect(clara.locator("#conversation")).to_contain_text("Clara found the help not good")
        expect(anton.locator("#facts")).to_contain_text("It took a week.")
