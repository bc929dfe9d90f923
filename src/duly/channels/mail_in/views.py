"""Views of django-anymail, mended for providers that keep parts of a mail, or that sign and anymail does not look."""

import json
from base64 import b64decode
from email.utils import parseaddr
from typing import Any
from urllib.parse import quote, urljoin

from anymail.exceptions import AnymailConfigurationError, AnymailWebhookValidationFailure
from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent, EventType
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoInboundWebhookView
from anymail.webhooks.mailtrap import MailtrapInboundWebhookView
from anymail.webhooks.resend import ResendInboundWebhookView
from anymail.webhooks.sendgrid import SendGridInboundWebhookView
from django.http import HttpRequest

from duly.channels.mail_in import sns
from duly.channels.mail_in.fetched import fetched


class SendGrid(SendGridInboundWebhookView):  # type: ignore[misc]
    """Without the warning that nobody at django-anymail has an account there."""

    def __init__(self, **given: Any) -> None:
        AnymailBaseWebhookView.__init__(self, **given)


class Brevo(BrevoInboundWebhookView):  # type: ignore[misc]
    """Posts a mail that it has read, and keeps the files."""

    def _fetch_attachment(self, attachment: dict[str, Any]) -> Any:
        token = quote(attachment["DownloadToken"], safe="")
        url = urljoin(self.api_url, f"inbound/attachments/{token}")
        file = fetched(url, {"api-key": self.api_key})
        return AnymailInboundMessage.construct_attachment(
            content_type=file.media_type or attachment["ContentType"],
            content=file.content,
            filename=attachment.get("Name"),
            content_id=attachment.get("ContentID"),
        )


class Resend(ResendInboundWebhookView):  # type: ignore[misc]
    """Posts that there is a mail, and keeps the mail."""

    def esp_to_anymail_event(self, esp_event: dict[str, Any], _request: HttpRequest) -> Any:
        """Fetch the mail; what stands in the post is only what its headers say."""
        data = esp_event["data"]
        url = urljoin(self.api_url, f"emails/receiving/{quote(data['email_id'], safe='')}")
        raw = fetched(_said(url, self.api_key)["raw"]["download_url"]).content
        sender = parseaddr(str(data.get("from", "")))[1]
        return _event(raw, sender, (data.get("to") or [""])[0])


class Mailtrap(MailtrapInboundWebhookView):  # type: ignore[misc]
    """Posts that there are mails, and keeps the mails; of their envelopes it says nothing."""

    def esp_to_anymail_event(self, esp_event: dict[str, Any]) -> Any:
        """Fetch the mail; none is behind the example that tries a webhook out."""
        if not esp_event["event"].startswith("inbound"):
            raise AnymailConfigurationError("Mailtrap says something about mail that was sent.")
        inbox = esp_event.get("inbox_id")
        if inbox in (None, 1):
            return None
        message = quote(esp_event["message_id"], safe="")
        url = urljoin(self.api_url, f"inbound/inboxes/{quote(str(inbox))}/messages/{message}")
        return _event(fetched(_said(url, self.api_token)["raw_message_url"]).content, "", "")


class AmazonSes(AnymailBaseWebhookView):  # type: ignore[misc]
    """SES posts through SNS. anymail's own view wants Amazon's library of some 100 MB and looks at no signature."""

    esp_name = "Amazon SES"

    def __init__(self, *, topic: str, **given: Any) -> None:
        super().__init__(**given)
        self.topic = topic

    def validate_request(self, request: HttpRequest) -> None:
        """Ask Amazon's signature, and the topic where its owner named one."""
        try:
            message = json.loads(request.body)
            sns.must_be_signed(message)
            if self.topic and message["TopicArn"] != self.topic:
                raise sns.NotAmazon("the message is of another topic")
        except (ValueError, TypeError, sns.NotAmazon) as wrong:
            raise AnymailWebhookValidationFailure(str(wrong)) from wrong

    def parse_events(self, request: HttpRequest) -> list[Any]:
        """The mail. Whoever asks whether messages are wanted here knows the secret address, so they are."""
        message = json.loads(request.body)
        if message["Type"] == "SubscriptionConfirmation":
            sns.confirm(message)
        if message["Type"] != "Notification":
            return []
        notified = json.loads(message["Message"])
        if notified.get("notificationType") != "Received":
            raise AnymailConfigurationError("Amazon says something about mail that was sent.")
        return [
            _event(
                mail_of_ses(notified),
                notified["mail"].get("source", ""),
                (notified["receipt"].get("recipients") or [""])[0],
            )
        ]


def mail_of_ses(notified: dict[str, Any]) -> bytes:
    """The raw mail in a notification.

    Raises:
        KeyError: it is not in there, for the rule of SES puts it elsewhere.
    """
    content: str = notified["content"]
    is_encoded = notified["receipt"]["action"].get("encoding") == "BASE64"
    return b64decode(content) if is_encoded else content.encode("utf-8", "surrogatepass")


def _said(url: str, key: str) -> dict[str, Any]:
    """What a provider's server says about a mail."""
    answer: dict[str, Any] = json.loads(fetched(url, {"Authorization": f"Bearer {key}"}).content)
    return answer


def _event(raw: bytes, sender: str, recipient: str) -> Any:
    message = AnymailInboundMessage()
    message.received = raw
    message.envelope_sender, message.envelope_recipient = sender, recipient
    return AnymailInboundEvent(event_type=EventType.INBOUND, message=message)
