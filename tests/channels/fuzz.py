"""Damaged mails by the thousand through the limited reader and the sorting: a ticket or a labelled item, never a crash.

`python -m tests.channels.fuzz --seconds 600 --seed 1` prints each seed that breaks a rule and keeps its mail.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from duly.channels.mail_in import limits
from duly.channels.mail_in.reader import UNREADABLE, Reader
from duly.channels.mail_in.reading import read
from duly.channels.mail_in.values import Mail
from tests.channels.fuzz_mails import mail

SEED = int(os.environ.get("FUZZ_SEED") or random.randrange(10**9))


class Broken(Exception):
    """A rule that a mail broke."""


def outcome(reader: Reader, raw: bytes) -> str:
    """What becomes of a mail, in a word.

    Raises:
        Broken: it crashed its reader, took more than a mail may, or left words that cannot be kept.
    """
    began = time.monotonic()
    found = reader.read(raw)
    if time.monotonic() - began > limits.WALL_SECONDS:
        raise Broken("it took longer than a mail may")
    if found == UNREADABLE:
        _must_be_for_its_size(raw)
    _must_be_sound(found)
    return _sorted(found)


def _must_be_for_its_size(raw: bytes) -> None:
    """Where the limited process gave up, the same reading without limits must end well."""
    try:
        read(raw)
    except Exception as crash:
        raise Broken(f"its reader crashed: {crash!r}") from crash


def _must_be_sound(found: Mail) -> None:
    if len(found.parts) > limits.PARTS or len(found.text) > limits.TEXT_CHARACTERS + limits.PARTS:
        raise Broken("more of it was read than may be")
    if "\n" in found.subject or len(found.subject) > limits.SUBJECT_CHARACTERS:
        raise Broken("its subject is no line")
    plain = asdict(replace(found, parts=tuple(replace(p, content=b"") for p in found.parts)))
    _must_be_kept(plain)


def _must_be_kept(value: Any) -> None:
    """PostgreSQL takes no NUL, and neither UTF-8 nor JSON a half of a surrogate pair."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, str):
        if "\x00" in value:
            raise Broken("NUL in what was read")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise Broken(f"{error} in what was read") from error
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            _must_be_kept(one)


def _sorted(found: Mail) -> str:
    """Sort it as the mail of a stranger at a mailbox that takes strangers: the widest door there is."""
    from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
    from duly.desk.mailroom.raw_mail import RawMail
    from duly.desk.mailroom.sorting import Known, sort
    from duly.worker.mail_in.incoming import incoming_of

    box = Mailbox(kind=MailboxKind.IMAP, verdict_server="mx.vendor.example")
    incoming = incoming_of(found, RawMail(mailbox=box))
    plain = asdict(replace(incoming, files=()))
    _must_be_kept(plain)
    json.dumps({**plain, "labels": sorted(incoming.labels)})
    known = Known(
        answers_to=None,
        is_contact=False,
        is_ours=False,
        is_blocked=False,
        takes_strangers=True,
        came_before=False,
        reports_ours=False,
        lately=0,
    )
    decided = sort(incoming, known)
    if (decided.outcome == "ticket") == (decided.reason is not None):
        raise Broken(f"{decided} is neither a ticket nor an item with a reason")
    return decided.reason or decided.outcome


def main() -> int:
    import django

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-hits"))
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    seed, end, hits = given.seed, time.monotonic() + given.seconds, 0
    seen: Counter[str] = Counter()
    with Reader() as reader:
        while time.monotonic() < end:
            raw = mail(seed)
            try:
                seen[outcome(reader, raw)] += 1
            except Exception as broken:
                hits += 1
                given.keep.mkdir(exist_ok=True)
                (given.keep / f"{seed}.eml").write_bytes(raw)
                sys.stdout.write(f"seed {seed}: {broken!r}\n")
            seed += 1
    counted = ", ".join(f"{many} {what}" for what, many in seen.most_common())
    sys.stdout.write(
        f"{seed - given.seed} mails from seed {given.seed}: {hits} broke a rule; {counted}\n"
    )
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main())
