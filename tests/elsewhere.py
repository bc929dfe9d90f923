"""Servers of other people, by their real names, on loopback: a proxy that speaks for them with certificates of a test.

Who is given `environment` reaches them over TLS as it would reach the real ones, and nobody else.
"""

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeAlias

from tests.certificates import Authority


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as it arrived."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to it."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"


Server: TypeAlias = Callable[[Asked], Answer]


class Elsewhere:
    """`servers` are known by their names; all that they are asked is in `asked`."""

    def __init__(self, folder: Path, servers: dict[str, Server]) -> None:
        authority = Authority(folder)
        self.servers = servers
        self.asked: list[tuple[str, Asked]] = []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(authority.issue(*servers))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _proxy_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self.environment = {
            "HTTPS_PROXY": f"http://127.0.0.1:{self._server.server_port}",
            "REQUESTS_CA_BUNDLE": str(authority.file),
        }

    def answer(self, host: str, asked: Asked) -> Answer:
        """What a server says."""
        self.asked.append((host, asked))
        return self.servers[host](asked)

    def __enter__(self) -> "Elsewhere":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _proxy_of(elsewhere: Elsewhere) -> type[BaseHTTPRequestHandler]:
    class Behind(BaseHTTPRequestHandler):
        """The server that somebody wanted to reach."""

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            asked = Asked(self.command, self.path, self.headers, body)
            answer = elsewhere.answer(self.headers["Host"], asked)
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_GET  # noqa: N815 - the standard library's name

        def log_message(self, *_: object) -> None:
            pass

    class Proxy(BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.end_headers()
            with elsewhere.context.wrap_socket(self.connection, server_side=True) as wire:
                Behind(wire, self.client_address, self.server)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    return Proxy
