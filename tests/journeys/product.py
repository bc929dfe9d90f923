"""The whole product, started as a user would, with a clock that journeys move and a browser to look through."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.cli.desk import Desk, environment
from tests.journeys.furnish import PASSWORD

FIRST_MONDAYS = tuple(
    datetime(year, 7, day, 8, 0, tzinfo=UTC)
    for year, day in ((2027, 5), (2028, 3), (2029, 2), (2030, 1), (2031, 7), (2032, 5))
)
"""Each a Monday, 10:00 in Berlin, in summer time; in the twelve weeks from it on no day is a holiday there."""
MONDAYS = tuple(first + timedelta(weeks=week) for first in FIRST_MONDAYS for week in range(12))
PATIENCE_MS = 60_000
"""Far more than anything needs, also on a slow machine; who waits in vain fails anyway."""
expect.set_options(timeout=PATIENCE_MS)


class Product:
    """A running desk; each journey gets a Monday of its own, because time does not run backwards."""

    def __init__(self, desk: Desk, clock_file: Path, browser: Browser) -> None:
        self.desk = desk
        self.browser = browser
        self._clock_file = clock_file
        self._latest = datetime.min.replace(tzinfo=UTC)

    def next_monday(self) -> datetime:
        """Let it be the next Monday that no journey has reached, 10:00 in Berlin."""
        monday = next(monday for monday in MONDAYS if monday > self._latest)
        self.let_it_be(monday)
        return monday

    def let_it_be(self, at: datetime) -> None:
        """Move the clocks of every process."""
        self._latest = max(self._latest, at)
        new = self._clock_file.with_suffix(".new")
        new.write_text(str((at - datetime.now(UTC)).total_seconds()))
        new.rename(self._clock_file)

    @contextmanager
    def visitor(self, **options: object) -> Iterator[BrowserContext]:
        """A browser of somebody's own, whose pages stand still: no transition is looked at half way."""
        own = {"timezone_id": "Europe/Berlin", "locale": "en-GB", "reduced_motion": "reduce"}
        settings = own | options
        context = self.browser.new_context(base_url=self.address, **settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield context
        finally:
            context.close()

    def furnish(self, module: str, *words: str) -> str:
        """Run a module inside the installation, which may call actions, and give what it prints."""
        secrets = self.desk.home / "secrets"
        inside = environment(
            DJANGO_SETTINGS_MODULE="duly.config.settings",
            DULY_HOME=str(self.desk.home),
            DULY_SECRET_KEY_FILE=str(secrets / "secret_key"),
            DATABASE_URL_FILE=str(secrets / "database_url"),
        )
        asked = [sys.executable, "-m", module, *words]
        ran = subprocess.run(asked, env=inside, check=True, stdout=subprocess.PIPE, text=True)
        return ran.stdout

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.desk.port}"


_sessions: dict[str, SetCookieParam] = {}
"""The session that somebody began in an earlier journey."""


def sign_in(
    context: BrowserContext, email: str, password: str = PASSWORD, *, anew: bool = False
) -> Page:
    """Sign in through the page for it, unless a session of theirs goes on."""
    page = context.new_page()
    if not anew and email in _sessions:
        context.add_cookies([_sessions[email]])
    page.goto("/")
    if "/account/login/" in page.url:
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
    page.locator("form[action='/account/logout/']").wait_for()
    page.wait_for_load_state("domcontentloaded")
    session = next(each["value"] for each in context.cookies() if each["name"] == "session")
    _sessions[email] = {"name": "session", "value": session, "domain": "127.0.0.1", "path": "/"}
    return page


def arrived(page: Page, heading: str) -> None:
    """Be on the page with this heading, its scripts listening: they run before the document counts as loaded."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state("domcontentloaded")


def press(page: Page, *keys: str) -> None:
    """Press keys once the page's scripts listen; a page that was just asked for must have been seen before."""
    page.wait_for_load_state("domcontentloaded")
    for key in keys:
        page.keyboard.press(key)


@contextmanager
def running(folder: Path, browser: Browser, furnish: str) -> Iterator[Product]:
    """Start a desk on a folder and let a module furnish it."""
    clock_file = folder / "clock"
    # Replies leave at once, save where somebody in a journey chose to have time to take them back.
    moved = {"DULY_MODE": "test", "DULY_CLOCK_FILE": str(clock_file)}
    desk = Desk(folder, **moved, DULY_UNDO_SECONDS="0")
    desk.start()
    try:
        product = Product(desk, clock_file, browser)
        product.furnish(furnish)
        yield product
    finally:
        desk.end()
