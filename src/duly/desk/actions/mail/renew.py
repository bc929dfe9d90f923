"""Renew the token with which the desk signs in to a mailbox, and write down when its provider refuses."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from django.db import transaction

from duly.desk.mailroom.oauth import EARLY, OAuthClient, OAuthGrant, Tokens
from duly.desk.setup.sealing import opened, seal

Ask: TypeAlias = Callable[[OAuthClient, str, datetime], Tokens]
"""Asks a provider for new tokens; whatever it raises, nothing is changed."""


@transaction.atomic
def token_of(*, mailbox_id: int, ask: Ask, at: datetime, anew: bool = False) -> str:
    """The token to sign in with, renewed before it ends, or `anew`; empty where none is used or nobody consented yet.

    The row stays locked meanwhile: two who renew at once would make each other's tokens worthless.
    """
    rows = OAuthGrant.objects.select_for_update(of=("self",))
    grant = rows.filter(mailbox=mailbox_id).first()
    if grant is None or not grant.refresh_token:
        return ""
    if anew or not grant.is_fresh(at):
        put_tokens(grant, ask(grant.client, opened(bytes(grant.refresh_token)), at))
        grant.save()
    return opened(bytes(grant.access_token))


def good_until(*, mailbox_id: int) -> datetime | None:
    """When the token should be renewed; None where none is used."""
    rows = OAuthGrant.objects.filter(mailbox=mailbox_id)
    expires_at = rows.values_list("expires_at", flat=True).first()
    return expires_at - EARLY if expires_at else None


def put_tokens(grant: OAuthGrant, tokens: Tokens) -> None:
    """Write tokens into a row that is not saved yet."""
    grant.access_token, grant.refresh_token = seal(tokens.access), seal(tokens.refresh)
    grant.expires_at = tokens.expires_at
    grant.lost_at, grant.lost_because = None, ""


def grant_lost(*, mailbox_id: int, because: str, at: datetime) -> None:
    """The provider refuses to renew; the owner sees it until they consent again."""
    rows = OAuthGrant.objects.filter(mailbox=mailbox_id)
    rows.filter(lost_at=None).update(lost_at=at)
    rows.update(lost_because=because[:500])
