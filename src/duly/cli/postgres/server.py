"""A running cluster: make it if need be, start it as our child, wait until it answers."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duly.cli.console import last_lines
from duly.cli.postgres import leftover
from duly.cli.postgres.cluster import ENVIRONMENT, Cluster
from duly.cli.problem import Problem
from duly.cli.supervisor.child import Child


def child(cluster: Cluster, log: Path) -> Child:
    """Say how the server of a cluster is started.

    SIGINT is its fast and clean stop, SIGQUIT its immediate one, which loses nothing either: PostgreSQL 18 was seen to
    hang on SIGINT when it was recovering from the death of one of its own processes.
    """
    return Child(
        name="postgres",
        command=cluster.command,
        log=log,
        environment=ENVIRONMENT,
        folder=cluster.place,
        ends_with=signal.SIGINT,
        insists_with=signal.SIGQUIT,
        spawning=cluster.account.spawning,
    )


def start(cluster: Cluster, log: Path) -> Child:
    """Make the cluster if need be and start it; it answers when this returns.

    Raises:
        Problem: it did not start; the last lines of its log are in the message.
    """
    cluster.make()
    leftover.clear(cluster.data)
    server = child(cluster, log)
    server.start()
    try:
        cluster.wait(lambda: server.alive)
        cluster.ensure_database()
    except Problem as problem:
        server.stop()
        raise Problem(f"{problem}. Its log ends:\n{last_lines(log)}") from None
    except BaseException:
        server.stop()
        raise
    return server


@contextmanager
def running(cluster: Cluster, log: Path) -> Iterator[Cluster]:
    """Run the server for as long as the block lasts."""
    server = start(cluster, log)
    try:
        yield cluster
    finally:
        server.stop()
