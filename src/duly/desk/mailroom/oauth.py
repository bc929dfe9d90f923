"""OAuth 2.0 grants: the right to read a mailbox that its owner gave at the provider, instead of a password."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from django.db import models

from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.setup.sealing import opened

EARLY = timedelta(minutes=5)
"""How long before its end a token is renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthSettings:
    """What an owner sets: a provider that is known, or the addresses of another."""

    provider: str
    client_id: str
    authorize_url: str = ""
    token_url: str = ""
    scope: str = ""


KNOWN: Mapping[str, OAuthSettings] = {
    "google": OAuthSettings(
        provider="google",
        client_id="",
        authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
        token_url="https://oauth2.googleapis.com/token",  # noqa: S106
        scope="https://mail.google.com/",
    ),
    "microsoft": OAuthSettings(
        provider="microsoft",
        client_id="",
        authorize_url="https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        token_url="https://login.microsoftonline.com/common/oauth2/v2.0/token",  # noqa: S106
        scope="https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
    ),
}
"""The providers whose addresses nobody has to type."""
OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """Who the desk is to a provider, and where it is asked."""

    authorize_url: str
    token_url: str
    scope: str
    client_id: str
    client_secret: str = field(repr=False)


class Tokens(Protocol):
    """What a provider gave."""

    @property
    def access(self) -> str: ...  # noqa: D102
    @property
    def refresh(self) -> str: ...  # noqa: D102
    @property
    def expires_at(self) -> datetime: ...  # noqa: D102


class OAuthGrant(models.Model):
    """How the desk signs in to a mailbox by OAuth 2.0. Secrets and tokens are sealed; there are none before consent.

    `lost_at` says since when the provider refuses to renew the tokens, and `lost_because` what it said.
    """

    mailbox = models.OneToOneField(Mailbox, models.CASCADE, related_name="oauth")
    provider = models.CharField(max_length=20)
    client_id = models.CharField(max_length=300)
    authorize_url = models.CharField(max_length=500, blank=True, default="")
    token_url = models.CharField(max_length=500, blank=True, default="")
    scope = models.CharField(max_length=500, blank=True, default="")
    client_secret = models.BinaryField(default=bytes)
    access_token = models.BinaryField(default=bytes)
    refresh_token = models.BinaryField(default=bytes)
    expires_at = models.DateTimeField(null=True)
    granted_at = models.DateTimeField(null=True)
    takes_old = models.BooleanField(default=False)
    """Whether the mails that are in the folder when consent is given are read, too."""
    lost_at = models.DateTimeField(null=True)
    lost_because = models.CharField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        return f"grant of {self.mailbox_id} at {self.provider}"

    @property
    def client(self) -> OAuthClient:
        """The addresses of a known provider, or those that were typed."""
        known = KNOWN.get(self.provider, self)
        return OAuthClient(
            authorize_url=known.authorize_url,
            token_url=known.token_url,
            scope=known.scope,
            client_id=self.client_id,
            client_secret=opened(bytes(self.client_secret)),
        )

    def is_fresh(self, at: datetime) -> bool:
        """Whether its token is good for a while."""
        return self.expires_at is not None and at < self.expires_at - EARLY
