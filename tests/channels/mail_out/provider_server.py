"""A server on loopback that speaks the HTTP APIs of providers, as far as sending goes, in their documented shapes.

Each has its own folder: `http://127.0.0.1:…/postmark/email`.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias
from urllib.parse import parse_qs, quote

from duly.channels.mail_out.providers import PROVIDERS

TO = "zoe@example.org"
KEY = "s3cret/key+%"
"""Has what URLs, forms and JSON write otherwise."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request."""

    path: str
    headers: Message
    body: bytes

    @property
    def said(self) -> str:
        """Its body as one text, whatever it was written in."""
        if "urlencoded" in str(self.headers["Content-Type"]):
            form = parse_qs(self.body.decode())
            return "\n".join(f"{name}={value}" for name, values in form.items() for value in values)
        if "json" in str(self.headers["Content-Type"]):
            return "\n".join(_leaves(json.loads(self.body)))
        return self.body.decode()


def _leaves(found: Any) -> list[str]:
    if isinstance(found, dict):
        return [line for name, one in found.items() for line in (name, *_leaves(one))]
    if isinstance(found, list):
        return [line for one in found for line in _leaves(one)]
    return [str(found)]


Answer: TypeAlias = tuple[int, Any]

TAKEN: Mapping[str, tuple[str, Answer]] = {
    "brevo": ("/smtp/email", (201, {"messageId": "<2026@smtp-relay.brevo.com>"})),
    "mailgun": ("/desk.test/messages", (200, {"id": "<1@mg>", "message": "Queued. Thank you."})),
    "mailjet": (
        "/send",
        (
            200,
            {
                "Messages": [
                    {
                        "Status": "success",
                        "To": [{"Email": TO, "MessageID": 456, "MessageUUID": "1"}],
                    }
                ]
            },
        ),
    ),
    "mailtrap": ("/send", (200, {"success": True, "message_ids": ["0c7fd939"]})),
    "mandrill": ("/messages/send.json", (200, [{"email": TO, "status": "sent", "_id": "abc"}])),
    "postal": (
        "/api/v1/send/message",
        (200, {"status": "success", "data": {"messages": {TO: {"id": 1, "token": "t"}}}}),
    ),
    "postmark": (
        "/email",
        (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "0a129aee", "To": TO}),
    ),
    "resend": ("/emails", (200, {"id": "49a3999c"})),
    "scaleway": ("/emails", (200, {"emails": [{"id": "1", "mail_rcpt": TO, "status": "new"}]})),
    "sendgrid": ("/mail/send", (202, "")),
    "sparkpost": (
        "/transmissions/",
        (
            200,
            {
                "results": {
                    "total_rejected_recipients": 0,
                    "total_accepted_recipients": 1,
                    "id": "11668787484950529",
                }
            },
        ),
    ),
    "unisender-go": (
        "/email/send.json",
        (200, {"status": "success", "job_id": "1ZymBc-00041N-9X", "emails": [TO]}),
    ),
}
"""Where a mail is posted, under the address of the API, and what is said when it was taken."""


@dataclass
class ProviderServer:
    """Takes what is posted; `answer` is what it says instead."""

    asked: list[Asked] = field(default_factory=list)
    answer: Callable[[Asked], Answer | None] = lambda _: None

    def __enter__(self) -> "ProviderServer":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.address = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def taken(self) -> Counter[tuple[str, str]]:
        """How often each mail was handed over, by recipient and by the id that makes two the same."""
        posted = [
            (json.loads(one.body)["To"], one.headers["Idempotency-Key"]) for one in self.asked
        ]
        return Counter(posted)

    def say(self, asked: Asked) -> Answer:
        """What is said to a request."""
        self.asked.append(asked)
        _, provider, rest = asked.path.split("/", 2)
        path, usual = TAKEN[provider]
        return self.answer(asked) or (usual if f"/{rest}" == path else (404, {}))

    def url(self, provider: str) -> str:
        """A mail URL."""
        account = "acc0unt" if PROVIDERS[provider].takes_account else ""
        return f"{provider}://{account}:{quote(KEY, safe='')}@{self.address}/{provider}"


def _handler_of(server: ProviderServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            status, said = server.say(Asked(self.path, self.headers, body))
            written = json.dumps(said).encode() if said else b""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            if status == 302:
                self.send_header("Location", "/postmark/elsewhere")
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST  # noqa: N815 - the standard library's name; whoever follows asks with it

        def log_message(self, *_: object) -> None:
            pass

    return Handler
