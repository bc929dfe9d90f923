"""A desk for mail under load: its database, its contacts, what its processes are told, and how figures are printed."""

import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

SENDERS = 500


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


@contextmanager
def logging_to(file: Path) -> Iterator[None]:
    """Let what processes started meanwhile log be written as always, but not between the figures."""
    kept = os.dup(2)
    with file.open("wb") as log:
        os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def table(rows: Iterable[tuple[str, str, str, bool | None]]) -> bool:
    """Print what came out beside its aim, with what else the machine had to do; say whether every aim is met."""
    print(f"\n{'what':52} {'figure':>14}  {'aim':20}")
    found = list(rows)
    for what, figure, aim, is_met in found:
        said = "" if is_met is None else "met" if is_met else "NOT MET"
        print(f"{what:52} {figure:>14}  {aim:20} {said}")
    loads = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"load average of the last 1, 5 and 15 minutes: {loads}\n", flush=True)
    return all(is_met is not False for *_, is_met in found)
