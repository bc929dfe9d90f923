"""A steady stream of mails beside people who read pages, with the real processes."""

import os
import smtplib
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

from bench import _cpu, _mail_load

MAILS_A_SECOND = 10
PAGES_A_SECOND = 20
READERS = 4
SERVERS = 2
"""Connections over which mail is handed to us."""
VISIBLE_P95_SECONDS = 5.0
PROGRESS_SECONDS = 15.0
PATIENCE_SECONDS = 60.0
"""How long the last mails are waited for."""


@dataclass
class _Stream:
    """What was sent when, and when it was there."""

    sent: dict[str, float] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failed: int = 0
    ended: threading.Event = field(default_factory=threading.Event)


def stream(minutes: float, raw: Callable[[int], bytes]) -> bool:
    """Ten mails a second over LMTP beside twenty pages a second; print, and say whether both are held."""
    from tests.ports import free_port
    from tests.waiting import until
    from tests.worker.processes import Workers, answers, web

    running, port = _Stream(), free_port()
    with _mail_load.desk() as folder:
        told = _mail_load.settings_of(folder, port)
        with (
            _mail_load.logging_to(Path(folder) / "log"),
            Workers(given=told) as workers,
            web(**told) as (host, served),
        ):
            until(lambda: answers(port))
            (worker,) = workers.running.values()
            trees = {"worker": worker.pid, "web": served.pid, "PostgreSQL": _cpu.server()}
            before = {name: _cpu.tree(process) for name, process in trees.items()}
            _run(running, minutes, _threads(running, port, host, raw))
            used = {name: _cpu.tree(pid) - before[name] for name, pid in trees.items()}
    return _report(running, minutes, used)


def _threads(
    running: _Stream, port: int, host: str, raw: Callable[[int], bytes]
) -> list[threading.Thread]:
    cookie = _signed_in()
    return [
        *(
            threading.Thread(target=_hand_over, args=(running, port, raw, first))
            for first in range(SERVERS)
        ),
        threading.Thread(target=_watch, args=(running,)),
        *(
            threading.Thread(target=_read_pages, args=(running, host, cookie))
            for _ in range(READERS)
        ),
    ]


def _run(running: _Stream, minutes: float, threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    end = time.monotonic() + minutes * 60
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, PROGRESS_SECONDS))
        print(
            f"{len(running.sent):6,} mails handed over, {len(running.late):6,} visible,"
            f" {len(running.pages):6,} pages; load average {os.getloadavg()[0]:.1f}",
            flush=True,
        )
    running.ended.set()
    for thread in threads:
        thread.join()


def _signed_in() -> str:
    from django.test import Client

    from duly.desk.people.person import Person

    client = Client()
    client.force_login(Person.objects.get(name="Anton"))
    return f"session={client.cookies['session'].value}"


def _hand_over(running: _Stream, port: int, raw: Callable[[int], bytes], first: int) -> None:
    begin, number = time.monotonic(), first
    with smtplib.LMTP("127.0.0.1", port, timeout=60) as peer:
        while not running.ended.is_set():
            mail = raw(number)
            running.sent[f"<{number}@acme.example>"] = time.monotonic()
            peer.sendmail(_mail_load.sender(number), ["desk@desk.example"], mail)
            number += SERVERS
            time.sleep(max(0.0, begin + number / MAILS_A_SECOND - time.monotonic()))


def _watch(running: _Stream) -> None:
    """Look ten times a second which mails became tickets."""
    from django.db import connection

    from duly.desk.mailroom.raw_mail import RawMail

    last, end = 0, float("inf")
    while time.monotonic() < end:
        rows = (
            RawMail.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", "outcome", "internet_id")
        )
        for pk, outcome, identity in rows:
            if outcome is None:
                break
            last = pk
            running.late.append(time.monotonic() - running.sent[identity])
        if running.ended.is_set():
            end = min(end, time.monotonic() + PATIENCE_SECONDS)
            if len(running.late) == len(running.sent):
                break
        time.sleep(0.1)
    connection.close()


def _read_pages(running: _Stream, host: str, cookie: str) -> None:
    addresses = ("/desk/", "/desk/queue/critical/", "/desk/organisations/", "/plans/")
    begin, number = time.monotonic(), 0
    while not running.ended.is_set():
        began = time.monotonic()
        page = Request(f"http://{host}{addresses[number % 4]}", headers={"Cookie": cookie})
        try:
            with urlopen(page, timeout=60) as answer:
                answer.read()
            running.pages.append(time.monotonic() - began)
        except OSError:
            running.failed += 1
        number += 1
        time.sleep(max(0.0, begin + number * READERS / PAGES_A_SECOND - time.monotonic()))


def _report(running: _Stream, minutes: float, used: dict[str, float]) -> bool:
    seconds, sent = minutes * 60, len(running.sent)
    mails, pages = sent / seconds, len(running.pages) / seconds
    # A mail that nobody saw in the end is later than any that was.
    never = [float("inf")] * (sent - len(running.late))
    late = sorted(running.late + never)
    p50, p95, p99 = (late[min(sent - 1, int(sent * share))] for share in (0.5, 0.95, 0.99))
    read = statistics.quantiles(running.pages, n=100)
    return _mail_load.table(
        [
            (f"mails a second, of {sent:,}", f"{mails:.1f}", f"{MAILS_A_SECOND}", mails >= 9.8),
            ("beside pages a second", f"{pages:.1f}", f"{PAGES_A_SECOND}", pages >= 19.0),
            ("pages that failed", f"{running.failed}", "none", not running.failed),
            ("seconds from arrival to visible: p50", f"{p50:.2f}", "", None),
            ("p95", f"{p95:.2f}", f"{VISIBLE_P95_SECONDS:g}", p95 <= VISIBLE_P95_SECONDS),
            ("p99", f"{p99:.2f}", "", None),
            ("ms for a page: p50", f"{read[49] * 1000:.0f}", "", None),
            ("p95", f"{read[94] * 1000:.0f}", "", None),
            *(
                (f"ms of a processor for each mail: {name}", f"{1000 * one / sent:.1f}", "", None)
                for name, one in used.items()
            ),
        ]
    )
