"""Whoever manages an organisation keeps its people, its support list and its hours, and sees first what changes."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.product import Product, sign_in
from tests.journeys.test_thread import check_for_everybody

pytestmark = pytest.mark.journey


def test_people_and_hours_are_kept_by_the_customer(desk: Product) -> None:
    monday = desk.next_monday()
    wednesday = monday + timedelta(days=16)
    desk.furnish("tests.journeys.furnish_manager")
    with desk.visitor() as hers:
        mona = sign_in(hers, "mona@bond.example")
        mona.get_by_role("link", name="Your organisation").click()
        expect(mona.get_by_role("heading", level=1)).to_have_text("Bond")
        check_for_everybody(mona)
        mona.get_by_text("Invite a colleague").click()
        mona.get_by_label("Name").fill("Nora")
        mona.get_by_label("E-mail").fill("nora@bond.example")
        check_for_everybody(mona)
        mona.get_by_role("button", name="Invite", exact=True).click()
        for name in ("Mona", "Nora"):
            mona.get_by_role("button", name=f"Put on the support list : {name}").click()
        mona.get_by_role("button", name="Up : Nora").click()
        expect(mona.locator("#list li")).to_contain_text(["Nora", "Mona"])
        mona.get_by_role("button", name="Make technical contact : Nora").click()
        expect(mona.locator("#people")).to_contain_text("technical contact")

        mona.get_by_role("link", name="Change the hours").click()
        mona.get_by_label("From which day on").fill(f"{wednesday:%Y-%m-%d}")
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"):
            mona.get_by_label(day).fill("06:00-14:00")
        mona.get_by_role("button", name="Show what changes").click()
        foreseen = mona.locator("#foreseen")
        # An urgent report at nine is answered within 8 business hours: at five, by the new hours after five and three.
        expect(foreseen).to_contain_text(
            re.compile(rf"Urgent, First answer: reported Wed, {wednesday.day} \w+ {wednesday.year}")
        )
        check_for_everybody(mona)
        mona.get_by_role("button", name="Let it hold").click()
        expect(mona.locator("#hours")).to_contain_text("Mon-Fri 06:00-14:00")
        expect(mona.locator("#hours")).to_contain_text("holds now")
