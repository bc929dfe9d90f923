"""What providers post that keep a mail, a file or a key at their own server, in the shapes of their documentation."""

import datetime
import json
from base64 import b64encode

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from tests.elsewhere import Answer, Asked
from tests.worker.mail_in.posts import HTML, KEY, LATIN, TEXT, Post

TOPIC = "arn:aws:sns:eu-west-1:123456789012:desk-mail"
AMAZON = "sns.eu-west-1.amazonaws.com"
SUBSCRIBE = f"https://{AMAZON}/?Action=ConfirmSubscription&TopicArn={TOPIC}&Token=2336412f37f"
MAIL_ID = "56761188-7520-42d8-8898-ff6fc54ce618"
RAW_AT = "/raw/56761188?X-Amz-Signature=0123"


class Amazon:
    """Signs as SNS does; its certificate is at its own server."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder(name, name, self._key.public_key(), 1)
            .not_valid_before(now)
            .not_valid_after(now + datetime.timedelta(days=1))
            .sign(self._key, hashes.SHA256())
        )
        self._certificate = made.public_bytes(serialization.Encoding.PEM)

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/SimpleNotificationService-0123.pem":
            return Answer(body=self._certificate)
        return Answer(200 if asked.path == SUBSCRIBE.partition(AMAZON)[2] else 404)

    def post(self, fields: dict[str, str], *, version: str = "2", **instead: str) -> Post:
        """`instead` is what somebody changes after it was signed."""
        digest = hashes.SHA256() if version == "2" else hashes.SHA1()
        lines = "".join(f"{name}\n{fields[name]}\n" for name in sorted(fields))
        signature = self._key.sign(lines.encode(), padding.PKCS1v15(), digest)
        posted = fields | {
            "SignatureVersion": version,
            "Signature": b64encode(signature).decode(),
            "SigningCertURL": f"https://{AMAZON}/SimpleNotificationService-0123.pem",
            "UnsubscribeURL": f"https://{AMAZON}/?Action=Unsubscribe",
        }
        return Post(
            "amazon_ses",
            json.dumps(posted | instead).encode(),
            "text/plain; charset=UTF-8",
            raw=LATIN,
            key=TOPIC,
            headers={"x-amz-sns-message-type": fields["Type"]},
        )


def _notified(action: dict[str, str], **more: str) -> dict[str, str]:
    notified = {
        "notificationType": "Received",
        "mail": {"source": "clara@acme.example", "destination": ["desk@desk.example"]},
        "receipt": {"recipients": ["desk@desk.example"], "action": action},
        **more,
    }
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Subject": "Amazon SES Email Receipt Notification",
        "Message": json.dumps(notified),
        "Timestamp": "2026-10-19T08:00:00.000Z",
    }


def ses() -> dict[str, str]:
    """A mail in the notification itself."""
    content = b64encode(LATIN).decode()
    return _notified({"type": "SNS", "topicArn": TOPIC, "encoding": "BASE64"}, content=content)


def ses_in_a_bucket() -> dict[str, str]:
    """A mail that the rule of SES put elsewhere."""
    return _notified({"type": "S3", "bucketName": "mails", "objectKey": "abc"})


def ses_subscription() -> dict[str, str]:
    """Whether messages are wanted here."""
    return {
        "Type": "SubscriptionConfirmation",
        "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
        "Token": "2336412f37f",
        "TopicArn": TOPIC,
        "Message": "You have chosen to subscribe to the topic.",
        "SubscribeURL": SUBSCRIBE,
        "Timestamp": "2026-10-19T08:00:00.000Z",
    }


def brevo() -> Post:
    """Parsed; the file has a token."""
    head = {
        "Received": ["by a", "by b"],
        "From": "Clara <clara@acme.example>",
        "To": "desk@desk.example",
        "Subject": "posted",
        "Message-ID": "<1@acme.example>",
        "Return-Path": "<clara@acme.example>",
        "Delivered-To": "<desk@desk.example>",
    }
    item = {
        "Uuid": ["0d7bd0a1-2f3c-4f5e-9f5b-1e6d6a7d2b7c"],
        "MessageId": "<1@acme.example>",
        "From": {"Name": "Clara", "Address": "clara@acme.example"},
        "To": [{"Name": None, "Address": "desk@desk.example"}],
        "Recipients": ["desk@desk.example"],
        "Subject": "posted",
        "SentAtDate": "Mon, 19 Oct 2026 10:00:00 +0200",
        "RawTextBody": TEXT,
        "RawHtmlBody": HTML,
        "SpamScore": 0.1,
        "ExtractedMarkdownMessage": TEXT,
        "Headers": head,
        "Attachments": [
            {
                "Name": "a.csv",
                "ContentType": "text/csv",
                "ContentLength": 3,
                "ContentID": "",
                "DownloadToken": "eyJmb2xkZXIi.OiJ",
            }
        ],
    }
    return Post("brevo", json.dumps({"items": [item]}).encode(), "application/json")


def brevos(asked: Asked) -> Answer:
    """Brevo's own server."""
    if asked.headers["api-key"] != KEY:
        return Answer(401)
    is_there = asked.path == "/v3/inbound/attachments/eyJmb2xkZXIi.OiJ"
    return Answer(body=b"1,2", media_type="text/csv") if is_there else Answer(404)


def resend() -> Post:
    """That there is a mail; what is in it stays at the provider."""
    data = {
        "email_id": MAIL_ID,
        "created_at": "2026-10-19T08:00:00.000Z",
        "from": "Clara <clara@acme.example>",
        "to": ["desk@desk.example"],
        "cc": [],
        "bcc": [],
        "message_id": "<1@acme.example>",
        "subject": "posted",
        "attachments": [],
    }
    posted = {"type": "email.received", "created_at": "2026-10-19T08:00:00.000Z", "data": data}
    return Post("resend", json.dumps(posted).encode(), "application/json", raw=LATIN)


def resends(asked: Asked) -> Answer:
    """Resend's API."""
    if asked.headers["Authorization"] != f"Bearer {KEY}":
        return Answer(401)
    if asked.path != f"/emails/receiving/{MAIL_ID}":
        return Answer(404)
    mail = {
        "object": "email",
        "id": MAIL_ID,
        "text": TEXT,
        "raw": {"download_url": f"https://inbound-cdn.resend.com{RAW_AT}", "expires_at": "…"},
    }
    return Answer(body=json.dumps(mail).encode())


def store(asked: Asked) -> Answer:
    """Where Resend and Mailtrap keep the mails."""
    return Answer(body=LATIN) if asked.path == RAW_AT else Answer(404)


def mailtrap() -> Post:
    """That there is a mail, signed or not; what is in it stays at the provider. Its trial has inbox 1."""
    event = {"event": "inbound.message_received", "event_id": "e", "timestamp": 1792400000000}
    events = [event | {"inbox_id": 1}, event | {"inbox_id": 77, "message_id": "0199/2"}]
    body = json.dumps({"events": events}).encode()
    return Post("mailtrap", body, "application/json", raw=LATIN)


def mailtraps(asked: Asked) -> Answer:
    """Mailtrap's API."""
    if asked.headers["Authorization"] != f"Bearer {KEY}":
        return Answer(401)
    if asked.path != "/api/inbound/inboxes/77/messages/0199%2F2":
        return Answer(404)
    url = f"https://mailtrap-inbound.s3.amazonaws.com{RAW_AT}"
    return Answer(body=json.dumps({"id": "0199/2", "raw_message_url": url}).encode())
