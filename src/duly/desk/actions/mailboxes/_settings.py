"""How settings are checked and written into a mailbox."""

from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from duly.desk.actions._taken import unless_taken
from duly.desk.errors import Invalid
from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.mailroom.oauth import KNOWN, OAuthGrant, OAuthSettings
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.people.person import address
from duly.desk.people.team import Team
from duly.desk.setup.sealing import seal

WHERE = ("host", "port", "user", "folder")
"""What says which folder is meant: after a change of it, what was read says nothing."""


def put(mailbox: Mailbox, settings: MailboxSettings, at: datetime) -> None:
    """Write settings into a row that is not saved yet; one that comes into use is counted from now on.

    Raises:
        Invalid: the address is none or taken, or something is missing or unknown.
    """
    wanted = address(settings.address)
    _must_be_sound(settings, wanted)
    if any(getattr(mailbox, name) != getattr(settings, name) for name in WHERE):
        mailbox.validity = mailbox.uid = mailbox.counted_validity = mailbox.counted_uid = 0
    if settings.is_active and (mailbox.pk is None or not mailbox.is_active):
        mailbox.counted_at = at
    for name in settings.__slots__:
        setattr(mailbox, name, getattr(settings, name))
    mailbox.address, mailbox.name = wanted, settings.name.strip() or wanted
    mailbox.trouble = ""


def save(mailbox: Mailbox) -> None:
    """Save what was put into it.

    Raises:
        Invalid: another mailbox has its address.
    """
    with unless_taken(_("There is a mailbox with that address already."), field="address"):
        mailbox.save()


def put_oauth(
    mailbox: Mailbox, settings: OAuthSettings | None, secret: str, *, takes_old: bool = False
) -> None:
    """Write how a mailbox is signed in to at its provider, or by a password from now on (None).

    Another client or provider ends what was granted. Without a new secret the old one stays.

    Raises:
        Invalid: something is missing, or an address of the provider is not protected.
    """
    if settings is None:
        OAuthGrant.objects.filter(mailbox=mailbox).delete()
        return
    _must_name_a_provider(settings)
    grant = OAuthGrant.objects.filter(mailbox=mailbox).first() or OAuthGrant(
        mailbox=mailbox, takes_old=takes_old
    )
    if any(getattr(grant, name) != getattr(settings, name) for name in settings.__slots__):
        grant.access_token = grant.refresh_token = b""
        grant.expires_at = grant.lost_at = None
    for name in settings.__slots__:
        setattr(grant, name, getattr(settings, name))
    grant.client_secret = seal(secret) if secret else grant.client_secret
    grant.save()


def _must_name_a_provider(settings: OAuthSettings) -> None:
    if not settings.client_id:
        raise Invalid("Fill in what the provider calls the desk.", field="client_id")
    if settings.provider in KNOWN:
        return
    for name in ("authorize_url", "token_url"):
        address = urlsplit(getattr(settings, name))
        here = address.hostname in ("localhost", "127.0.0.1", "::1")
        if address.scheme != "https" and not (address.scheme == "http" and here):
            raise Invalid("That must be an address that begins with https://.", field=name)


def _must_be_sound(settings: MailboxSettings, wanted: str) -> None:
    try:
        validate_email(wanted)
    except ValidationError as wrong:
        raise Invalid(_("That is no mail address."), field="address") from wrong
    if "+" in wanted:
        raise Invalid(
            _("Leave out the plus sign: what follows it is for answers."), field="address"
        )
    if settings.kind == MailboxKind.IMAP and not (settings.host and settings.user):
        missing = "user" if settings.host else "host"
        raise Invalid(_("To fetch mail, the desk needs a server and a user."), field=missing)
    if settings.kind == MailboxKind.WEBHOOK and not settings.provider:
        raise Invalid(_("Say which provider posts the mail."), field="provider")
    if settings.team_id is not None and not Team.objects.filter(pk=settings.team_id).exists():
        raise Invalid(_("There is no such team."), field="team")
