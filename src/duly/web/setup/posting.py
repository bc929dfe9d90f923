"""The address to which a provider posts a mailbox's mail."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from duly.channels.mail_in.webhook import USER
from duly.desk.actions.mailboxes.make_post_secret import make_post_secret
from duly.desk.queries.mailboxes import mailbox
from duly.web.access import Visit, agents
from duly.web.setup.mailboxes import form_page


@agents("POST")
def make_address(request: HttpRequest, visit: Visit, mailbox_id: int) -> HttpResponse:
    """Make a new address and show it, this once."""
    secret = make_post_secret(actor=visit.actor, mailbox_id=mailbox_id, at=visit.at)
    box = mailbox(visit.actor, mailbox_id)
    return form_page(request, visit, box, post_address=_address(secret, mailbox_id))


def _address(secret: str, mailbox_id: int) -> str:
    desk = urlsplit(settings.DULY_URL)
    place = desk._replace(
        netloc=f"{USER}:{secret}@{desk.netloc}", path=reverse("mail-in", args=[mailbox_id])
    )
    return place.geturl()
