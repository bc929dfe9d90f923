"""What providers report of mails that they took: that one came back, or that its reader called it unwanted.

django-anymail reads the shapes; a report is the provider's own when it bears the secret of the address that we gave to
them. Which mail it is about stands beside the mail, where we put it when it was sent.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anymail.exceptions import (
    AnymailConfigurationError,
    AnymailNotSupportedWarning,
    AnymailWebhookValidationFailure,
)
from anymail.signals import AnymailTrackingEvent, EventType
from anymail.webhooks.base import AnymailBasicAuthMixin
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.mailtrap import MailtrapTrackingWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from anymail.webhooks.sendgrid import SendGridTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from anymail.webhooks.unisender_go import UnisenderGoTrackingWebhookView
from django.http import HttpRequest

from duly.channels.mail_out.provider_api import ABOUT

USER = "duly"
"""What stands before the secret in the address that a provider reports to."""
FINAL = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED, EventType.COMPLAINED})

VIEWS: Mapping[str, type[Any]] = {
    "brevo": BrevoTrackingWebhookView,
    "mailgun": MailgunTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "mailtrap": MailtrapTrackingWebhookView,
    "mandrill": MandrillCombinedWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "resend": ResendTrackingWebhookView,
    "sendgrid": SendGridTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
    "unisender-go": UnisenderGoTrackingWebhookView,
}
"""By the word of the provider. Postal does not say what we put beside a mail; anymail does not read Scaleway's."""
_ODD = (
    AnymailConfigurationError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
"""What its views raise at a post of another shape."""
_KEYS = {
    "mailgun": {"webhook_signing_key": "-"},
    "mandrill": {"webhook_key": "-"},
    "unisender-go": {"api_key": "-"},
}
"""What a view will not be made without; the secret proves a report, not these."""


class NotTheProvider(Exception):
    """The post does not bear the secret."""


class NotAReport(Exception):
    """The post cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Report:
    """That the mail with a Message-ID did not arrive, or (`complains`) arrived and was called unwanted."""

    message_id: str
    complains: bool
    because: str


def reports(provider: str, secret: str, request: HttpRequest) -> list[Report]:
    """What a post says of mails of ours that did not arrive or are not wanted; all else in it is left.

    Raises:
        NotTheProvider: it does not bear the secret.
        NotAReport: it cannot be read.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AnymailNotSupportedWarning)  # SendGrid's, see provider_api
        view = VIEWS[provider](webhook_secret=[f"{USER}:{secret}"], **_KEYS.get(provider, {}))
    try:
        AnymailBasicAuthMixin.validate_request(view, request)
    except AnymailWebhookValidationFailure as wrong:
        raise NotTheProvider from wrong
    try:
        events = view.parse_events(request)
    except _ODD as odd:
        raise NotAReport from odd
    return [
        Report(
            message_id=str(event.metadata[ABOUT]),
            complains=event.event_type == EventType.COMPLAINED,
            because=str(event.mta_response or event.description or event.reject_reason or ""),
        )
        for event in events
        if isinstance(event, AnymailTrackingEvent)
        and event.event_type in FINAL
        and ABOUT in (event.metadata or {})
    ]
