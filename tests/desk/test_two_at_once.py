"""Two do the same at once, whatever it is: it ends as if one had come after the other.

The first does it and has not committed yet when the second begins, who waits for the first or does not see it at all:
what could go wrong in between does go wrong, and not only now and then.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Barrier, Event
from time import monotonic, sleep

import pytest
from django.apps import apps
from django.db import connection, connections, transaction

from duly.desk.clocks.truth import differences
from duly.desk.errors import DeskError
from tests.desk.people import cast
from tests.desk.scenes import scenes
from tests.waiting import PATIENCE_SECONDS

DONE = "done"
ORDER = {"accept": -1, "open_from": -1, "close_account": 1, "part": 1, "change_macro": 1}
"""What others would take something from comes before them, and what takes something from others behind."""


@dataclass(frozen=True)
class Ending:
    """How it went for the first and for the second, and how many rows there are more (or fewer) in which tables."""

    first: str
    second: str
    rows: dict[str, int]


def tried(deed: Callable[[], object]) -> str:
    try:
        deed()
    except DeskError as refusal:
        return type(refusal).__name__
    return DONE


def counted() -> dict[str, int]:
    tables = [model._meta.db_table for model in apps.get_app_config("desk").get_models()]
    each = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(each)
        return dict(cursor.fetchall())


def more(before: dict[str, int]) -> dict[str, int]:
    return {
        table: count - before[table] for table, count in counted().items() if count - before[table]
    }


def one_after_another(deed: Callable[[], object]) -> Ending:
    """Do it twice, and take that back."""
    with transaction.atomic():
        before = counted()
        ending = Ending(tried(deed), tried(deed), more(before))
        transaction.set_rollback(True)
    return ending


def at_once(pool: ThreadPoolExecutor, deed: Callable[[], object]) -> Ending:
    """Do it twice; the first commits when the second waits for it, or is done."""
    before = counted()
    is_done, may_commit, backend = Event(), Event(), SimpleQueue[int]()

    def first() -> str:
        try:
            with transaction.atomic():
                outcome = tried(deed)
                is_done.set()
                assert may_commit.wait(PATIENCE_SECONDS)
            return outcome
        finally:
            is_done.set()

    def second() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend.put(cursor.fetchone()[0])
        return tried(deed)

    one = pool.submit(first)
    assert is_done.wait(PATIENCE_SECONDS)
    other = pool.submit(second)
    waits_or_is_done(other, backend.get(timeout=PATIENCE_SECONDS))
    may_commit.set()
    return Ending(one.result(PATIENCE_SECONDS), other.result(PATIENCE_SECONDS), more(before))


def waits_or_is_done(other: Future[str], backend: int) -> None:
    end = monotonic() + PATIENCE_SECONDS
    while not other.done():
        with connection.cursor() as cursor:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [backend])
            if cursor.fetchone()[0]:
                return
        assert monotonic() < end, "neither waiting nor done"
        sleep(0.002)


def close(both: Barrier) -> None:
    """Close the connection of this thread, and let the other thread close its own."""
    both.wait(PATIENCE_SECONDS)
    connections.close_all()


@pytest.mark.slow
def test_every_action_done_twice_at_once_ends_as_one_after_another(transactional_db: None) -> None:
    wrong = []
    with ThreadPoolExecutor(2) as pool:
        for scene in sorted(scenes(cast()), key=lambda scene: ORDER.get(scene.name, 0)):
            expected = one_after_another(scene.play)
            try:
                found: object = at_once(pool, scene.play)
            except Exception as crash:
                found = repr(crash)
            if expected != found:
                wrong.append(f"{scene.name}: {found}\n    instead of {expected}")
            if expected.first != DONE:
                wrong.append(f"{scene.name}: {expected.first}")
        both = Barrier(2)
        for each in [pool.submit(close, both) for _ in range(2)]:
            each.result()
    assert not wrong, "\n".join(wrong)
    assert list(differences()) == []
