"""Mail under load, with the real processes: a steady stream beside people who read pages, and a backlog drained."""

import logging
import os
import resource
import smtplib
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

import django

MAILS_A_SECOND = 10
PAGES_A_SECOND = 20
READERS = 4
SERVERS = 2
"""Connections over which mail is handed to us."""
SENDERS = 500
BACKLOG_PER_SECOND = 10_000 / (15 * 60)
VISIBLE_P95_SECONDS = 5.0


@contextmanager
def desk() -> Iterator[str]:
    """A desk on a database of its own, with contacts who write; gives the folder of its files."""
    with empty() as folder:
        _furnish()
        yield folder


@contextmanager
def empty() -> Iterator[str]:
    """A database of its own with nothing in it; gives a folder for files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    from tests import postgres

    with postgres.running(), tempfile.TemporaryDirectory() as folder:
        django.setup()
        from django.test.utils import setup_databases, teardown_databases

        logging.disable(logging.WARNING)
        made = setup_databases(verbosity=0, interactive=False)
        try:
            yield folder
        finally:
            teardown_databases(made, verbosity=0)


def _furnish() -> None:
    from tests.desk.people import MONDAY, cast
    from tests.desk.policies import published, subscribed

    from duly.desk.mailroom.mailbox import Mailbox
    from duly.desk.people.organisation import Membership
    from duly.desk.people.person import Person

    people = cast()
    subscribed(people, published(people))
    Mailbox.objects.create(
        address="desk@desk.example",
        name="Support",
        kind="listener",
        verdict_server="mx.desk.example",
        counted_at=MONDAY,
    )
    known = Membership.objects.get(person=people.contact)
    contacts = Person.objects.bulk_create(
        Person(
            email=sender(number),
            name=f"Contact {number}",
            zone="UTC",
            language="en",
            created_at=MONDAY,
        )
        for number in range(SENDERS)
    )
    Membership.objects.bulk_create(
        Membership(person=one, organisation=people.acme, role=known.role) for one in contacts
    )


def sender(number: int) -> str:
    """One of the contacts, in turn."""
    return f"contact{number % SENDERS}@acme.example"


def settings_of(folder: str, listener: int = 0) -> dict[str, str]:
    """What the processes are told."""
    told = {"DULY_HOME": folder, "DULY_MAIL_URL": f"sink:{Path(folder) / 'mail'}"}
    return told | ({"DULY_MAIL_LISTEN": f"lmtp://127.0.0.1:{listener}"} if listener else {})


def backlog(mails: int, raw: Callable[[int], bytes]) -> bool:
    """Drain a backlog with one worker, as `./duly up` runs it; say whether the aim is held."""
    with desk() as folder:
        return _drained(mails, raw, folder)


def _drained(mails: int, raw: Callable[[int], bytes], folder: str) -> bool:
    from tests.worker.processes import Workers

    from duly.channels import wall_clock
    from duly.desk.actions.mail.keep import keep
    from duly.desk.mailroom.mailbox import Mailbox
    from duly.desk.mailroom.raw_mail import RawMail

    box = Mailbox.objects.get()
    for number in range(mails):
        keep(mailbox_id=box.pk, raw=raw(number), at=wall_clock.now())
    waiting = RawMail.objects.filter(outcome=None)
    spent = _spent()
    with Workers(given=settings_of(folder)):
        while waiting.count() == mails:
            time.sleep(0.05)
        began, first = time.monotonic(), mails - waiting.count()
        while waiting.exists():
            time.sleep(0.2)
        took = time.monotonic() - began
    ended = RawMail.objects.filter(outcome="ticket").count()
    rate = (mails - first) / took
    print(f"a backlog of {mails} mails: {took / 60:.1f} min, {rate:.1f} a second; {ended} tickets")
    each = (_spent() - spent) * 1000 / mails
    print(f"the worker and its reader, in and out: {each:.0f} ms of a processor for each mail")
    held = rate >= BACKLOG_PER_SECOND and ended == mails
    print(f"aim: 10,000 in 15 minutes, {BACKLOG_PER_SECOND:.1f} a second: {_said(held)}")
    return held


def _spent() -> float:
    """Seconds of a processor that processes which have ended took: the same however busy the machine is."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


@dataclass
class _Stream:
    """What was sent when, and when it was there."""

    sent: dict[str, float] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failed: int = 0
    ended: threading.Event = field(default_factory=threading.Event)


