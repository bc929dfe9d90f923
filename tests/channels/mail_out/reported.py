"""What providers post when a mail came back or is not wanted, in the shapes of their own documentation."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

ID = "<0123456789abcdef@desk.test>"
MINE = {"message_id": ID}
TO = "clara@acme.test"
STAMP = 1792400000
SAID = "550 5.1.1 nobody here"


@dataclass(frozen=True)
class Posted:
    """A report: what is said about, and whether its reader complains."""

    body: bytes
    because: str
    complains: bool = False
    content_type: str = "application/json"


def _json(said: Any, because: str = SAID, *, complains: bool = False) -> Posted:
    return Posted(json.dumps(said).encode(), because, complains)


def _mailgun(event: str, **more: Any) -> dict[str, Any]:
    data = {"event": event, "timestamp": STAMP, "recipient": TO, "user-variables": MINE, **more}
    data["message"] = {"headers": {"message-id": ID.strip("<>")}}
    return {"signature": {"token": "t", "timestamp": "1", "signature": "s"}, "event-data": data}


def _mandrill(event: str, **more: Any) -> Posted:
    said = [{"event": event, "ts": STAMP, "msg": {"email": TO, "metadata": MINE, **more}}]
    body = urlencode({"mandrill_events": json.dumps(said)}).encode()
    is_spam = event == "spam"
    because = "spam" if is_spam else SAID
    return Posted(body, because, is_spam, "application/x-www-form-urlencoded")


REPORTS: Mapping[str, Posted] = {
    "brevo": _json(
        {
            "event": "hard_bounce",
            "email": TO,
            "ts_epoch": STAMP * 1000,
            "message-id": "<1@smtp-relay.brevo.com>",
            "reason": SAID,
            "X-Mailin-custom": json.dumps(MINE),
        }
    ),
    "mailgun": _json(
        _mailgun("failed", severity="permanent", **{"delivery-status": {"message": SAID}})
    ),
    "mailjet": _json(
        [
            {
                "event": "bounce",
                "time": STAMP,
                "MessageID": 456,
                "email": TO,
                "hard_bounce": True,
                "error": "user unknown",
                "Payload": json.dumps(MINE),
            }
        ],
        "bounced",
    ),
    "mailtrap": _json(
        {
            "events": [
                {
                    "event": "bounce",
                    "timestamp": STAMP,
                    "message_id": "0c7fd939",
                    "email": TO,
                    "response": SAID,
                    "custom_variables": MINE,
                }
            ]
        }
    ),
    "mandrill": _mandrill("hard_bounce", diag=SAID),
    "postmark": _json(
        {
            "RecordType": "SpamComplaint",
            "Type": "SpamComplaint",
            "Email": TO,
            "BouncedAt": "2026-10-19T08:00:00Z",
            "MessageID": "0a129aee",
            "Description": "The subscriber explicitly marked this message as spam.",
            "Metadata": MINE,
        },
        "The subscriber explicitly marked this message as spam.",
        complains=True,
    ),
    "resend": _json(
        {
            "type": "email.bounced",
            "created_at": "2026-10-19T08:00:00.000Z",
            "data": {
                "email_id": "49a3999c",
                "to": [TO],
                "bounce": {"message": "The recipient's email provider sent a hard bounce message."},
                "headers": [{"name": "X-Metadata", "value": json.dumps(MINE)}],
            },
        },
        "The recipient's email provider sent a hard bounce message.",
    ),
    "sendgrid": _json(
        [
            {
                "event": "bounce",
                "type": "bounce",
                "email": TO,
                "timestamp": STAMP,
                "reason": SAID,
                "sg_event_id": "e",
                **MINE,
            }
        ]
    ),
    "sparkpost": _json(
        [
            {
                "msys": {
                    "message_event": {
                        "type": "bounce",
                        "bounce_class": "10",
                        "timestamp": str(STAMP),
                        "raw_rcpt_to": TO,
                        "raw_reason": SAID,
                        "rcpt_meta": MINE,
                    }
                }
            }
        ]
    ),
    "unisender-go": _json(
        {
            "auth": "x",
            "events_by_user": [
                {
                    "user_id": 1,
                    "events": [
                        {
                            "event_name": "transactional_email_status",
                            "event_data": {
                                "job_id": "1ZymBc",
                                "metadata": MINE,
                                "email": TO,
                                "status": "hard_bounced",
                                "event_time": "2026-10-19 08:00:00",
                                "delivery_info": {
                                    "delivery_status": "err_user_unknown",
                                    "destination_response": SAID,
                                },
                            },
                        }
                    ],
                }
            ],
        }
    ),
}

OF_NO_CONCERN: Mapping[str, bytes] = {
    "brevo": json.dumps({"event": "delivered", "email": TO}).encode(),
    "mailgun": json.dumps(_mailgun("failed", severity="temporary")).encode(),
    "sendgrid": json.dumps([{"event": "bounce", "email": TO, "timestamp": STAMP}]).encode(),
}
"""Delivered; still tried; about a mail that somebody else sent."""
