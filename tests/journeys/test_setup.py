"""Setting a desk up in a real browser: a policy from a broken file to its subscribers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.furnish import POLICY
from tests.journeys.product import Product, sign_in
from tests.journeys.test_thread import check_for_everybody

pytestmark = pytest.mark.journey
OWNER = "olga@desk.example"


def test_a_policy_comes_from_a_broken_file_to_its_subscribers(
    desk: Product, tmp_path: Path
) -> None:
    text = POLICY.read_text(encoding="utf-8").replace("version: undated", "version: next")
    text = text.replace(
        # What no other journey asks for: the desk is theirs, too.
        "2: 3 business days, 3: 7 business days}",
        "2: 3 business days, 3: 9 business days}",
    )
    file = tmp_path / "next.yaml"
    file.write_text(text.replace("zone: Europe/Berlin", "zone: CET"), encoding="utf-8")
    with desk.visitor() as hers:
        olga = sign_in(hers, OWNER)
        olga.get_by_role("link", name="Setup").click()
        check_for_everybody(olga)
        olga.get_by_role("link", name="Policies").first.click()
        check_for_everybody(olga)
        olga.get_by_role("link", name="New policy").click()
        olga.get_by_label("Or a file in its place").set_input_files(file)
        olga.get_by_role("button", name="Keep and check").click()
        expect(olga.get_by_role("alert")).to_contain_text("1 thing keeps it from being published")
        check_for_everybody(olga)
        fault = olga.get_by_role("link", name="Line ").first
        fault.click()
        expect(olga.get_by_label("The policy")).to_be_focused()
        olga.keyboard.type("    zone: Europe/Berlin")
        olga.get_by_role("button", name="Keep and check").click()
        expect(olga.get_by_role("status").first).to_contain_text("It checks.")
        olga.get_by_role("button", name="Review and publish").click()
        expect(olga.locator("main")).to_contain_text("1 promise becomes weaker")
        check_for_everybody(olga)
        olga.get_by_label("In force from").fill("2026-01-01")
        olga.get_by_role("button", name="Publish version next").click()
        expect(olga.get_by_role("heading", level=1)).to_have_text(
            "Move subscribers to version next"
        )
        for others in olga.get_by_role("checkbox", name="Other").all():
            others.uncheck()
        olga.get_by_role("button", name="Show what changes").click()
        expect(olga.locator("#foreseen")).to_contain_text("Nothing is changed yet")
        check_for_everybody(olga)
        olga.get_by_role("button", name="Move those chosen").click()
        expect(olga.get_by_role("status").first).to_contain_text("1 subscription moves.")
        expect(olga.get_by_role("row", name="Acme")).to_contain_text("next")
        check_for_everybody(olga)
        olga.get_by_role("link", name="office").click()
        expect(olga.get_by_role("img", name="Open hours of office")).to_be_visible()
        expect(olga.get_by_role("row", name="December")).to_contain_text("Erster Weihnachtstag")
        check_for_everybody(olga)


def keep_a_field(page: Page) -> None:
    """Make a field for agents, and retire it again: other journeys report tickets meanwhile."""
    page.goto("/desk/setup/fields/")
    check_for_everybody(page)
    page.get_by_role("link", name="Make a field").first.click()
    page.get_by_label("Name", exact=True).fill("Shelf")
    expect(page.get_by_label("Choices")).to_be_hidden()
    page.get_by_label("What it takes").select_option("choice")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("each on a line of its own")
    check_for_everybody(page)
    page.get_by_label("Choices").fill("Top\nBottom")
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row", name="Shelf")
    expect(row).to_contain_text("Top, Bottom")
    row.get_by_role("button", name="Up: Shelf").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Shelf")
    page.get_by_role("button", name="Retire: Shelf").click()
    expect(page.get_by_role("button", name="Bring back: Shelf")).to_be_visible()
    check_for_everybody(page)


def test_an_owner_keeps_people_roles_and_the_look(desk: Product) -> None:
    with desk.visitor() as hers:
        olga = sign_in(hers, OWNER)
        olga.goto("/desk/setup/people/")
        check_for_everybody(olga)
        olga.get_by_label("Name", exact=True).fill("Nora")
        olga.get_by_label("Email", exact=True).fill("nora@desk.test")
        olga.get_by_role("button", name="Invite").click()
        expect(olga.get_by_role("status").first).to_contain_text("An invitation is on its way")
        check_for_everybody(olga)
        olga.goto("/desk/setup/roles/new/")
        olga.get_by_label("Name", exact=True).fill("Auditor")
        olga.get_by_role("checkbox", name="Read the audit").check()
        check_for_everybody(olga)
        olga.get_by_role("button", name="Save").click()
        expect(olga.get_by_role("row", name="Auditor")).to_contain_text("2")
        check_for_everybody(olga)
        olga.goto("/desk/setup/teams/")
        check_for_everybody(olga)
        olga.goto("/desk/setup/subscriptions/")
        check_for_everybody(olga)
        olga.goto("/desk/setup/closing/")
        check_for_everybody(olga)
        olga.get_by_role("spinbutton").fill("366")
        olga.locator("main form").evaluate("form => { form.noValidate = true }")
        olga.get_by_role("button", name="Save").click()
        expect(olga.get_by_role("alert")).to_contain_text("from 1 to 365")
        check_for_everybody(olga)
        olga.goto("/desk/setup/branding/")
        olga.get_by_label("Name of the desk").fill("Acme Help")
        olga.get_by_label("Accent colour").fill("#ffd43b")
        olga.get_by_role("button", name="Save").click()
        expect(olga.get_by_role("alert")).to_contain_text("too light")
        check_for_everybody(olga)
        olga.get_by_label("Accent colour").fill("#0b6e4f")
        olga.get_by_role("button", name="Save").click()
        expect(olga.get_by_role("link", name="Acme Help")).to_be_visible()
        check_for_everybody(olga)
        olga.get_by_label("Name of the desk").fill("")
        olga.get_by_label("Accent colour").fill("")
        olga.get_by_role("button", name="Save").click()
        keep_a_field(olga)
        olga.goto("/desk/setup/audit/?check=1")
        expect(olga.locator("main")).to_contain_text("changed the branding")
        check_for_everybody(olga)
