"""An installation at rest: its home and database, and the environment that its processes see."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from duly.cli.home import Home
from duly.cli.postgres import account, cluster, server
from duly.cli.postgres.cluster import Cluster

OWN_SERVER = ("DATABASE_URL", "DATABASE_URL_FILE")


@dataclass(frozen=True, slots=True)
class Installation:
    """A home; its cluster is None when `DATABASE_URL` names a server of somebody else."""

    home: Home
    cluster: Cluster | None

    def environment(self, address: str | None = None) -> dict[str, str]:
        """Give the environment of a process of this installation; what the caller has set stays."""
        given = {**os.environ, "DULY_HOME": str(self.home.path), "PYTHONUNBUFFERED": "1"}
        given.setdefault("DJANGO_SETTINGS_MODULE", "duly.config.settings")
        if address:
            given.setdefault("DULY_URL", address)
        if not {"DULY_SECRET_KEY", "DULY_SECRET_KEY_FILE"} & given.keys():
            self.home.secret("secret_key")
            given["DULY_SECRET_KEY_FILE"] = str(self.home.path / "secrets" / "secret_key")
        if self.cluster:
            file = self.home.keep_secret("database_url", self.cluster.url)
            given["DATABASE_URL_FILE"] = str(file)
            given["DULY_OWN_POSTGRES"] = "yes"
        return given

    @property
    def own_key(self) -> Path | None:
        """The file of the key in the home, once entered; None when the environment names another."""
        file = self.home.path / "secrets" / "secret_key"
        return file if os.environ.get("DULY_SECRET_KEY_FILE") == str(file) else None

    def enter(self) -> None:
        """Make this very process one of the installation, with Django ready."""
        os.environ.update(self.environment())
        import django  # noqa: PLC0415 - commands that need no Django must not load it

        django.setup()


def open_installation(home: Home) -> Installation:
    """Look at an installation, making what it lacks on disk; nothing is started."""
    home.make()
    if any(os.environ.get(name) for name in OWN_SERVER):
        return Installation(home, None)
    passwords = (home.secret("postgres_administrator"), home.secret("postgres"))
    return Installation(home, cluster.open_cluster(home.path, account.choose(), passwords))


@contextmanager
def with_database(home: Home, doing: str) -> Iterator[Installation]:
    """Give an installation whose database answers: the one that runs, or one started for the block.

    Raises:
        Problem: the database cannot be started.
    """
    installation = open_installation(home)
    if installation.cluster is None or home.running():
        yield installation
        return
    with at_rest(home, doing) as installation:
        yield installation


@contextmanager
def at_rest(home: Home, doing: str) -> Iterator[Installation]:
    """Give an installation that nobody runs, and keep it so for the block; its database answers.

    Raises:
        Problem: somebody holds the home, or the database cannot be started.
    """
    installation = open_installation(home)
    with home.lock(doing), ExitStack() as ends:
        if installation.cluster:
            ends.enter_context(server.running(installation.cluster, home.log("postgres")))
        yield installation
