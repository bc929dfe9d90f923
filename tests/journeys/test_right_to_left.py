"""Read from right to left every page is its own mirror: nothing runs over the edge, the side stands on the right."""

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
    "/desk/tickets/{number}/",
)
SETUP = ("/desk/setup/", "/desk/setup/policies/", "/desk/setup/calendars/", "/desk/setup/audit/")


def read(page: Page, addresses: tuple[str, ...], number: str) -> list[str]:
    """Look at pages and say which run over the edge."""
    over = []
    for address in addresses:
        answer = page.goto(address.format(number=number))
        assert answer
        assert answer.ok, address
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            over.append(f"{address} at {page.viewport_size}")
    return over


def turned(context: BrowserContext) -> BrowserContext:
    context.add_init_script(TURN)
    return context


def test_from_right_to_left_nothing_runs_over_the_edge(desk: Product) -> None:
    desk.next_monday()
    over: list[str] = []
    with desk.visitor() as hers:
        number = report(sign_in(hers, CLARA), "From the right")
    for width in (1440, 390):
        size = {"width": width, "height": 900}
        for email, addresses in (
            (None, PUBLIC),
            (CLARA, CUSTOMERS),
            (ANTON, AGENTS),
            (OLGA, SETUP),
        ):
            with desk.visitor(viewport=size) as context:
                turned(context)
                page = sign_in(context, email) if email else context.new_page()
                over += read(page, addresses, number)
                if email == ANTON and width == 1440:
                    page.goto("/desk/")
                    side, table = (
                        page.locator(each).first.bounding_box() for each in (".side", ".queue")
                    )
                    assert side
                    assert table
                    assert side["x"] >= table["x"] + table["width"], "the side stands on the right"
                    page.goto(f"/desk/tickets/{number}/")
                    words = page.locator(".ticket__main").bounding_box()
                    promises = page.locator("#promises").bounding_box()
                    assert words
                    assert promises
                    assert promises["x"] + promises["width"] <= words["x"], "promises on the left"
    assert not over
