"""What providers post for a mail, in the shapes of their own documentation, signed as they sign."""

import hashlib
import hmac
import json
from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY = "the-key-of-the-provider"
FORM = "multipart/form-data; boundary=xYzZY"
ENCODED = "application/x-www-form-urlencoded"
RAW = (
    b"Received: from mx.acme.example\r\nFrom: Clara <clara@acme.example>\r\n"
    b"To: desk@desk.example\r\nSubject: posted\r\nMessage-ID: <1@acme.example>\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nIt stops. Gr\xc3\xbc\xc3\x9fe\r\n"
)
LATIN = RAW.replace(b"utf-8", b"iso-8859-1").replace(b"Gr\xc3\xbc\xc3\x9fe", b"Gr\xfc\xdfe")
"""Not UTF-8: whoever decodes it on its way breaks it."""
TEXT, HTML = "It stops. Grüße", "<p>It stops. Grüße</p>"


@dataclass(frozen=True)
class Post:
    """A post, the key that its provider and we know, and the raw mail that must be kept (None: put together)."""

    provider: str
    body: bytes
    content_type: str
    raw: bytes | None = None
    key: str = KEY
    headers: dict[str, str] = field(default_factory=dict)


def form(
    fields: dict[str, bytes | str], files: dict[str, tuple[str, str, bytes]] | None = None
) -> bytes:
    lines = []
    for name, value in fields.items():
        content = value.encode() if isinstance(value, str) else value
        lines.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + content)
    for name, (file_name, kind, content) in (files or {}).items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: {kind}\r\n\r\n'
        lines.append(head.encode() + content)
    return b"".join(b"--xYzZY\r\n" + line + b"\r\n" for line in lines) + b"--xYzZY--\r\n"


def _mailgun() -> dict[str, bytes | str]:
    stamp, token = "1792400000", "0123456789abcdef0123456789abcdef0123456789abcdef01"
    signature = hmac.new(KEY.encode(), (stamp + token).encode(), hashlib.sha256).hexdigest()
    return {
        "sender": "clara@acme.example",
        "recipient": "desk@desk.example",
        "timestamp": stamp,
        "token": token,
        "signature": signature,
    }


def mailgun_raw() -> Post:
    body = form({**_mailgun(), "body-mime": LATIN, "subject": "posted"})
    return Post("mailgun", body, FORM, raw=LATIN)


def mailgun_parsed() -> Post:
    head = [["From", "Clara <clara@acme.example>"], ["To", "desk@desk.example"]]
    head += [["Subject", "posted"], ["Message-Id", "<1@acme.example>"]]
    fields = {
        **_mailgun(),
        "message-headers": json.dumps(head),
        "body-plain": TEXT,
        "body-html": HTML,
        "attachment-count": "1",
    }
    return Post("mailgun", form(fields, {"attachment-1": ("a.csv", "text/csv", b"1,2")}), FORM)


def mailgun_encoded() -> Post:
    pairs = {**_mailgun(), "body-mime": LATIN}
    return Post("mailgun", urlencode(pairs).encode(), ENCODED, raw=LATIN)


def _postmark() -> dict[str, object]:
    return {
        "FromName": "Clara",
        "From": "clara@acme.example",
        "FromFull": {"Email": "clara@acme.example", "Name": "Clara", "MailboxHash": ""},
        "ToFull": [{"Email": "desk@desk.example", "Name": "", "MailboxHash": ""}],
        "CcFull": [],
        "BccFull": [],
        "OriginalRecipient": "desk@desk.example",
        "Subject": "posted",
        "MessageID": "73e6d360-66eb-11e1-8e72-a8904824019b",
        "Date": "Mon, 19 Oct 2026 10:00:00 +0200",
        "TextBody": TEXT,
        "HtmlBody": HTML,
        "Headers": [
            {"Name": "Return-Path", "Value": "<clara@acme.example>"},
            {"Name": "Message-ID", "Value": "<1@acme.example>"},
        ],
        "Attachments": [
            {
                "Name": "a.csv",
                "Content": b64encode(b"1,2").decode(),
                "ContentType": "text/csv",
                "ContentLength": 3,
            }
        ],
    }


def postmark_raw() -> Post:
    posted = {**_postmark(), "RawEmail": RAW.decode()}
    return Post("postmark", json.dumps(posted).encode(), "application/json", raw=RAW, key="")


def postmark_parsed() -> Post:
    return Post("postmark", json.dumps(_postmark()).encode(), "application/json", key="")


ENVELOPE = json.dumps({"to": ["desk@desk.example"], "from": "clara@acme.example"})


def sendgrid_raw() -> Post:
    return Post("sendgrid", form({"email": LATIN, "envelope": ENVELOPE}), FORM, raw=LATIN, key="")


