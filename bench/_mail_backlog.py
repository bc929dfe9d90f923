"""A backlog of mails drained by one worker with all its loops, as `./duly up` runs it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench import _cpu, _mail_load

MINUTES = 15
MAILS = 10_000
PER_SECOND = MAILS / (MINUTES * 60)
WORKER_MS, POSTGRES_MS = 25.0, 10.0
"""What a mail in, with the letters that it causes, may take of a processor."""
LOOK_SECONDS = 0.5
PROGRESS_SECONDS = 15.0
PARTS = 10
"""The run is looked at in so many parts, so that what grows with the desk is seen."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far it had come at an instant: mails, letters, and seconds of a processor since the beginning."""

    at: float
    mails: int
    letters: int
    worker: float
    postgres: float


class _Run:
    def __init__(self, worker: int, server: int) -> None:
        self._worker, self._server = worker, server
        self._began = time.monotonic()
        self._used = _cpu.tree(worker), _cpu.tree(server)
        self.marks = [self.mark()]

    def mark(self) -> _Mark:
        from duly.desk.mailroom.delivery import Delivery, DeliveryState
        from duly.desk.mailroom.raw_mail import RawMail

        waiting = Delivery.objects.filter(state=DeliveryState.WAITING).count()
        return _Mark(
            at=time.monotonic() - self._began,
            mails=RawMail.objects.exclude(outcome=None).count(),
            letters=Delivery.objects.count() - waiting,
            worker=_cpu.tree(self._worker) - self._used[0],
            postgres=_cpu.tree(self._server) - self._used[1],
        )

    def is_over(self) -> bool:
        from duly.desk.mailroom.delivery import Delivery, DeliveryState
        from duly.desk.mailroom.outbox import Outbox
        from duly.desk.mailroom.raw_mail import RawMail

        waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
        return not (
            RawMail.objects.filter(outcome=None).exists()
            or Outbox.objects.exists()
            or waiting.exists()
        )


def backlog(mails: int, raw: Callable[[int], bytes]) -> bool:
    """Drain it, for as long as the aim allows; print, and say whether every aim is met."""
    with _mail_load.desk() as folder:
        _keep(mails, raw)
        return _report(_drained(mails, folder), mails)


def _keep(mails: int, raw: Callable[[int], bytes]) -> None:
    from duly.channels import wall_clock
    from duly.desk.actions.mail.keep import keep
    from duly.desk.mailroom.mailbox import Mailbox

    box, began = Mailbox.objects.get(), time.monotonic()
    for number in range(mails):
        keep(mailbox_id=box.pk, raw=raw(number), at=wall_clock.now())
    print(f"{mails:,} mails kept in {time.monotonic() - began:.0f} s", flush=True)


def _drained(mails: int, folder: str) -> _Run:
    from tests.waiting import until
    from tests.worker.processes import Workers

    with (
        _mail_load.logging_to(Path(folder) / "log"),
        Workers(given=_mail_load.settings_of(folder)) as workers,
    ):
        (process,) = workers.running.values()
        until(workers.are_up)
        run, said = _Run(process.pid, _cpu.server()), 0.0
        while process.poll() is None and not run.is_over():
            time.sleep(LOOK_SECONDS)
            now = run.mark()
            if now.mails // (mails / PARTS) > run.marks[-1].mails // (mails / PARTS):
                run.marks.append(now)
            if now.at - said >= PROGRESS_SECONDS:
                said = now.at
                _say(now)
            if now.at >= MINUTES * 60:
                break
        run.marks.append(run.mark())
        return run


def _say(now: _Mark) -> None:
    print(
        f"{now.at / 60:5.1f} min: {now.mails:6,} sorted, {now.letters:6,} letters gone;"
        f" load average {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def _report(run: _Run, mails: int) -> bool:
    begin, end = run.marks[0], run.marks[-1]
    sorted_at = next((mark for mark in run.marks if mark.mails == mails), end)
    rate = sorted_at.mails / sorted_at.at
    rows: list[tuple[str, str, str, bool | None]] = [
        (f"mails sorted, of {mails:,}", f"{end.mails:,}", "all", end.mails == mails),
        ("minutes until all were sorted", f"{sorted_at.at / 60:.1f}", "", None),
        ("mails a second", f"{rate:.1f}", f"{PER_SECOND:.1f}", rate >= PER_SECOND),
        ("letters gone", f"{end.letters:,}", "", None),
        ("minutes until they were", f"{end.at / 60:.1f}", "", None),
        ("ms of a processor, all mails: worker and reader", *_each(begin, end, "worker")),
        ("ms of a processor, all mails: PostgreSQL", *_each(begin, end, "postgres")),
    ]
    parts = [pair for pair in pairwise(run.marks) if pair[1].mails - pair[0].mails >= mails / 20]
    for before, after in parts[:: max(1, len(parts) - 1)]:
        span = f"mails {before.mails:,} to {after.mails:,}"
        letters = (after.letters - before.letters) / (after.mails - before.mails)
        figures = " + ".join(_ms(before, after, of) for of in ("worker", "postgres"))
        rows.append((f"{span}, with {letters:.1f} letters each", figures, "", None))
    return _mail_load.table(rows)


def _each(before: _Mark, after: _Mark, of: str) -> tuple[str, str, bool]:
    aim = WORKER_MS if of == "worker" else POSTGRES_MS
    figure = _ms(before, after, of)
    return figure, f"at most {aim:g}", float(figure) <= aim


def _ms(before: _Mark, after: _Mark, of: str) -> str:
    many = max(1, after.mails - before.mails)
    return f"{1000 * (getattr(after, of) - getattr(before, of)) / many:.1f}"
