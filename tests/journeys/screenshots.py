"""Pictures of every page: light and dark, wide and narrow, with the demonstration, empty and overfull.

`./duly screenshots [FOLDER]` ends with 1 when a page runs over the edge at any width, or axe finds something on one.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys import furnish
from tests.journeys.browsers import launched
from tests.journeys.furnish import POLICY
from tests.journeys.product import Product, press, running, sign_in
from tests.journeys.shown import AGENTS, ANYBODYS, CHOOSERS, CUSTOMERS, OWNERS, Shown, Way

WIDTHS: dict[str, ViewportSize] = {
    "wide": {"width": 1440, "height": 900},
    "narrow": {"width": 390, "height": 844},
}
BETWEEN = (768, 1920)
"""Widths of which no pictures are made; nothing runs over their edges either."""
THEMES = ("light", "dark")
AGENT, OWNER = "jonas@desk.example", "ida@desk.example"
CUSTOMER = "lea@hafenlicht.example"
"""She reads German."""
CHOOSER = "sven@segel.example"
PASSWORD = "keep your word"
"""What the demonstration prints on its first start."""


def main() -> None:
    folder = Path(*sys.argv[1:2] or ["screenshots"])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="duly-pictures-") as home, launched() as browser:
        Path(home).chmod(0o711)
        with running(Path(home), browser, "tests.journeys.furnish_demo") as desk:
            for more in ("mailboxes", "mail", "ladder"):
                desk.furnish(f"tests.journeys.furnish_{more}")
            taken = list(cameras(desk, folder))
            for camera in taken:
                everything(camera)
            desk.furnish("tests.journeys.furnish_demo", "overfull")
            for camera in taken:
                overfull(camera)
    found = [trouble for camera in taken for trouble in camera.troubles]
    print(*found, f"{len(list(folder.glob('*.png')))} pictures in {folder}", sep="\n")  # noqa: T201
    sys.exit(1 if found else 0)


class Camera:
    """One theme at one width."""

    def __init__(self, desk: Product, folder: Path, theme: str, width: str) -> None:
        self.desk = desk
        self.folder = folder
        self.theme = theme
        self.width = width
        self.troubles: list[str] = []

    @contextmanager
    def as_somebody(self, email: str | None, password: str = PASSWORD) -> Iterator[Page]:
        """A page in the browser of somebody who is signed in, or of nobody."""
        with self.desk.visitor(viewport=WIDTHS[self.width], color_scheme=self.theme) as context:
            yield sign_in(context, email, password) if email else context.new_page()

    def take(self, page: Page, name: str, *, whole: bool | None = None) -> None:
        """Keep a picture; narrow pages are shown whole."""
        page.wait_for_timeout(250)
        file = self.folder / f"{name}-{self.theme}-{self.width}.png"
        is_whole = self.width == "narrow" if whole is None else whole
        if is_whole:
            page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=file, full_page=is_whole)
        self._examine(page, file.stem)

    def _examine(self, page: Page, name: str) -> None:
        """Look for what runs over the edge, and for what axe finds."""
        sizes = [WIDTHS[self.width]]
        if self.width == "wide":
            sizes += [{"width": width, "height": 900} for width in BETWEEN]
        for size in reversed(sizes):
            page.set_viewport_size(size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.troubles.append(f"{name}: runs over the edge at {size['width']}")
        found = Axe().run(page)
        if found.response["violations"]:
            self.troubles.append(f"{name}: {found.generate_report()}")


def cameras(desk: Product, folder: Path) -> Iterator[Camera]:
    for theme in THEMES:
        for width in WIDTHS:
            yield Camera(desk, folder, theme, width)


def everything(camera: Camera) -> None:
    with camera.as_somebody(None) as page:
        shoot(camera, page, ANYBODYS)
        shoot(camera, page, {"rating": camera.desk.furnish("tests.journeys.rating_link").strip()})
        page.goto("/account/login/")
        page.get_by_label("Email").fill("nobody@desk.example")
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
        camera.take(page, "sign-in-wrong")
    with camera.as_somebody(OWNER) as page:
        shoot(camera, page, OWNERS)
        owners_pages(camera, page)
    with camera.as_somebody(AGENT) as page:
        shoot(camera, page, AGENTS)
        agents_pages(camera, page)
    with camera.as_somebody(CUSTOMER) as page:
        shoot(camera, page, CUSTOMERS)
        customers_pages(camera, page)
    with camera.as_somebody(CHOOSER, furnish.PASSWORD) as page:
        shoot(camera, page, CHOOSERS)


def agents_pages(camera: Camera, page: Page) -> None:
    if camera.width == "wide":
        page.goto("/desk/")
        press(page, "j", "x", "j", "x", "a")
        camera.take(page, "queue-many")
    page.goto("/desk/organisations/")
    page.locator("[data-row]").first.click()
    page.locator("#contacts").wait_for()
    camera.take(page, "organisation", whole=True)
    page.locator("#contacts .listed__who a").first.click()
    page.locator("#remarks").wait_for()
    camera.take(page, "person", whole=True)
    if camera.width == "wide":
        page.goto("/desk/")
        press(page, "j")
        page.locator(".queue .clock").nth(2).hover()
        camera.take(page, "queue-clock")
        press(page, "?")
        camera.take(page, "keys")
    page.goto("/desk/")
    page.locator("[data-row]").first.click()
    page.get_by_role("heading", level=1).wait_for()
    address = page.url
    camera.take(page, "ticket")
    page.goto(f"{address}?write=note")
    camera.take(page, "ticket-note")
    page.goto(address)
    page.locator("#promises .clock").last.click()
    page.locator(".why").wait_for()
    camera.take(page, "why", whole=True)


def owners_pages(camera: Camera, page: Page) -> None:
    page.goto(f"/desk/reports/reviews/?month={datetime.now(UTC):%Y-%m}")
    page.locator("[data-row]").first.click()
    camera.take(page, "reports-review", whole=True)
    mailboxes(camera, page)
    page.goto("/desk/organisations/")
    page.locator("[data-row]").first.click()
    page.locator("a[href*='/subscriptions/']").first.click()
    page.locator("#move summary").click()
    page.locator("#move button").first.click()
    page.locator("#foreseen").wait_for()
    camera.take(page, "subscription", whole=True)
    page.goto("/desk/setup/people/")
    page.get_by_role("link", name="Jonas").click()
    camera.take(page, "setup-agent", whole=True)
    page.goto("/desk/setup/fields/new/")
    page.get_by_label("What it takes").select_option("choice")
    camera.take(page, "setup-field", whole=True)
    page.goto("/desk/setup/calendars/of/photoprism/office/")
    camera.take(page, "setup-calendar", whole=True)
    text = POLICY.read_text(encoding="utf-8").replace("version: undated", "version: next")
    page.goto("/desk/setup/policies/new/")
    page.get_by_label("The policy").fill(text.replace("Europe/Berlin", "CET"))
    page.get_by_role("button", name="Keep and check").click()
    page.get_by_role("alert").wait_for()
    camera.take(page, "setup-draft", whole=True)
    page.get_by_label("The policy").fill(text.replace("1: 8 business", "1: 9 business"))
    page.get_by_role("button", name="Review and publish").click()
    page.get_by_label("In force from").wait_for()
    camera.take(page, "setup-review", whole=True)


def mailboxes(camera: Camera, page: Page) -> None:
    for kind in ("fetched", "posted"):
        page.goto("/desk/setup/mailboxes/")
        page.get_by_role("link", name=f"{kind}@desk.example").click()
        if kind == "posted":
            page.get_by_role("button", name="address").click()
        else:
            page.get_by_role("button", name="Sign in").click()
        camera.take(page, f"mailbox-{kind}", whole=True)


def customers_pages(camera: Camera, page: Page) -> None:
    page.goto("/tickets/new/")
    page.get_by_role("radio").nth(1).check()
    page.locator(".promised__line").first.wait_for()
    camera.take(page, "portal-new", whole=True)
    page.locator("form#report").evaluate("form => { form.noValidate = true }")
    page.locator(".report .button--primary").click()
    page.get_by_role("alert").wait_for()
    camera.take(page, "portal-new-wrong", whole=True)
    page.goto("/tickets/")
    page.locator(".tickets__subject").first.click()
    page.locator("#conversation").wait_for()
    camera.take(page, "portal-ticket", whole=True)


def overfull(camera: Camera) -> None:
    with camera.as_somebody(AGENT) as page:
        shoot(camera, page, {"overfull-queue": "/desk/queue/critical/"})
        page.get_by_role("link", name="0 Donau").first.click()
        page.get_by_role("heading", level=1).wait_for()
        camera.take(page, "overfull-ticket")
    with camera.as_somebody(OWNER) as page:
        shoot(camera, page, {"overfull-fields": "/desk/setup/fields/"})
    with camera.as_somebody(CUSTOMER) as page:
        shoot(camera, page, {"overfull-portal": "/tickets/", "overfull-new": "/tickets/new/"})


def shoot(camera: Camera, page: Page, pages: Shown) -> None:
    for name, way in pages.items():
        follow(page, way)
        camera.take(page, name)


def follow(page: Page, way: Way) -> None:
    """Go to an address, and on by the links that selectors find."""
    address, *links = (way,) if isinstance(way, str) else way
    page.goto(address)
    for link in links:
        href = page.locator(link).first.get_attribute("href")
        assert href, f"{page.url} has no {link}"
        page.goto(href)


if __name__ == "__main__":
    main()
