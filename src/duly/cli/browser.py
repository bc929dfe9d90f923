"""The browser that journeys and screenshots drive: found on this machine, or installed where we may."""

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)


def find() -> Path | None:
    """Give a Chromium that starts, None when there is none."""
    candidates = [Path(found) for name in NAMES if (found := shutil.which(name))]
    return next((path for path in (*candidates, *APPLICATIONS) if _starts(path)), None)


def find_or_install() -> Path | None:
    """Give a Chromium, installed with apt if we are root on Debian or Ubuntu and there is none."""
    found = find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *words], env=quiet, check=False, capture_output=True)
        found = find()
    return found


def _starts(path: Path) -> bool:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0
