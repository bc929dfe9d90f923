"""What a provider keeps for us at its own server: fetched over an encrypted connection, within limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from duly.channels.mail_in import limits

TIMEOUT_SECONDS = 10.0
CHUNK_BYTES = 64 * 1024


class NotFetched(Exception):
    """It could not be had now; whoever announced it is to announce it again."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there."""

    content: bytes
    media_type: str


def fetched(url: str, headers: Mapping[str, str] | None = None) -> Fetched:
    """Fetch it. Nobody is sent on to another address, for `headers` hold keys.

    Raises:
        NotFetched: the address is not protected, its server is away, refuses, or gives more than a mail may be.
    """
    where = urlsplit(url)
    if where.scheme != "https":
        raise NotFetched(f"{where.hostname}: not an address that begins with https://")
    try:
        with requests.get(
            url, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise NotFetched(f"{where.hostname} answered {answer.status_code}")
            content = bytearray()
            for chunk in answer.iter_content(CHUNK_BYTES):
                content += chunk
                if len(content) > limits.BYTES:
                    raise NotFetched(f"{where.hostname} gives more than a mail may be")
    except requests.RequestException as trouble:
        raise NotFetched(f"{where.hostname}: {type(trouble).__name__}") from trouble
    return Fetched(bytes(content), answer.headers.get("Content-Type", ""))
