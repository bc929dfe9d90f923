"""Pictures of every page: light and dark, wide and narrow, with the demonstration, empty and overfull.

`./duly screenshots [FOLDER [NAME…]]` ends with 1 when a page runs over the edge at any width, axe finds something on
one, or a picture is of another page than `shown` says. Names are how those of the wanted pictures begin.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.journeys import furnish
from tests.journeys.browsers import launched
from tests.journeys.furnish import POLICY
from tests.journeys.product import Product, press, running, sign_in
from tests.journeys.shown import (
    AGENTS,
    ANYBODYS,
    CHOOSERS,
    CUSTOMERS,
    OVERFULL,
    OWNERS,
    STEPS,
    Shown,
    page_of,
)

WIDTHS: dict[str, ViewportSize] = {
    "wide": {"width": 1440, "height": 900},
    "narrow": {"width": 390, "height": 844},
}
BESIDES = {"wide": (768, 1920), "narrow": (320,)}
"""Widths of which no pictures are made; nothing runs over their edges either. 320 is 1280 at 400 % (WCAG 1.4.10)."""
THEMES = ("light", "dark")
AGENT, OWNER = "jonas@desk.example", "ida@desk.example"
CUSTOMER = "lea@hafenlicht.example"
"""She reads German."""
CHOOSER = "sven@segel.example"
PASSWORD = "keep your word"
"""What the demonstration prints on its first start."""


def main() -> None:
    folder, *wanted = sys.argv[1:] or ["screenshots"]
    Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="duly-pictures-") as home, launched() as browser:
        Path(home).chmod(0o711)
        with running(Path(home), browser, "tests.journeys.furnish_demo") as desk:
            for more in ("mailboxes", "mail", "ladder"):
                desk.furnish(f"tests.journeys.furnish_{more}")
            said = desk.furnish("tests.journeys.furnish_rest").splitlines()
            places = dict(line.split() for line in said)
            taken = [Camera(desk, Path(folder), *each, wanted) for each in product(THEMES, WIDTHS)]
            for camera in taken:
                everything(camera, places)
            desk.furnish("tests.journeys.furnish_demo", "overfull")
            for camera in taken:
                overfull(camera)
            found = [trouble for camera in taken for trouble in camera.troubles]
            found += astray(desk, taken)
    print(*found, f"{len(list(Path(folder).glob('*.png')))} pictures in {folder}", sep="\n")  # noqa: T201
    sys.exit(1 if found else 0)


def astray(desk: Product, cameras: "list[Camera]") -> list[str]:
    """Say which pictures are not of the pages that the tables name."""
    paths = {name: urlsplit(url).path for camera in cameras for name, url in camera.seen.items()}
    pages = desk.furnish("tests.journeys.pages_of", *paths.values()).splitlines()
    named = page_of()
    return [
        f"{name}: of {page}, not of {named.get(name, 'any page in the tables')}"
        for name, page in zip(paths, pages, strict=True)
        if named.get(name) != page
    ]


class Camera:
    """One theme at one width."""

    def __init__(
        self, desk: Product, folder: Path, theme: str, width: str, wanted: list[str]
    ) -> None:
        self.desk = desk
        self.folder = folder
        self.theme = theme
        self.width = width
        self.wanted = tuple(wanted)
        """How the names of the pictures begin that are made; none of them stands for all."""
        self.troubles: list[str] = []
        self.seen: dict[str, str] = {}

    @contextmanager
    def as_somebody(self, email: str | None, password: str = PASSWORD) -> Iterator[Page]:
        """A page in the browser of somebody who is signed in, or of nobody."""
        with self.desk.visitor(viewport=WIDTHS[self.width], color_scheme=self.theme) as context:
            yield sign_in(context, email, password) if email else context.new_page()

    def wants(self, name: str) -> bool:
        """Whether a picture is to be made."""
        return not self.wanted or name.startswith(self.wanted)

    def take(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Keep a picture, of the whole page or of what the window shows."""
        if not self.wants(name):
            return
        page.wait_for_timeout(250)
        self.seen[name] = page.url
        file = self.folder / f"{name}-{self.theme}-{self.width}.png"
        if whole:
            page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=file, full_page=whole)
        self._examine(page, file.stem)

    def _examine(self, page: Page, name: str) -> None:
        """Look for what runs over the edge, and for what axe finds."""
        own = WIDTHS[self.width]
        besides: list[ViewportSize] = [{**own, "width": each} for each in BESIDES[self.width]]
        for size in (*besides, own):
            page.set_viewport_size(size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.troubles.append(f"{name}: runs over the edge at {size['width']}")
        found = Axe().run(page)
        if found.response["violations"]:
            self.troubles.append(f"{name}: {found.generate_report()}")


def everything(camera: Camera, places: dict[str, str]) -> None:
    with camera.as_somebody(None) as page:
        shoot(camera, page, ANYBODYS)
        shoot(camera, page, {name: (STEPS[name], places[name]) for name in ("rating", "screen")})
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
        shoot(camera, page, {name: (STEPS[name], places[name]) for name in ("batch", "unreached")})
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
        camera.take(page, "queue-many", whole=False)
        page.goto("/desk/")
        press(page, "j")
        page.locator(".queue .clock").nth(2).hover()
        camera.take(page, "queue-clock", whole=False)
        press(page, "?")
        camera.take(page, "keys", whole=False)
    page.goto("/desk/")
    page.locator("[data-row]").first.click()
    page.get_by_role("heading", level=1).wait_for()
    ticket = page.url
    page.goto(f"{ticket}?write=note")
    camera.take(page, "ticket-note")
    page.goto(f"{ticket}macros/")
    camera.take(page, "ticket-macros")


def owners_pages(camera: Camera, page: Page) -> None:
    mailboxes(camera, page)
    page.goto("/desk/setup/outgoing/")
    page.locator("[name=provider]").select_option("mailgun")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    camera.take(page, "setup-outgoing-wrong")
    page.goto("/desk/organisations/")
    page.locator("[data-row]").first.click()
    page.locator("a[href*='/subscriptions/']").first.click()
    page.locator("#move summary").click()
    page.locator("#move button").first.click()
    page.locator("#foreseen").wait_for()
    camera.take(page, "foreseen")
    page.goto("/desk/setup/fields/new/")
    page.get_by_label("What it takes").select_option("choice")
    camera.take(page, "setup-choice-field")
    text = POLICY.read_text(encoding="utf-8").replace("version: undated", "version: next")
    page.goto("/desk/setup/policies/new/")
    page.get_by_label("The policy").fill(text.replace("Europe/Berlin", "CET"))
    page.get_by_role("button", name="Keep and check").click()
    page.get_by_role("alert").wait_for()
    camera.take(page, "setup-draft")
    page.get_by_label("The policy").fill(text.replace("1: 8 business", "1: 9 business"))
    page.get_by_role("button", name="Review and publish").click()
    page.get_by_label("In force from").wait_for()
    camera.take(page, "setup-review")


def mailboxes(camera: Camera, page: Page) -> None:
    for kind in ("fetched", "posted"):
        page.goto("/desk/setup/mailboxes/")
        page.get_by_role("link", name=f"{kind}@desk.example").click()
        if kind == "posted":
            page.get_by_role("button", name="address").click()
        else:
            page.get_by_role("button", name="Sign in").click()
        camera.take(page, f"mailbox-{kind}")


def customers_pages(camera: Camera, page: Page) -> None:
    page.goto("/tickets/new/")
    page.get_by_role("radio").nth(1).check()
    page.locator(".promised__line").first.wait_for()
    camera.take(page, "portal-new")
    page.locator("form#report").evaluate("form => { form.noValidate = true }")
    page.locator(".report .button--primary").click()
    page.get_by_role("alert").wait_for()
    camera.take(page, "portal-new-wrong")


def overfull(camera: Camera) -> None:
    for who, pages in OVERFULL.items():
        with camera.as_somebody(
            {"agent": AGENT, "owner": OWNER, "customer": CUSTOMER}[who]
        ) as page:
            shoot(camera, page, pages)
    with camera.as_somebody(AGENT) as page:
        page.goto("/desk/queue/critical/")
        page.get_by_role("link", name="0 Donau").first.click()
        page.get_by_role("heading", level=1).wait_for()
        camera.take(page, "overfull-ticket")


def shoot(camera: Camera, page: Page, pages: Shown) -> None:
    for name, (_page, *way) in pages.items():
        if camera.wants(name):
            follow(page, *way)
            camera.take(page, name)


def follow(page: Page, address: str, *links: str) -> None:
    """Go to an address, and on by the links that selectors find."""
    page.goto(address)
    for link in links:
        href = page.locator(link).first.get_attribute("href")
        assert href, f"{page.url} has no {link}"
        page.goto(href)


if __name__ == "__main__":
    main()
