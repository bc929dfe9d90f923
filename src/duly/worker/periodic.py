"""The periodic list: what is done every so often, on one page."""

import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command

from duly.channels import wall_clock
from duly.desk.actions.mailboxes.alarm import look_after_mailboxes
from duly.desk.actions.setup.seal import seal_day
from duly.desk.actions.setup.sweep_files import sweep_files
from duly.desk.actions.tickets.look import forget_who_looked
from duly.desk.queries.unnamed_files import GRACE

MINUTE = 60.0
HOUR = 60 * MINUTE
AGAIN_SECONDS = 600.0
"""When a job that failed is tried again; the others do not wait for it."""


def _forget_old_sessions() -> None:
    call_command("clearsessions")


def _seal_yesterday() -> None:
    seal_day(at=wall_clock.now())


def _forget_who_looked() -> None:
    forget_who_looked(at=wall_clock.now())


def _back_up() -> None:
    if settings.DULY_OWN_POSTGRES:
        # In a process of its own: PostgreSQL's programs are the command line's business.
        subprocess.run([sys.executable, "-m", "duly.cli.backup.nightly"], check=True)


def _sweep_files() -> None:
    # The age of a file is told by the file system's own clock, which no test moves.
    sweep_files(before=time.time() - GRACE.total_seconds())


def _look_after_mailboxes() -> None:
    look_after_mailboxes(at=wall_clock.now())


JOBS: dict[Callable[[], None], float] = {
    _forget_old_sessions: 24 * HOUR,
    _forget_who_looked: HOUR,
    _seal_yesterday: HOUR,
    _back_up: HOUR,
    _sweep_files: 24 * HOUR,
    _look_after_mailboxes: 5 * MINUTE,
}
"""Each job and the seconds between two runs. A job may run in several workers at once and does no harm."""

_next_run: dict[Callable[[], None], float] = {}


def step() -> float:
    """Run the jobs whose time has come, each first when the worker starts."""
    now = time.monotonic()
    for job, seconds in JOBS.items():
        if now >= _next_run.get(job, now):
            _next_run[job] = now + AGAIN_SECONDS
            job()
            _next_run[job] = now + seconds
    return max(0.0, min(_next_run.values()) - time.monotonic())
