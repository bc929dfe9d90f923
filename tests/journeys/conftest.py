"""A browser and the product for all journeys of a run; without a browser they are skipped, in one line."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import product
from tests.journeys.browsers import is_here, launched
from tests.journeys.product import Product


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not is_here():
        pytest.skip("No Chromium here: journeys need one (Debian, Ubuntu: apt install chromium).")
    with launched() as started:
        yield started


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[Product]:
    folder = Path(tempfile.mkdtemp(prefix="duly-journeys-"))
    folder.chmod(0o711)
    try:
        with product.running(folder, browser, "tests.journeys.furnish") as started:
            yield started
    finally:
        shutil.rmtree(folder)
