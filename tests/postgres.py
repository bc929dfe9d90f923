"""The PostgreSQL of a test run: a server that was named, or a cluster of our own that lasts as long as the run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duly.cli.postgres import account, cluster, server

FOLDER = Path(tempfile.gettempdir()) / f"duly-test-{os.getpid()}"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PASSWORDS = ("only-for-tests", "only-for-tests")


def url() -> str:
    """Give the URL that the tests use; nothing is started."""
    named = os.environ.get("DULY_TEST_DATABASE_URL") or os.environ.get("DATABASE_URL")
    return (
        named or f"postgresql:///duly?user=duly&password={PASSWORDS[1]}&host={FOLDER}/postgres/run"
    )


def is_ours() -> bool:
    """Whether `url` speaks of a server of our own, and nobody named one."""
    return not os.environ.get("DULY_TEST_DATABASE_URL") and str(FOLDER) in url()


@contextmanager
def running() -> Iterator[None]:
    """Run the server that `url` speaks of, unless somebody named one."""
    if not is_ours():
        yield
        return
    FOLDER.mkdir(mode=0o711)
    try:
        ours = cluster.open_cluster(FOLDER, account.choose(), PASSWORDS, FAST)
        with server.running(ours, FOLDER / "postgres.log"):
            yield
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