def sustained(minutes: float, raw: Callable[[int], bytes]) -> bool:
    """Ten mails a second over LMTP beside twenty pages a second; say whether both are held."""
    from tests.ports import free_port
    from tests.worker.processes import Workers, answers, web

    stream, port = _Stream(), free_port()
    with desk() as folder:
        told = settings_of(folder, port)
        with Workers(given=told), web(**told) as (host, _):
            while not answers(port):
                time.sleep(0.1)
            cookie = _signed_in()
            threads = [
                *(
                    threading.Thread(target=_hand_over, args=(stream, port, raw, first))
                    for first in range(SERVERS)
                ),
                threading.Thread(target=_watch, args=(stream,)),
                *(
                    threading.Thread(target=_read_pages, args=(stream, host, cookie))
                    for _ in range(READERS)
                ),
            ]
            for thread in threads:
                thread.start()
            time.sleep(minutes * 60)
            stream.ended.set()
            for thread in threads:
                thread.join()
    return _report(stream, minutes)


def _signed_in() -> str:
    from django.test import Client

    from duly.desk.people.person import Person

    client = Client()
    client.force_login(Person.objects.get(name="Anton"))
    return f"session={client.cookies['session'].value}"


def _hand_over(stream: _Stream, port: int, raw: Callable[[int], bytes], first: int) -> None:
    begin, number = time.monotonic(), first
    with smtplib.LMTP("127.0.0.1", port, timeout=60) as peer:
        while not stream.ended.is_set():
            stream.sent[f"<{number}@acme.example>"] = time.monotonic()
            peer.sendmail(sender(number), ["desk@desk.example"], raw(number))
            number += SERVERS
            time.sleep(max(0.0, begin + number / MAILS_A_SECOND - time.monotonic()))


def _watch(stream: _Stream) -> None:
    """Look ten times a second which mails became tickets."""
    from django.db import connection

    from duly.desk.mailroom.raw_mail import RawMail

    last, missing = 0, 0
    while not stream.ended.is_set() or missing:
        rows = (
            RawMail.objects.filter(pk__gt=last)
            .order_by("pk")
            .values_list("pk", "outcome", "internet_id")
        )
        for pk, outcome, identity in rows:
            if outcome is None:
                break
            last = pk
            stream.late.append(time.monotonic() - stream.sent[identity])
        missing = len(stream.sent) - len(stream.late)
        time.sleep(0.1)
    connection.close()


def _read_pages(stream: _Stream, host: str, cookie: str) -> None:
    addresses = ("/desk/", "/desk/queue/critical/", "/desk/organisations/", "/plans/")
    begin, number = time.monotonic(), 0
    while not stream.ended.is_set():
        began = time.monotonic()
        page = Request(f"http://{host}{addresses[number % 4]}", headers={"Cookie": cookie})
        try:
            with urlopen(page, timeout=60) as answer:
                answer.read()
            stream.pages.append(time.monotonic() - began)
        except OSError:
            stream.failed += 1
        number += 1
        time.sleep(max(0.0, begin + number * READERS / PAGES_A_SECOND - time.monotonic()))


def _report(stream: _Stream, minutes: float) -> bool:
    seconds = minutes * 60
    mails, pages = len(stream.sent) / seconds, len(stream.pages) / seconds
    visible = statistics.quantiles(stream.late, n=100)
    read = statistics.quantiles(stream.pages, n=100)
    print(
        f"{len(stream.sent)} mails in {minutes:g} min, {mails:.1f} a second, beside {pages:.1f} pages"
    )
    print(
        f"arrival to visible: p50 {visible[49]:.2f} s, p95 {visible[94]:.2f} s, p99 {visible[98]:.2f} s"
    )
    print(
        f"pages: p50 {read[49] * 1000:.0f} ms, p95 {read[94] * 1000:.0f} ms; {stream.failed} failed"
    )
    held = mails >= MAILS_A_SECOND * 0.98 and visible[94] <= VISIBLE_P95_SECONDS
    print(
        f"aim: {MAILS_A_SECOND} a second, visible within {VISIBLE_P95_SECONDS:g} s (p95): {_said(held)}"
    )
    return held


def _said(held: bool) -> str:
    return "holds" if held else "BROKEN"
