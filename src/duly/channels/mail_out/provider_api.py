"""Handing mail to a provider over HTTP, by django-anymail."""

import json
import warnings
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from importlib import import_module
from typing import Any
from urllib.parse import quote, quote_plus

import requests
from anymail.exceptions import (
    AnymailError,
    AnymailNotSupportedWarning,
    AnymailRecipientsRefused,
)
from django.core.mail import EmailMultiAlternatives

from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.heard import Hears
from duly.channels.mail_out.message import recipient_of
from duly.channels.mail_out.providers import PROVIDERS

OF_THE_MAIL = (400, 413, 422)
"""Answers that are about this mail; any other is about our key, the account, or the hour, and is tried again."""
SAID_OTHERWISE = ("From", "To", "Subject", "Date", "Reply-To", "MIME-Version")
"""Headers that have a place of their own in a request."""
ABOUT = "message_id"
"""What we put beside a mail, for the provider's reports of it."""
MOST_CHARACTERS = 4000
"""How much of a request or an answer is repeated."""


@dataclass(frozen=True, slots=True)
class ProviderApi:
    """An account at a provider. `url` is the server of its API; empty where the provider has one for all."""

    provider: str
    account: str = ""
    key: str = field(default="", repr=False)
    url: str = ""
    hears: Hears | None = None
    """Who is told what both sides say."""

    def send(self, message: EmailMessage) -> None:
        """Hand over one message.

        Raises:
            Undeliverable: it was not taken, or nobody can say.
        """
        recipient_of(message)
        backend = self._backend()
        backend.open()
        try:
            session = backend.session
            session.max_redirects = 0  # the key is for this server alone
            # Who knows this header (Resend does) takes a mail once, however often it is handed over.
            session.headers["Idempotency-Key"] = str(message["Message-ID"]).strip("<>")
            session.hooks["response"].append(self._hear)
            mail = self._translated(message)
            backend.send_messages([mail])
        except AnymailError as trouble:
            raise self._undeliverable(trouble) from trouble
        finally:
            backend.close()
        if mail.anymail_status.status == {"failed"}:
            raise self._refused(mail.anymail_status.esp_response)

    def _backend(self) -> Any:
        module = import_module(f"anymail.backends.{self.provider.replace('-', '_')}")
        known = PROVIDERS[self.provider]
        given = {known.key: self.key, known.account: self.account, "api_url": self.url}
        with warnings.catch_warnings():
            # Nobody at django-anymail has an account at SendGrid.
            warnings.simplefilter("ignore", AnymailNotSupportedWarning)
            return module.EmailBackend(
                **{name: value for name, value in given.items() if name and value}
            )

    def _translated(self, message: EmailMessage) -> Any:
        known = PROVIDERS[self.provider]
        left_out = SAID_OTHERWISE + (() if known.takes_message_id else ("Message-ID",))
        headers = {
            name: str(value)
            for name, value in message.items()
            if name not in left_out and not name.startswith("Content-")
        }
        if self.provider == "postmark":
            headers["X-PM-KeepID"] = "true"
        text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
        mail = EmailMultiAlternatives(
            subject=str(message["Subject"]),
            body=text.get_content() if text else "",
            from_email=str(message["From"]),
            to=[str(message["To"])],
            reply_to=[str(message["Reply-To"])] if message["Reply-To"] else None,
            headers=headers,
        )
        if html:
            mail.attach_alternative(html.get_content(), "text/html")
        for part in message.iter_attachments():
            content = part.get_payload(decode=True)
            mail.attach(part.get_filename(), content, part.get_content_type())
        if known.takes_metadata:
            mail.metadata = {ABOUT: str(message["Message-ID"])}  # type: ignore[attr-defined]
        return mail

    def _undeliverable(self, trouble: AnymailError) -> Undeliverable:
        if trouble.response is not None and not isinstance(trouble, AnymailRecipientsRefused):
            return self._refused(trouble.response)
        name = PROVIDERS[self.provider].name
        if isinstance(trouble, requests.RequestException):
            why = type(trouble.__cause__ or trouble).__name__
            return Undeliverable(f"{name} cannot be reached: {why}", permanent=False)
        if isinstance(trouble, AnymailRecipientsRefused):
            said = f"{name} writes to that address no more"
            return Undeliverable(said, permanent=True, of_address=True)
        return Undeliverable(f"{name} cannot carry it: {trouble.args[0]}", permanent=True)

    def _refused(self, answer: requests.Response) -> Undeliverable:
        said = " ".join(self._concealed(answer.text[:MOST_CHARACTERS]).split())
        return Undeliverable(
            f"{PROVIDERS[self.provider].name} answered {answer.status_code}: {said[:400]}",
            permanent=answer.status_code in OF_THE_MAIL,
        )

    def _hear(self, answer: requests.Response, **_: Any) -> None:
        for line in self._said(answer) if self.hears else ():
            self.hears(line)  # type: ignore[misc]

    def _said(self, answer: requests.Response) -> Iterator[str]:
        asked = answer.request
        yield f"> {asked.method} {self._concealed(asked.url or '')}"
        for name, value in asked.headers.items():
            is_secret = name.lower() == "authorization"
            yield f"> {name}: {'…' if is_secret else self._concealed(str(value))}"
        body = asked.body or b""
        text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
        yield from (f"> {line}" for line in self._shortened(text))
        yield f"< {answer.status_code} {answer.reason}"
        yield from (f"< {line}" for line in self._shortened(answer.text))

    def _shortened(self, text: str) -> list[str]:
        # First concealed, then cut: else a cut might leave a part of the key.
        whole = self._concealed(text)
        return (
            whole[:MOST_CHARACTERS] + ("…" if len(whole) > MOST_CHARACTERS else "")
        ).splitlines()

    def _concealed(self, text: str) -> str:
        """Without the key, however it was written into a request."""
        key = self.key
        pair = b64encode(f"{self.account}:{key}".encode()).decode()
        written = {key, json.dumps(key)[1:-1], quote(key, safe=""), quote_plus(key), pair}
        for secret in sorted(written - {""}, key=len, reverse=True):
            text = text.replace(secret, "…")
        return text
