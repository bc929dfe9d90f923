"""Mails that a provider posts to us: proved to be its own by django-anymail, then taken as raw as it has them.

A provider that has the raw mail gives it byte for byte, in the post or when it is asked for it. Of one that parsed it,
a mail is put together again and says so; what cannot even be put together is kept as it was posted, for a person.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeVar

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.signals import AnymailInboundEvent
from anymail.webhooks.base import AnymailBasicAuthMixin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from duly.channels.mail_in.fetched import NotFetched
from duly.channels.mail_in.form_data import Field, fields
from duly.channels.mail_in.providers import PROVIDERS

USER = "duly"
"""What stands before the secret in the address that a provider posts to."""

T = TypeVar("T")
logger = logging.getLogger(__name__)


class NotTheProvider(Exception):
    """The post does not bear the secret, or the signature, that the provider and we know."""


class NotMail(Exception):
    """The post is the provider's own and is about something else, e.g. about mail that we sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A mail that was posted, with what the provider says of its envelope."""

    raw: bytes
    is_rebuilt: bool
    sender: str = ""
    recipients: tuple[str, ...] = ()


class Webhook:
    """How one provider posts to one mailbox. `key` is the provider's own, where it signs."""

    def __init__(self, provider: str, *, secret: str, key: str) -> None:
        """`secret` is the one in the address that we gave to the provider."""
        self._provider = PROVIDERS[provider]
        own = {self._provider.key: key} if self._provider.key else {}
        self._view: Any = self._provider.view(webhook_secret=[f"{USER}:{secret}"], **own)

    def ask_secret(self, request: HttpRequest) -> None:
        """Look at the secret alone, before anything that was posted is read.

        Raises:
            NotTheProvider: it is not there or another one.
        """
        try:
            AnymailBasicAuthMixin.validate_request(self._view, request)
        except AnymailWebhookValidationFailure as wrong:
            raise NotTheProvider from wrong

    def mails(self, request: HttpRequest, body: bytes) -> list[Posted]:
        """The mails in a post; none in one that only asks whether somebody listens.

        Raises:
            NotTheProvider: it is not signed, or by somebody else.
            NotMail: it is about something else.
            NotFetched: what it keeps at its own server, a mail or a key, cannot be had now.
        """
        form = _read(request, body)
        try:
            self._view.run_validators(request)
        except AnymailWebhookValidationFailure as wrong:
            raise NotTheProvider from wrong
        raws = _tried(lambda: self._provider.raws(form, body)) or []
        try:
            events = self._view.parse_events(request)
        except AnymailConfigurationError as other:
            raise NotMail(str(other)) from other
        except NotFetched:
            raise
        except Exception:
            # Whatever a mail does to the parser: it is kept all the same.
            logger.warning("A posted mail could not be read by its provider's rules", exc_info=True)
            return [Posted(raw=raw, is_rebuilt=False) for raw in raws] or [
                _as_posted(request, body)
            ]
        inbound = [event for event in events if isinstance(event, AnymailInboundEvent)]
        return [
            _posted(event.message, raw) or _as_posted(request, body)
            for event, raw in zip_longest(inbound, raws[: len(inbound)])
        ]


def _read(request: HttpRequest, body: bytes) -> list[Field]:
    """Give the request what Django would have read, without its limit, which is meant for what people type."""
    form = fields(body, request.META.get("CONTENT_TYPE", ""))
    posted, files = QueryDict(mutable=True), MultiValueDict[str, SimpleUploadedFile]()
    for field in form:
        if field.file_name is None:
            posted.appendlist(field.name, field.content.decode("utf-8", "replace"))
        else:
            file = SimpleUploadedFile(field.file_name, field.content, field.media_type)
            files.appendlist(field.name, file)
    vars(request).update(_body=body, _post=posted, _files=files)
    return form


def _posted(message: Any, raw: bytes | None) -> Posted | None:
    received = raw if raw is not None else getattr(message, "received", None)
    whole = received if received is not None else _tried(message.as_bytes)
    if whole is None:
        return None
    recipient = message.envelope_recipient
    return Posted(
        raw=whole,
        is_rebuilt=received is None,
        sender=str(message.envelope_sender or "").strip("<> "),
        recipients=(str(recipient).strip("<> "),) if recipient else (),
    )


def _as_posted(request: HttpRequest, body: bytes) -> Posted:
    """The post itself, as a mail that has no sender and so waits for a person."""
    kind = request.META.get("CONTENT_TYPE", "application/octet-stream").encode("latin-1", "replace")
    return Posted(raw=b"Content-Type: " + kind + b"\r\n\r\n" + body, is_rebuilt=False)


def _tried(job: Callable[[], T]) -> T | None:
    try:
        return job()
    except Exception:
        return None
