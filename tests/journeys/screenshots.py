"""Pictures of every page: light and dark, wide and narrow, with the demonstration, empty and overfull.

`./duly screenshots [FOLDER]`
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.browsers import launched
from tests.journeys.furnish import POLICY
from tests.journeys.product import Product, press, running, sign_in

WIDTHS = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
AGENT, OWNER = "jonas@desk.example", "ida@desk.example"
CUSTOMER = "lea@hafenlicht.example"
"""She reads German."""
PASSWORD = "keep your word"
"""What the demonstration prints on its first start."""


def main() -> None:
    folder = Path(*sys.argv[1:2] or ["screenshots"])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="duly-pictures-") as home, launched() as browser:
        Path(home).chmod(0o711)
        with running(Path(home), browser, "tests.journeys.furnish_demo") as desk:
            desk.furnish("tests.journeys.furnish_mailboxes")
            for camera in cameras(desk, folder):
                everything(camera)
            desk.furnish("tests.journeys.furnish_demo", "overfull")
            for camera in cameras(desk, folder):
                overfull(camera)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")  # noqa: T201


class Camera:
    """One theme at one width."""

    def __init__(self, desk: Product, folder: Path, theme: str, width: str) -> None:
        self.desk = desk
        self.folder = folder
        self.theme = theme
        self.width = width

    @contextmanager
    def as_somebody(self, email: str | None) -> Iterator[Page]:
        """A page in the browser of somebody who is signed in, or of nobody."""
        with self.desk.visitor(
            viewport=WIDTHS[self.width], color_scheme=self.theme, reduced_motion="reduce"
        ) as context:
            yield sign_in(context, email, PASSWORD) if email else context.new_page()

    def take(self, page: Page, name: str, *, whole: bool | None = None) -> None:
        """Keep a picture; narrow pages are shown whole."""
        page.wait_for_timeout(250)
        file = self.folder / f"{name}-{self.theme}-{self.width}.png"
        page.screenshot(path=file, full_page=self.width == "narrow" if whole is None else whole)


def cameras(desk: Product, folder: Path) -> Iterator[Camera]:
    for theme in THEMES:
        for width in WIDTHS:
            yield Camera(desk, folder, theme, width)


def everything(camera: Camera) -> None:
    with camera.as_somebody(None) as page:
        shoot(camera, page, {"sign-in": "/account/login/", "password": "/account/password/reset/"})
        shoot(camera, page, {"plans": "/plans/", "plan": "/plans/photoprism/"})
        shoot(camera, page, {"quote": "/plans/photoprism/quote/?plan=gold&addon=weekend-cover"})
        page.goto("/account/login/")
        page.get_by_label("Email").fill("nobody@desk.example")
        page.get_by_label("Password", exact=True).fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()
        camera.take(page, "sign-in-wrong")
    with camera.as_somebody(OWNER) as page:
        shoot(camera, page, {"queue-empty": "/desk/queue/mine/", "not-found": "/nowhere/"})
        owners_pages(camera, page)
    with camera.as_somebody(AGENT) as page:
        agents_pages(camera, page)
    with camera.as_somebody(CUSTOMER) as page:
        customers_pages(camera, page)


def agents_pages(camera: Camera, page: Page) -> None:
    shoot(camera, page, {"queue": "/desk/", "queue-critical": "/desk/queue/critical/"})
    filtered = "/desk/?state=open&rank=upper&columns=customer,priority,team,plan,opened,number"
    shoot(camera, page, {"queue-filtered": filtered, "filter": "/desk/filter/?state=open"})
    shoot(camera, page, {"day": "/desk/day/", "load": "/desk/load/", "wall": "/desk/wall/"})
    shoot(camera, page, {"views": "/desk/views/"})
    if camera.width == "wide":
        page.goto("/desk/")
        press(page, "j", "x", "j", "x", "a")
        camera.take(page, "queue-many")
    shoot(camera, page, {"settings": "/settings/", "organisations": "/desk/organisations/"})
    shoot(camera, page, {"macros": "/desk/setup/macros/", "macro": "/desk/setup/macros/new/"})
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
    setup = {"setup": "", "setup-policies": "policies/", "setup-policy": "policies/of/photoprism/"}
    shoot(camera, page, {name: f"/desk/setup/{address}" for name, address in setup.items()})
    staff = {"setup-people": "people/", "setup-teams": "teams/", "setup-role": "roles/lead/"}
    shoot(camera, page, {name: f"/desk/setup/{address}" for name, address in staff.items()})
    summed = {"reports": "?by=priority", "reports-promises": "promises/", "reports-load": "load/"}
    summed |= {"reports-backlog": "backlog/", "reports-answers": "answers/"}
    shoot(camera, page, {name: f"/desk/reports/{address}" for name, address in summed.items()})
    page.goto(f"/desk/reports/reviews/?month={datetime.now(UTC):%Y-%m}")
    page.locator("[data-row]").first.click()
    camera.take(page, "reports-review", whole=True)
    more = {"setup-subscriptions": "subscriptions/", "setup-audit": "audit/?check=1"}
    more["setup-branding"] = "branding/"
    more |= {"setup-outgoing": "outgoing/", "setup-letters": "outgoing/letters/customer/en/"}
    shoot(camera, page, {name: f"/desk/setup/{address}" for name, address in more.items()})
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
    shoot(camera, page, {"mailboxes": "/desk/setup/mailboxes/"})
    for kind in ("fetched", "posted"):
        page.goto("/desk/setup/mailboxes/")
        page.get_by_role("link", name=f"{kind}@desk.example").click()
        if kind == "posted":
            page.get_by_role("button", name="address").click()
        else:
            page.get_by_role("button", name="Sign in").click()
        camera.take(page, f"mailbox-{kind}", whole=True)


def customers_pages(camera: Camera, page: Page) -> None:
    shoot(
        camera,
        page,
        {"portal": "/tickets/", "portal-plan": "/plan/", "portal-settings": "/settings/"},
    )
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
    with camera.as_somebody(CUSTOMER) as page:
        shoot(camera, page, {"overfull-portal": "/tickets/"})


def shoot(camera: Camera, page: Page, addresses: dict[str, str]) -> None:
    for name, address in addresses.items():
        page.goto(address)
        camera.take(page, name)


if __name__ == "__main__":
    main()