def sendgrid_parsed() -> Post:
    head = (
        "From: Clara <clara@acme.example>\nTo: desk@desk.example\nSubject: posted\n"
        "Message-ID: <1@acme.example>\nContent-Type: multipart/mixed; boundary=b\n"
    )
    fields: dict[str, bytes | str] = {
        "headers": head,
        "text": TEXT,
        "html": HTML,
        "envelope": ENVELOPE,
        "charsets": json.dumps({"text": "UTF-8", "html": "UTF-8"}),
        "attachments": "1",
        "attachment-info": json.dumps({"attachment1": {"filename": "a.csv", "type": "text/csv"}}),
    }
    return Post(
        "sendgrid", form(fields, {"attachment1": ("a.csv", "text/csv", b"1,2")}), FORM, key=""
    )


def mailjet_parsed() -> Post:
    posted = {
        "Sender": "clara@acme.example",
        "Recipient": "desk@desk.example",
        "From": "Clara <clara@acme.example>",
        "Subject": "posted",
        "Headers": {
            "From": "Clara <clara@acme.example>",
            "To": "desk@desk.example",
            "Subject": "posted",
            "Message-ID": "<1@acme.example>",
            "Received": ["by a", "by b"],
        },
        "Parts": [
            {"Headers": {"Content-Type": "text/plain; charset=utf-8"}, "ContentRef": "Text-part"},
            {
                "Headers": {
                    "Content-Type": 'text/csv; name="a.csv"',
                    "Content-Disposition": 'attachment; filename="a.csv"',
                },
                "ContentRef": "Attachment1",
            },
        ],
        "Text-part": TEXT,
        "Html-part": HTML,
        "Attachment1": b64encode(b"1,2").decode(),
    }
    return Post("mailjet", json.dumps(posted).encode(), "application/json", key="")


def mandrill(url: str) -> Post:
    """Signs the address that it posts to, secret and all."""
    event = {"event": "inbound", "ts": 1792400000}
    event["msg"] = {"raw_msg": RAW.decode(), "email": "desk@desk.example"}
    fields = {"mandrill_events": json.dumps([event])}
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    signature = b64encode(hmac.new(KEY.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    body = urlencode(fields).encode()
    return Post("mandrill", body, ENCODED, raw=RAW, headers={"X-Mandrill-Signature": signature})


def mailersend() -> Post:
    posted = {
        "type": "inbound.message",
        "inbound_id": "[inbound-route-id]",
        "created_at": "2026-10-19T08:00:00.000000Z",
        "data": {
            "object": "message",
            "id": "6402ab57863d39d7fa0e8765",
            "recipients": {
                "rcptTo": [{"email": "desk@desk.example"}],
                "to": {"raw": "", "data": []},
            },
            "from": {"email": "clara@acme.example", "name": "Clara", "raw": ""},
            "sender": {"email": "clara@acme.example"},
            "subject": "posted",
            "raw": RAW.decode(),
            "created_at": "2026-10-19T08:00:00.000000Z",
        },
    }
    body = json.dumps(posted).encode()
    signature = hmac.new(KEY.encode(), body, hashlib.sha256).hexdigest()
    return Post("mailersend", body, "application/json", raw=RAW, headers={"Signature": signature})


def postal() -> Post:
    private = rsa.generate_private_key(65537, 2048)
    spki = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    posted = {
        "id": 233980,
        "rcpt_to": "desk@desk.example",
        "mail_from": "clara@acme.example",
        "message": b64encode(RAW).decode(),
        "base64": True,
        "size": len(RAW),
    }
    body = json.dumps(posted).encode()
    signature = b64encode(private.sign(body, padding.PKCS1v15(), hashes.SHA1())).decode()
    return Post(
        "postal",
        body,
        "application/json",
        raw=RAW,
        key=b64encode(spki).decode(),
        headers={"X-Postal-Signature": signature},
    )


def sparkpost(raw: bytes = RAW) -> Post:
    message = {
        "content": {"email_rfc822": b64encode(raw).decode(), "email_rfc822_is_base64": True},
        "msg_from": "clara@acme.example",
        "rcpt_to": "desk@desk.example",
        "protocol": "smtp",
    }
    posted = [{"msys": {"relay_message": message}}]
    return Post("sparkpost", json.dumps(posted).encode(), "application/json", raw=raw, key="")


SHAPES = (
    mailgun_raw,
    mailgun_parsed,
    mailgun_encoded,
    postmark_raw,
    postmark_parsed,
    sendgrid_raw,
    sendgrid_parsed,
    mailjet_parsed,
    mailersend,
    postal,
    sparkpost,
)
