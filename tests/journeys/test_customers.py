"""A customer kept up by a lead: found, invited, remarked on, and moved to another plan after a look at what changes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.product import Product, arrived, sign_in
from tests.journeys.test_thread import check_for_everybody, report

pytestmark = pytest.mark.journey
CLARA, LENA = "clara@acme.example", "lena@desk.example"


def subscribe(lena: Page, plan: re.Pattern[str]) -> None:
    """Subscribe Other to a plan, after a look at what it promises."""
    lena.goto("/desk/organisations/")
    lena.get_by_role("link", name="Other", exact=True).click()
    lena.get_by_role("link", name="Subscribe to a plan").click()
    value = lena.get_by_role("option", name=plan).first.get_attribute("value")
    lena.get_by_label("Plan", exact=True).select_option(value)
    lena.get_by_role("button", name="Show what changes").click()
    expect(lena.locator("#foreseen")).to_contain_text("so far nothing is promised")
    check_for_everybody(lena)
    lena.get_by_role("button", name="Subscribe", exact=True).click()
    expect(lena.get_by_role("status").first).to_contain_text("Subscribed.")


def test_who_has_two_agreements_comes_to_the_levels_of_the_one_they_choose(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as lenas, desk.visitor() as hers:
        lena = sign_in(lenas, LENA)
        subscribe(lena, re.compile("Gold"))
        subscribe(lena, re.compile("Enterprise"))
        stella = sign_in(hers, "stella@other.example")
        stella.goto("/tickets/new/")
        stella.get_by_label("Subject").fill("Two plans, one fault")
        stella.get_by_role("radio", name=re.compile("Other")).first.check()
        stella.get_by_role("button", name="Show the levels of this agreement").click()
        expect(stella.get_by_role("group", name="Severity")).to_be_visible()
        expect(stella.get_by_label("Subject")).to_have_value("Two plans, one fault")
        check_for_everybody(stella)


def test_a_customer_is_kept_up(desk: Product) -> None:
    desk.next_monday()
    with desk.visitor() as hers, desk.visitor() as lenas:
        clara = sign_in(hers, CLARA)
        report(clara, "Where is my index?")
        clara.goto("/tickets/")
        clara.get_by_label("Search your tickets").fill("index")
        clara.get_by_role("button", name="Search").click()
        expect(clara.get_by_role("link", name="Where is my index?")).to_be_visible()
        check_for_everybody(clara)

        lena = sign_in(lenas, LENA)
        lena.goto("/desk/organisations/")
        check_for_everybody(lena)
        lena.get_by_label("Name of an organisation").fill("acm")
        lena.get_by_role("button", name="Search").click()
        lena.get_by_role("link", name="Acme", exact=True).click()
        lena.get_by_label("What every agent should know").fill("They call on Fridays.")
        lena.get_by_role("button", name="Leave the remark").click()
        expect(lena.locator("#remarks")).to_contain_text("They call on Fridays.")
        lena.get_by_text("Invite a contact").click()
        lena.get_by_label("Name", exact=True).fill("Nora")
        lena.get_by_label("E-mail").fill("clara@acme.example")
        lena.get_by_role("button", name="Invite").click()
        expect(lena.get_by_role("alert")).to_contain_text("already")
        expect(lena.get_by_label("Name", exact=True)).to_have_value("Nora")
        check_for_everybody(lena)

        lena.get_by_role("link", name=re.compile("^Change ")).first.click()
        lena.get_by_text("Another plan").click()
        plan = lena.locator("#move select")
        plan.select_option(index=0)
        lena.locator("#move").get_by_role("button", name="Show what changes").click()
        expect(lena.locator("#foreseen")).to_contain_text("Nothing is changed yet")
        check_for_everybody(lena)

        lena.goto("/desk/organisations/")
        lena.get_by_role("link", name="Acme", exact=True).click()
        lena.get_by_role("link", name="Change the hours").click()
        arrived(lena, "Hours of Acme")
        lena.get_by_label("Monday").fill("nine")
        lena.get_by_role("button", name="Show what changes").click()
        expect(lena.get_by_role("alert")).to_contain_text("This is no calendar")
        check_for_everybody(lena)

        lena.goto("/desk/search/?q=clara")
        lena.get_by_role("link", name="Clara", exact=True).first.click()
        expect(lena.get_by_role("heading", level=1)).to_have_text("Clara")
        expect(lena.locator(".queue")).to_contain_text("Where is my index?")
        check_for_everybody(lena)
