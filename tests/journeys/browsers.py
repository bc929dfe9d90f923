"""The browser that journeys and pictures look through."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from duly.cli import browser


def is_here() -> bool:
    """Whether there is a Chromium on this machine."""
    return browser.find() is not None


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the Chromium of this machine."""
    executable = browser.find()
    assert executable, "journeys and pictures ask first whether there is one"
    unsafe = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=unsafe)
        yield started
        started.close()
