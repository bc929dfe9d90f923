"""The port of the pages: whether it is free, and whether somebody answers there."""

import errno
import http.client
import socket

from duly.cli.problem import Problem

REASONS = {errno.EADDRINUSE: "is taken by another program", errno.EACCES: "needs more rights"}


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
            why = REASONS.get(problem.errno or 0, str(problem.strerror))
            raise Problem(
                f"Port {port} {why}. Choose another: ./duly up --port {port + 1}"
            ) from None


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there, whatever it says."""
    # Patience is short: a connection made while granian binds is sometimes never served.
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("HEAD", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True
