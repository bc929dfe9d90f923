"""Ports for servers that tests start."""

import random
import socket
from contextlib import suppress

FROM, UP_TO = 20_000, 32_000
"""Below the ports from which systems choose for connections: one of those could be taken before the server starts."""


def free_port() -> int:
    """Give a port that nobody on this machine listens on or speaks from."""
    while True:
        port = random.SystemRandom().randrange(FROM, UP_TO)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
