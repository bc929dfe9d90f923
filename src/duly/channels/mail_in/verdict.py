"""Whether our own receiving server vouches that a mail comes from the domain in its From (RFC 8601, RFC 7489).

Anybody can write the header; only the topmost one that bears our server's name is believed, and whatever is not
understood counts as no verdict.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"([a-z][a-z0-9-]*)(?:/\d+)?=([a-z]+)((?:\s+[a-z]+\.[a-z0-9.-]+=\S+)*)")
_PROPERTY = re.compile(r"([a-z]+\.[a-z0-9.-]+)=(\S+)")
_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z0-9-]+\Z")


class Verdict(StrEnum):
    """`passed`: the domain of the From vouches for the mail. `failed`: it disowns it. `none`: nobody says."""

    PASSED = "passed"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Result:
    method: str
    outcome: str
    properties: Mapping[str, str]


def verdict(headers: Iterable[str], server: str, sender: str) -> Verdict:
    """Read the Authentication-Results (topmost first) for a sender's address; `server` is our server's name in them."""
    own = next((results for name, results in map(_split, headers) if name == server.lower()), None)
    domain = sender.rpartition("@")[2].lower()
    if not own or not server or not _DOMAIN.match(domain):
        return Verdict.NONE
    found = [_result(text) for text in own]
    for result in found:
        if result and result.method == "dmarc" and _is_for(result, domain):
            if result.outcome == "pass":
                return Verdict.PASSED
            if result.outcome in ("fail", "reject", "quarantine"):
                return Verdict.FAILED
    vouched = any(result and _vouches(result, domain) for result in found)
    return Verdict.PASSED if vouched else Verdict.NONE


def server_of(header: str) -> str:
    """How the server that wrote an Authentication-Results calls itself; empty when it cannot be told."""
    return _split(header)[0]


def _split(header: str) -> tuple[str, list[str]]:
    """The name of the server that wrote the header, and its results."""
    plain = _QUOTED.sub(" ", header)
    while (shorter := _COMMENT.sub(" ", plain)) != plain:
        plain = shorter
    if any(sign in plain for sign in '"()'):
        return "", []  # not closed: what is inside and what is outside cannot be told
    name, *results = plain.lower().split(";")
    words = name.split()
    return (words[0] if words else "", [result.strip() for result in results])


def _result(text: str) -> _Result | None:
    match = _RESULT.fullmatch(text)
    if match is None:
        return None
    method, outcome, properties = match.groups()
    return _Result(method, outcome, dict(_PROPERTY.findall(properties)))


def _is_for(result: _Result, domain: str) -> bool:
    """A DMARC result speaks of the domain in the From; some servers leave it out."""
    return result.properties.get("header.from", domain) == domain


def _vouches(result: _Result, domain: str) -> bool:
    """A signature or a sending server of the very domain: stricter than DMARC, which also takes its relatives."""
    if result.outcome != "pass":
        return False
    if result.method == "dkim":
        return result.properties.get("header.d", "") == domain
    if result.method == "spf":
        return result.properties.get("smtp.mailfrom", "").rpartition("@")[2] == domain
    return False
