"""Say which server or provider takes the desk's mail, and from whom it comes."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.setup._the_one import the_one
from duly.desk.errors import Invalid
from duly.desk.mailroom.outgoing import OutgoingServer
from duly.desk.mailroom.settings import OutgoingSettings
from duly.desk.people.naming import one_line
from duly.desk.setup.sealing import seal

HERE = ("localhost", "127.0.0.1", "::1")
WHERE = ("provider", "api_url", "host", "port", "security", "user")
"""What says to whom a password is said."""
_WORD = re.compile(r"[a-z][a-z-]{1,19}\Z")
_API = r"://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9./_-]*)?\Z"
_HOST = re.compile(r"[A-Za-z0-9:](?:[A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing(OutgoingSettings):
    """What its owner typed; no password, with a provider its key, keeps the old one."""

    password: str = ""


@transaction.atomic
def set_outgoing(*, actor: Actor, outgoing: Outgoing, at: datetime) -> OutgoingServer:
    """Keep it; the next letter takes that way.

    Raises:
        NotFound: the actor may not.
        Invalid: that is no server, provider or address, the connection would be in the clear, or a password is missing.
    """
    require(may_manage_mailboxes(actor))
    _must_be_sound(outgoing)
    row = the_one(OutgoingServer)
    row.secret = _secret(row, outgoing)
    for name in (*WHERE, "from_address"):
        setattr(row, name, getattr(outgoing, name))
    row.from_name = one_line(outgoing.from_name)[:60]
    row.save()
    audit(
        "outgoing_set",
        actor=actor,
        at=at,
        subject=row,
        provider=row.provider,
        host=row.host,
        port=row.port,
        security=row.security,
        new_password=bool(outgoing.password),
    )
    return row


def _secret(row: OutgoingServer, typed: Outgoing) -> bytes:
    """A password is only ever said to the server for which it was typed, and as safely as then."""
    if not typed.provider and not (typed.host and typed.user):
        return b""
    if typed.password:
        return seal(typed.password)
    if row.secret and any(getattr(row, name) != getattr(typed, name) for name in WHERE):
        raise Invalid(
            _("Type the password again: it was for another server or user."), field="password"
        )
    if typed.provider and not row.secret:
        raise Invalid(_("The provider wants a key."), field="password")
    return bytes(row.secret)


def _must_be_sound(typed: Outgoing) -> None:
    if typed.provider:
        _must_be_theirs(typed)
    else:
        _must_be_a_server(typed)
    if typed.from_address:
        try:
            validate_email(typed.from_address)
        except ValidationError as wrong:
            raise Invalid(_("That is no mail address."), field="from_address") from wrong


def _must_be_theirs(typed: Outgoing) -> None:
    if not _WORD.match(typed.provider):
        raise Invalid(_("There is no such provider."), field="provider")
    is_here = urlsplit(typed.api_url).hostname in HERE
    protection = "http" if is_here else "https"
    if typed.api_url and not re.match(f"{protection}{_API}", typed.api_url):
        raise Invalid(_("That must be an address that begins with https://."), field="api_url")


def _must_be_a_server(typed: Outgoing) -> None:
    if typed.host and not _HOST.match(typed.host):
        raise Invalid(_("That is no server's name."), field="host")
    if not 1 <= typed.port <= 65535:
        raise Invalid(_("A port is a number from 1 to 65535."), field="port")
    if typed.security not in ("tls", "starttls", "none"):
        raise Invalid(_("Choose how the connection is protected."), field="security")
    if typed.security == "none" and typed.host and typed.host not in HERE:
        raise Invalid(
            _("Only a server on this machine is spoken to without encryption."), field="security"
        )
    if typed.password and not typed.user:
        raise Invalid(_("A password needs a user."), field="user")
