"""Who can post mails to us: the view of django-anymail that proves it, and where the raw mail stands in a post."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from anymail.webhooks.mailersend import MailerSendInboundWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.mailjet import MailjetInboundWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView
from anymail.webhooks.postal import PostalInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sparkpost import SparkPostInboundWebhookView

from duly.channels.mail_in.form_data import Field
from duly.channels.mail_in.views import AmazonSes, Brevo, Mailtrap, Resend, SendGrid

Raws: TypeAlias = Callable[[list[Field], bytes], list[bytes]]
"""The raw mails in a post, from the fields of its form or its whole body; none where the provider parsed them, or where
its view has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """`key` is what its view calls the provider's own key; empty where a post bears our secret alone."""

    name: str
    view: type[Any]
    key: str
    raws: Raws


def _of_field(name: str) -> Raws:
    return lambda form, _body: [field.content for field in form if field.name == name]


def _of_json(*path: str) -> Raws:
    def raws(_form: list[Field], body: bytes) -> list[bytes]:
        found = json.loads(body)
        for key in path:
            found = found.get(key, {})
        return [_bytes(found)] if found else []

    return raws


def _of_mandrill(form: list[Field], _body: bytes) -> list[bytes]:
    (events,) = (json.loads(field.content) for field in form if field.name == "mandrill_events")
    return [_bytes(event["msg"]["raw_msg"]) for event in events if event.get("event") == "inbound"]


def _of_postal(_form: list[Field], body: bytes) -> list[bytes]:
    posted = json.loads(body)
    whole = posted["message"]
    return [b64decode(whole) if posted.get("base64") is True else _bytes(whole)]


def _of_sparkpost(_form: list[Field], body: bytes) -> list[bytes]:
    messages = [one["msys"].get("relay_message") for one in json.loads(body)]
    contents = [message["content"] for message in messages if message]
    return [
        b64decode(one["email_rfc822"])
        if one["email_rfc822_is_base64"]
        else _bytes(one["email_rfc822"])
        for one in contents
    ]


def _nothing(_form: list[Field], _body: bytes) -> list[bytes]:
    return []


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def providers() -> list[tuple[str, str]]:
    """Each provider's word with its name."""
    return [(word, provider.name) for word, provider in PROVIDERS.items()]


PROVIDERS: Mapping[str, Provider] = {
    "amazon_ses": Provider(name="Amazon SES", view=AmazonSes, key="topic", raws=_nothing),
    "brevo": Provider(name="Brevo", view=Brevo, key="api_key", raws=_nothing),
    "mailersend": Provider(
        name="MailerSend",
        view=MailerSendInboundWebhookView,
        key="inbound_secret",
        raws=_of_json("data", "raw"),
    ),
    "mailgun": Provider(
        name="Mailgun",
        view=MailgunInboundWebhookView,
        key="webhook_signing_key",
        raws=_of_field("body-mime"),
    ),
    "mailjet": Provider(name="Mailjet", view=MailjetInboundWebhookView, key="", raws=_nothing),
    "mailtrap": Provider(name="Mailtrap", view=Mailtrap, key="api_token", raws=_nothing),
    "mandrill": Provider(
        name="Mandrill", view=MandrillCombinedWebhookView, key="webhook_key", raws=_of_mandrill
    ),
    "postal": Provider(
        name="Postal", view=PostalInboundWebhookView, key="webhook_key", raws=_of_postal
    ),
    "postmark": Provider(
        name="Postmark", view=PostmarkInboundWebhookView, key="", raws=_of_json("RawEmail")
    ),
    "resend": Provider(name="Resend", view=Resend, key="api_key", raws=_nothing),
    "sendgrid": Provider(name="SendGrid", view=SendGrid, key="", raws=_of_field("email")),
    "sparkpost": Provider(
        name="SparkPost", view=SparkPostInboundWebhookView, key="", raws=_of_sparkpost
    ),
}
