"""What a running desk holds in memory: `duly up` on the full database, after pages of every customer were read."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.request import Request, urlopen

from django.conf import settings
from django.db import connection
from django.test import Client
from tests.ports import free_port
from tests.waiting import until
from tests.worker.processes import answers, database_url

from bench._cpu import children, parent
from bench._desk_furnish import Desk
from bench._desk_load import COMMON
from bench._report import Report
from duly.desk.tickets.ticket import UNFINISHED, Ticket

SETTLE_SECONDS = 5.0
"""For the worker's loops to have been round once."""
LARGEST = 5


def held(desk: Desk, report: Report) -> float:
    """Say the proportional share (PSS) of each process; give their sum in MiB, shared buffers left out."""
    addresses = ["/desk/", f"/desk/search/?q={COMMON}", *_of_each_customer(desk)]
    client = Client()
    client.force_login(desk.agents[0])
    cookie = f"session={client.cookies['session'].value}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = parent(cursor.fetchone()[0])
    connection.close()
    # What this run asked for is no part of the desk.
    connection.close_pool()  # type: ignore[attr-defined]
    with _up() as (top, host):
        for address in addresses:
            with urlopen(Request(f"http://{host}{address}", headers={"Cookie": cookie})) as answer:
                answer.read()
        sleep(SETTLE_SECONDS)
        report.say(f"{len(addresses)} pages are read")
        found = {f"{process}: {_name(process)}": _pss(process) for process in _tree(top)}
        theirs = {
            f"{process}: {_name(process)}": _pss(process, "Pss_Anon") for process in _tree(server)
        }
        for what, figure in sorted(theirs.items(), key=lambda one: -one[1])[:LARGEST]:
            report.say(f"PostgreSQL's largest: {what[:60]} {figure:.1f} MiB")
    found["PostgreSQL, all processes, without shared buffers"] = sum(theirs.values())
    for what, figure in found.items():
        report.figure(f"MiB (PSS), {what}"[:72], f"{figure:,.1f}")
    return sum(found.values())


def _of_each_customer(desk: Desk) -> Iterator[str]:
    """One ticket that is not finished, where there is one: its terms and calendars are then in memory."""
    for customer in desk.customers:
        rows = Ticket.objects.filter(organisation=customer.organisation, status__in=UNFINISHED)
        for number in rows.values_list("number", flat=True)[:1]:
            yield f"/desk/tickets/{number}/"


@contextmanager
def _up() -> Iterator[tuple[int, str]]:
    """A whole desk under its supervisor; gives its process and address."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DULY_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "duly.config.settings",
    }
    with tempfile.TemporaryDirectory() as home:
        command = [str(Path(sys.executable).with_name("duly")), "up", "--empty", "--home", home]
        running = subprocess.Popen(
            [*command, "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            until(lambda: answers(port))
            yield running.pid, f"localhost:{port}"
        finally:
            running.terminate()
            running.wait()


def _tree(process: int) -> Iterator[int]:
    yield process
    for child in children(process):
        yield from _tree(child)


def _name(process: int) -> str:
    words = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return words.replace(sys.executable, "python").replace(str(Path.cwd()), ".").strip()


def _pss(process: int, what: str = "Pss") -> float:
    rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) / 1024 for row in rows if row.startswith(f"{what}:"))
