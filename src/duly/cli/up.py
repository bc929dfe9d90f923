"""`duly up`: everything a desk needs, under one supervisor, at one address."""

import errno
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from duly.cli import home as homes
from duly.cli.home import Home
from duly.cli.installation import Installation, open_installation
from duly.cli.postgres import leftover, server
from duly.cli.problem import Problem
from duly.cli.supervisor.child import Child
from duly.cli.supervisor.keeper import Kept, how_it_ended, keep

ANSWERS_WITHIN_SECONDS = 60.0


@click.command()
@click.option(
    "--port", default=8000, envvar="DULY_PORT", show_default=True, help="The port of the web pages."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--home", help="The folder of the installation. [default: .duly in the clone]")
@click.option("--empty", is_flag=True, help="Make no demonstration on the first start.")
def up(port: int, host: str, home: str | None, empty: bool) -> None:
    """Start the desk, and keep it up until Ctrl-C."""
    with _plainly():
        run(homes.chosen(home), host, port, empty=empty)


def run(home: Home, host: str, port: int, *, empty: bool) -> None:
    """Start everything, keep it up, and end it all when a signal asks.

    Raises:
        Problem: something outside the program stands in the way.
    """
    home.make()
    address = f"http://localhost:{port}"
    with home.lock(f"serves {address}"), ExitStack() as ends:
        require_free(host, port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        try:
            children = _start(open_installation(home), host, port, address, ends, empty=empty)
            _welcome(home, address)
            keep(children, say)
        except KeyboardInterrupt:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            say("Stopping …")
    say("Stopped. Everything is kept; ./duly up goes on where you left.")


def _start(
    installation: Installation, host: str, port: int, address: str, ends: ExitStack, *, empty: bool
) -> list[Kept]:
    environment = installation.environment(address)
    home = installation.home
    children = []
    if cluster := installation.cluster:
        say(f"Starting {cluster.binaries} in {cluster.data}")
        postgres = server.start(cluster, home.log("postgres"))
        ends.callback(postgres.stop)

        def again() -> None:
            leftover.clear(cluster.data)
            postgres.start()

        children.append(Kept(postgres, again))
    say("Bringing the database up to date")
    _prepare(home, environment, empty=empty)
    say("Starting the pages and the worker")
    for name, words in (("web", ["duly.cli.serve", host, str(port)]), ("worker", ["duly.worker"])):
        child = Child(name, [sys.executable, "-m", *words], home.log(name), environment, home.path)
        child.start()
        ends.callback(child.stop)
        children.append(Kept(child, child.start))
    _wait_for_answer(children, host, port)
    return children


def _prepare(home: Home, environment: dict[str, str], *, empty: bool) -> None:
    command = [sys.executable, "-m", "duly.cli.prepare", *(["--empty"] if empty else [])]
    step = Child("prepare", command, home.log("prepare"), environment, home.path)
    step.start()
    try:
        while step.alive:
            time.sleep(0.05)
    finally:
        step.stop()
    if step.process and step.process.returncode != 0:
        raise Problem(f"The database could not be brought up to date.\n{last_lines(step.log)}")


def _wait_for_answer(children: list[Kept], host: str, port: int) -> None:
    until = time.monotonic() + ANSWERS_WITHIN_SECONDS
    web = next(kept.child for kept in children if kept.child.name == "web")
    while time.monotonic() < until:
        if not web.alive:
            raise Problem(
                f"The pages did not start: web {how_it_ended(web)}.\n{last_lines(web.log)}"
            )
        try:
            # Patience is short: a connection made while granian binds is sometimes never served.
            connection = http.client.HTTPConnection(host, port, timeout=2)
            connection.request("HEAD", "/", headers={"Host": "localhost"})
            connection.getresponse()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Problem(f"The pages did not answer within a minute.\n{last_lines(web.log)}")


def require_free(host: str, port: int) -> None:
    """Refuse a port that somebody listens on: granian would share it silently and take half the requests.

    Raises:
        Problem: it is taken, or not ours to take.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            reasons = {
                errno.EADDRINUSE: "is taken by another program",
                errno.EACCES: "needs more rights",
            }
            why = reasons.get(problem.errno or 0, str(problem.strerror))
            raise Problem(
                f"Port {port} {why}. Choose another: ./duly up --port {port + 1}"
            ) from None


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in plain words what the system refused."""
    try:
        yield
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise Problem(f"The disk is full ({problem.filename}). Nothing was lost.") from problem
        raise
    except subprocess.SubprocessError as problem:
        raise Problem(f"A program could not be started: {problem}") from problem


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def last_lines(log: Path, count: int = 8) -> str:
    """Give the end of a log, and where the rest is."""
    lines = log.read_text(errors="replace").splitlines()[-count:]
    return "\n".join([*lines, f"(all of it: {log})"])


def _welcome(home: Home, address: str) -> None:
    say("")
    say(f"Duly is at  {address}")
    say(f"Its data and logs are in {home.path}. Ctrl-C stops it.")


def say(words: str) -> None:
    """Print a line for the person at the terminal."""
    click.echo(words)
    sys.stdout.flush()
