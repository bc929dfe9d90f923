"""The port of the pages: what is suggested instead of one that cannot be had is free, and ours to take."""

import os
import re
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from duly.cli.port import require_free
from duly.cli.problem import Problem

HERE = "127.0.0.1"
NOBODY = 65_534


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Give up the rights of the system's administrator for a while, if we have them."""
    us = os.geteuid()
    os.seteuid(us or NOBODY)
    yield
    os.seteuid(us)


def suggested(port: int) -> int:
    with pytest.raises(Problem) as refused:
        require_free(HERE, port)
    found = re.search(r"--port (\d+)$", str(refused.value))
    assert found is not None
    return int(found[1])


def bound(port: int) -> socket.socket:
    return socket.create_server((HERE, port))


def free_pair() -> tuple[socket.socket, socket.socket]:
    """Take two ports that follow each other."""
    while True:
        first = bound(0)
        try:
            return first, bound(first.getsockname()[1] + 1)
        except (OSError, OverflowError):
            first.close()


@pytest.mark.usefixtures("ordinary_user")
def test_instead_of_a_privileged_port_an_ordinary_user_is_offered_a_free_one() -> None:
    try:
        bound(1).close()
    except PermissionError:
        port = suggested(1)
    else:
        pytest.skip("this system keeps no port for its administrator")
    assert port >= 1024
    bound(port).close()


def test_the_port_beside_a_taken_one_is_offered_only_if_it_is_free() -> None:
    first, second = free_pair()
    with closing(first), closing(second):
        port = suggested(first.getsockname()[1])
        assert port > second.getsockname()[1]
        bound(port).close()


def test_an_address_of_another_machine_is_said_plainly() -> None:
    with pytest.raises(Problem, match=r"Nothing can listen on 192\.0\.2\.1, port 8000"):
        require_free("192.0.2.1", 8000)
