"""Nothing runs over the edge, in both directions, from 320 to 1920; from right to left pages are their own mirror."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.product import Product, sign_in
from tests.journeys.test_thread import ANTON, CLARA, report

pytestmark = pytest.mark.journey
OLGA = "olga@desk.example"
TURN = """new MutationObserver((_, seen) => {
  if (document.documentElement) { document.documentElement.dir = "rtl"; seen.disconnect(); }
}).observe(document, { childList: true });"""
"""As the page of an Arab reader says it (`test_shell`); only the words stay."""
PUBLIC = ("/account/login/", "/plans/", "/plans/photoprism/", "/plans/photoprism/quote/?plan=gold")
CUSTOMERS = (
    "/tickets/",
    "/tickets/new/",
    "/tickets/search/?q=right",
    "/plan/",
    "/settings/",
    "/tickets/{number}/",
    "/tickets/{number}/evidence/",
)
AGENTS = (
    "/desk/",
    "/desk/queue/mine/",
    "/desk/day/",
    "/desk/load/",
    "/desk/search/?q=right",
    "/desk/organisations/",
    "/desk/views/",
    "/desk/filter/",
    "/desk/mail/",
    "/desk/setup/macros/new/",
    "/desk/tickets/{number}/",
)
SETUP = (
    "/desk/setup/",
    "/desk/setup/policies/",
    "/desk/setup/policies/of/photoprism/",
    "/desk/setup/calendars/",
    "/desk/setup/people/",
    "/desk/setup/teams/",
    "/desk/setup/roles/",
    "/desk/setup/fields/",
    "/desk/setup/subscriptions/",
    "/desk/setup/mailboxes/",
    "/desk/setup/outgoing/",
    "/desk/setup/branding/",
    "/desk/setup/audit/",
    "/desk/reports/",
    "/desk/reports/promises/",
    "/desk/reports/answers/",
    "/desk/reports/load/",
    "/desk/reports/backlog/",
    "/desk/reports/satisfaction/",
)


WIDTHS = (320, 768, 1440, 1920)


def read(page: Page, addresses: tuple[str, ...], number: str) -> list[str]:
    """Look at pages in both directions at every width, and say which run over the edge."""
    over = []
    for address in addresses:
        answer = page.goto(address.format(number=number))
        assert answer
        assert answer.ok, address
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        for direction in ("rtl", "ltr"):
            page.evaluate("to => { document.documentElement.dir = to }", direction)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    over.append(f"{address} at {width}, {direction}")
    return over


def turned(context: BrowserContext) -> BrowserContext:
    context.add_init_script(TURN)
    return context


def mirrored(page: Page, number: str) -> None:
    """From right to left the side stands on the right, and what is promised on the left."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/desk/")
    side, table = (page.locator(each).first.bounding_box() for each in (".side", ".queue"))
    assert side
    assert table
    assert side["x"] >= table["x"] + table["width"], "the side stands on the right"
    page.goto(f"/desk/tickets/{number}/")
    words = page.locator(".ticket__main").bounding_box()
    promises = page.locator("#promises").bounding_box()
    assert words
    assert promises
    assert promises["x"] + promises["width"] <= words["x"], "promises on the left"


def test_in_no_direction_and_at_no_width_anything_runs_over_the_edge(desk: Product) -> None:
    desk.next_monday()
    over: list[str] = []
    with desk.visitor() as hers:
        number = report(sign_in(hers, CLARA), "From the right")
    for email, addresses in ((None, PUBLIC), (CLARA, CUSTOMERS), (ANTON, AGENTS), (OLGA, SETUP)):
        with desk.visitor() as context:
            turned(context)
            page = sign_in(context, email) if email else context.new_page()
            over += read(page, addresses, number)
            if email == ANTON:
                mirrored(page, number)
    assert not over
