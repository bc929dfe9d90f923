"""`duly up`: everything a desk needs, under one supervisor, at one address."""

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from duly.cli import home as homes
from duly.cli.backup import unfinished
from duly.cli.console import say
from duly.cli.home import SIGN_INS, Home
from duly.cli.installation import open_installation
from duly.cli.launch import Launch
from duly.cli.port import require_free
from duly.cli.problem import Problem
from duly.cli.supervisor.keeper import keep

ASKING_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    envvar="DULY_PORT",
    show_default="8000",
    help="The port of the pages.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--home", help="The folder of the installation. [default: .duly in the clone]")
@click.option("--empty", is_flag=True, help="Make no demonstration on the first start.")
def up(port: int, host: str, home: str | None, empty: bool) -> None:
    """Start the desk, and keep it up until Ctrl-C."""
    with _plainly():
        run(homes.chosen(home), host, port, demonstration=not empty)


def run(home: Home, host: str, port: int, *, demonstration: bool) -> None:
    """Start everything, keep it up, and end it all when a signal asks.

    Raises:
        Problem: something outside the program stands in the way.
    """
    home.make()
    with home.lock(f"serves http://localhost:{port}"), ExitStack() as ends:
        unfinished.sweep(home)
        require_free(host, port)
        for number in ASKING_TO_STOP:
            signal.signal(number, _stop)
        try:
            launch = Launch(open_installation(home), host, port, ends)
            launch.run(demonstration=demonstration)
            _welcome(launch)
            keep(launch.kept, say)
        except KeyboardInterrupt:
            for number in ASKING_TO_STOP:
                signal.signal(number, signal.SIG_IGN)
            say("Stopping …")
    say("Stopped. Everything is kept; ./duly up goes on where you left.")


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in plain words that the disk is full, whoever noticed it."""
    try:
        yield
    except (OSError, Problem) as problem:
        words = problem.message if isinstance(problem, Problem) else str(problem)
        if os.strerror(errno.ENOSPC) not in words:
            raise
        raise Problem(
            f"The disk is full. Make room and start again; nothing was lost.\n{words}"
        ) from problem


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _welcome(launch: Launch) -> None:
    say("")
    say(f"Duly is at  {launch.named}")
    if launch.named != launch.address:
        say(f"and answers on this machine at  {launch.address}")
    sign_ins = launch.home.path / SIGN_INS
    if not launch.has_people:
        say("Nobody can sign in yet. Make yourself the administrator:  ./duly found YOUR-ADDRESS")
    elif sign_ins.exists():
        say(sign_ins.read_text(encoding="utf-8").rstrip())
    say(f"Its data and logs are in {launch.home.path}. Ctrl-C stops it.")
