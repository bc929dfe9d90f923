"""Mail that a provider posts: kept for good before the provider is told so, refused when it may be somebody else."""

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from duly.channels import wall_clock
from duly.channels.fault import fault_point
from duly.channels.mail_in import limits
from duly.channels.mail_in.fetched import NotFetched
from duly.channels.mail_in.webhook import NotMail, NotTheProvider, Webhook
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.reach import not_reached, reached
from duly.desk.queries.posting import posting
from duly.web.access import anybody

MOST_BYTES = limits.BYTES * 4 // 3 + 1024 * 1024
"""A mail as large as a mail may be, in base64, and what stands around it."""
AGAIN_SECONDS = "60"

logger = logging.getLogger(__name__)


@csrf_exempt
@anybody("POST", "GET")
def receive(request: HttpRequest, mailbox_id: int) -> HttpResponse:
    """Keep the mails in a post. Nothing of it is read before it bears the secret of the address."""
    if request.method != "POST":
        return _said(200, "Mail is posted here.")  # some providers look whether somebody is there
    try:
        return _received(request, mailbox_id)
    except NotTheProvider:
        logger.warning("A post to mailbox %s was refused: wrong secret or signature", mailbox_id)
        return _refused(request)
    except NotMail as other:
        return _said(422, f"This is no mail. {other}")
    except NotFetched as trouble:
        logger.warning("A post to mailbox %s waits for its provider: %s", mailbox_id, trouble)
        not_reached(mailbox_id=mailbox_id, trouble=str(trouble))
        return _again()
    except OperationalError:
        logger.exception("A mail that was posted could not be kept; its provider will try again")
        return _again()


def _received(request: HttpRequest, mailbox_id: int) -> HttpResponse:
    known = posting(mailbox_id)
    if known is None:
        raise NotTheProvider  # said alike, so that nobody learns which mailboxes there are
    webhook = Webhook(known.provider, secret=known.secret, key=known.key)
    webhook.ask_secret(request)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if int(length) > MOST_BYTES:
        return _said(413, "The mail is too large.")
    fault_point("mail_in.posted")
    for mail in webhook.mails(request, request.read(MOST_BYTES)):
        keep(
            mailbox_id=mailbox_id,
            raw=mail.raw,
            is_rebuilt=mail.is_rebuilt,
            envelope_sender=mail.sender,
            envelope_recipients=mail.recipients,
            at=wall_clock.now(),
        )
    reached(mailbox_id=mailbox_id, at=wall_clock.now())
    fault_point("mail_in.posted_kept")
    return _said(200, "Kept.")


def _refused(request: HttpRequest) -> HttpResponse:
    """Amazon says the secret of an address only when it is asked for it."""
    if "HTTP_AUTHORIZATION" in request.META:
        return _said(403, "The secret or the signature is wrong.")
    answer = _said(401, "The secret of the address is missing.")
    answer["WWW-Authenticate"] = 'Basic realm="mail"'
    return answer


def _again() -> HttpResponse:
    answer = _said(503, "The mail could not be kept. Please try again.")
    answer["Retry-After"] = AGAIN_SECONDS
    return answer


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
