"""OAuth 2.0 for mailboxes: consent in the browser (authorisation code with PKCE, RFC 7636), then renewed tokens.

oauthlib knows the protocol; here stand time limits, no redirects, and two kinds of failure: for good, and for now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import requests
from oauthlib.common import generate_token
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

TIMEOUT_SECONDS = 10.0
VERIFIER_CHARACTERS = 64
USUAL_LIFE = timedelta(hours=1)
"""How long an access token is believed to live when its provider does not say."""
OFFLINE: Mapping[str, str] = {"access_type": "offline", "prompt": "consent"}
"""What Google wants to hear before it gives a token that can be renewed; others ignore it."""


class GrantLost(Exception):
    """The provider refuses for good, and says why: somebody has to consent again, or to mend the settings."""


class NotNow(Exception):
    """The provider could not be asked; trying later may help."""


class Client(Protocol):
    """Who we are to a provider, and where it is asked."""

    @property
    def authorize_url(self) -> str: ...  # noqa: D102
    @property
    def token_url(self) -> str: ...  # noqa: D102
    @property
    def scope(self) -> str: ...  # noqa: D102
    @property
    def client_id(self) -> str: ...  # noqa: D102
    @property
    def client_secret(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Begun:
    """A consent that was asked for: where the browser goes, and what must be remembered until it comes back."""

    url: str
    state: str
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a provider gave: a token to sign in with until `expires_at`, and one to ask for the next."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime


def begin(client: Client, *, back_to: str, user: str) -> Begun:
    """Ask for consent.

    Raises:
        GrantLost: the address of the provider cannot be used.
    """
    spoken = WebApplicationClient(client.client_id)
    verifier = spoken.create_code_verifier(VERIFIER_CHARACTERS)
    state = generate_token(43)  # 256 bits
    try:
        url = spoken.prepare_request_uri(
            client.authorize_url,
            redirect_uri=back_to,
            scope=client.scope.split(),
            state=state,
            code_challenge=spoken.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            login_hint=user,
            **OFFLINE,
        )
    except (OAuth2Error, ValueError) as wrong:
        raise GrantLost(str(wrong)) from wrong
    return Begun(url, state, verifier)


def exchange(client: Client, *, code: str, verifier: str, back_to: str, at: datetime) -> Tokens:
    """Take the tokens for a code that the browser brought back.

    Raises:
        GrantLost: the provider refuses, or gives no token that can be renewed.
        NotNow: the provider could not be asked.
    """
    spoken = WebApplicationClient(client.client_id)
    body = spoken.prepare_request_body(
        code=code, redirect_uri=back_to, code_verifier=verifier, client_secret=client.client_secret
    )
    tokens = _tokens(spoken, client.token_url, body, at)
    if not tokens.refresh:
        raise GrantLost("it gave no token that can be renewed (refresh_token)")
    return tokens


def refresh(client: Client, token: str, at: datetime) -> Tokens:
    """Take new tokens for an old one; where the provider gives no new refresh token, the old one stays good.

    Raises:
        GrantLost: the provider refuses.
        NotNow: the provider could not be asked.
    """
    spoken = WebApplicationClient(client.client_id)
    body = spoken.prepare_refresh_body(
        refresh_token=token, client_id=client.client_id, client_secret=client.client_secret
    )
    tokens = _tokens(spoken, client.token_url, body, at)
    return tokens if tokens.refresh else Tokens(tokens.access, token, tokens.expires_at)


def _tokens(spoken: Any, url: str, body: str, at: datetime) -> Tokens:
    answer = _answer(url, body)
    try:
        given = spoken.parse_request_body_response(answer.text)
    except OAuth2Error as refused:
        why = refused.description or refused.error or str(refused)
        raise GrantLost(str(why)[:300]) from refused
    except ValueError as odd:
        raise NotNow(f"it answered {answer.status_code} and no tokens") from odd
    seconds = given.get("expires_in")
    life = timedelta(seconds=int(seconds)) if seconds else USUAL_LIFE
    return Tokens(given["access_token"], given.get("refresh_token", ""), at + life)


def _answer(url: str, body: str) -> requests.Response:
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        answer = requests.post(
            url, data=body, headers=form, timeout=TIMEOUT_SECONDS, allow_redirects=False
        )
    except requests.RequestException as trouble:
        raise NotNow(str(trouble)[:300]) from trouble
    if answer.status_code >= 500:
        raise NotNow(f"it answered {answer.status_code}")
    return answer
