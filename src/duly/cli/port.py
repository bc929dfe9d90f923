"""The port of the pages: whether it is free, and whether somebody answers there."""

import errno
import http.client
import socket

from duly.cli.problem import Problem

UNPRIVILEGED = 8000
"""Where to look for a port when the one wanted is for the system's administrator alone."""
NEAR = 100
"""How many ports to try for one that is free."""
REASONS = {errno.EADDRINUSE: "is taken by another program", errno.EACCES: "needs more rights"}


def require_free(host: str, port: int) -> None:
    """Refuse a port that somebody listens on: granian would share it silently and take half the requests.

    Raises:
        Problem: it is taken, or not ours to take; a free one is suggested.
    """
    refused = _refusal(host, port)
    if refused is None:
        return
    if refused.errno not in REASONS:
        raise Problem(f"Nothing can listen on {host}, port {port}: {refused.strerror}.")
    start = UNPRIVILEGED if refused.errno == errno.EACCES else port + 1
    near = range(start, min(start + NEAR, 65_536))
    free = next((each for each in near if _refusal(host, each) is None), None)
    advice = f": ./duly up --port {free}" if free else " with --port."
    raise Problem(f"Port {port} {REASONS[refused.errno]}. Choose another{advice}")


def _refusal(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            return problem
    return None


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
