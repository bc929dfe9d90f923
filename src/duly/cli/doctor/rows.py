"""What the rows say: whether migrations are done, the watch and the mail keep up, and what is recorded is true."""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from duly.channels import wall_clock
from duly.cli.doctor.finding import Finding, Found
from duly.cli.doctor.truth import truth
from duly.desk.actions.tickets.wake import next_wake
from duly.desk.errors import NotPossible
from duly.desk.mailroom.alarm import Alarm, AlarmKind
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.outbox import Outbox
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.people.person import Person
from duly.desk.queries.outgoing import way_out
from duly.desk.queries.unnamed_files import GRACE, unnamed_files
from duly.desk.tickets.attachment import StoredFile

LATE = timedelta(minutes=1)
UNSORTED = timedelta(minutes=15)
"""A backlog takes its time; longer than this somebody should look."""

_ALARMS = {
    AlarmKind.SIGN_IN_ENDED: "its provider no longer lets the desk in: {}. Sign in again on its page.",
    AlarmKind.NOT_COUNTED: "nobody has compared its mails with its server for two hours. Is the worker up?",
    AlarmKind.LATE: "{} of its mails had been passed over and came late.",
    AlarmKind.MISSING: "{} mails arrived at its server and never came to the desk.",
}
"""What alarms say that is not looked at here by itself."""


def rows(sample: int | None) -> Iterator[Found]:
    """Look at migrations first: without them there is nothing else to see. `sample`: of how many tickets at most."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding.WRONG, f"{len(missing)} migrations are not done. ./duly up does them."
        return
    yield Finding.GOOD, "The database is up to date."
    if not Person.objects.exists():
        yield Finding.ADVICE, "Nobody can sign in yet. ./duly found YOUR-ADDRESS"
    yield _watch()
    yield from _mail()
    yield from held_mail()
    yield from mail_in()
    yield files()
    yield from left_files()
    yield from truth(sample)


def files() -> Found:
    """Whether the storage has what the rows name; whether it is whole is for the backup to see, which reads it all."""
    named = StoredFile.objects.order_by("pk")
    missing = [file.sha256 for file in named.iterator() if not default_storage.exists(file.place)]
    if missing:
        return Finding.WRONG, (
            f"{len(missing)} of {named.count()} files that came with messages are missing from the storage, "
            f"the first is {missing[0]}. A backup has them, under the same name in attachments/."
        )
    return Finding.GOOD, "The files that came with messages are all there."


def left_files() -> Iterator[Found]:
    """Whether files lie in the storage that nothing names, longer than they are kept."""
    left = list(unnamed_files(time.time() - GRACE.total_seconds()))
    if left:
        yield (
            Finding.ADVICE,
            (
                f"{len(left)} {'file' if len(left) == 1 else 'files'} in the storage belong to nothing any more, "
                f"the first is {left[0]}. The worker clears them away once a day; nothing is missing without them."
            ),
        )


def _watch() -> Found:
    due_at = next_wake()
    if due_at is not None and (behind := wall_clock.now() - due_at) > LATE:
        return Finding.WRONG, f"The watch is behind by {_words(behind)}. Is the worker up?"
    return Finding.GOOD, "Nothing that fell due waits to be recorded."


def _mail() -> Iterator[Found]:
    try:
        url = way_out().url
    except NotPossible as problem:
        yield Finding.WRONG, f"Outgoing mail: {problem}"
        url = ""
    if url.startswith("sink:"):
        yield (
            Finding.ADVICE,
            (
                f"Mail is written to {url.removeprefix('sink:')} and not sent. "
                "Name a server in Setup, Outgoing mail, or set DULY_MAIL_URL=smtp://user:password@host:587."
            ),
        )
    oldest = Outbox.objects.order_by("pk").values_list("put_at", flat=True).first()
    if oldest is not None and (behind := wall_clock.now() - oldest) > LATE:
        yield Finding.WRONG, f"The relay is behind by {_words(behind)}. Is the worker up?"
    since = wall_clock.now() - timedelta(days=7)
    failed = Delivery.objects.filter(state=DeliveryState.FAILED, made_at__gt=since)
    if last := failed.order_by("-pk").first():
        yield (
            Finding.WRONG,
            (
                f"{failed.count()} mails of the last seven days were given up. The latest: {last.result}"
            ),
        )
    else:
        yield Finding.GOOD, "No mail was given up in the last seven days."


def held_mail() -> Iterator[Found]:
    """Whether mail is held since a backup was restored."""
    held = Delivery.objects.filter(state=DeliveryState.HELD).count()
    if held:
        yield (
            Finding.ADVICE,
            (
                f"{held} mails waited when the backup was made and may have been sent since: they are held. "
                "Setup, Outgoing mail says whether to send them."
            ),
        )


def mail_in() -> Iterator[Found]:
    """Whether mail that should come in does: every mailbox within reach and counted, and every kept mail sorted."""
    for mailbox in Mailbox.objects.filter(is_active=True).exclude(trouble="").order_by("address"):
        last = (
            f"last read {mailbox.read_at:%Y-%m-%d %H:%M} UTC" if mailbox.read_at else "never read"
        )
        yield Finding.WRONG, f"{mailbox} is out of reach, {last}: {mailbox.trouble}"
    for mailbox in Mailbox.objects.filter(is_active=True, verdict_server="").order_by("address"):
        yield (
            Finding.ADVICE,
            (
                f"{mailbox}: nobody's word on senders counts, so every mail is held for a person. "
                "Setup, Mailboxes says what can be done."
            ),
        )
    for alarm in Alarm.objects.filter(mended_at=None, kind__in=_ALARMS).select_related("mailbox"):
        said = _ALARMS[AlarmKind(alarm.kind)].format(alarm.detail)
        yield Finding.WRONG, f"{alarm.mailbox}: {said} (since {alarm.since:%Y-%m-%d %H:%M} UTC)"
    unsorted = RawMail.objects.filter(outcome=None).order_by("pk")
    oldest = unsorted.values_list("received_at", flat=True).first()
    if oldest is not None and (behind := wall_clock.now() - oldest) > UNSORTED:
        yield Finding.WRONG, f"Mail waits to be sorted for {_words(behind)}. Is the worker up?"
    else:
        yield Finding.GOOD, "Every mail that came in has its outcome."


def _words(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
