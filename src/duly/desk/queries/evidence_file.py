"""The evidence of a ticket as a JSON file, with keys that other people's tools rely on (docs/evidence.md)."""

from datetime import datetime
from typing import Any, TypeAlias

from duly.core import instant
from duly.desk.queries.evidence import Act, Agreement, Evidence, Proof
from duly.policy.cases.explanation import explanation_json

SCHEMA = 1
"""Rises when a key changes its meaning or goes; a new key leaves it as it is."""

Plain: TypeAlias = dict[str, Any]


def evidence_json(evidence: Evidence) -> Plain:
    """Write everything; instants as text in UTC, whole seconds."""
    return {
        "schema": SCHEMA,
        "at": _text(evidence.at),
        "ticket": {
            "number": evidence.number,
            "subject": evidence.subject,
            "organisation": evidence.organisation or None,
            "channel": evidence.channel,
            "status": evidence.status,
            "opened_at": _text(evidence.opened_at),
        },
        "terms": {agreement.key: _agreement(agreement) for agreement in evidence.agreements},
        "events": [_event(act) for act in evidence.acts],
        "clocks": [_clock(proof) for proof in evidence.proofs],
    }


def _agreement(agreement: Agreement) -> Plain:
    return {
        "policy": agreement.policy,
        "version": agreement.version,
        "sha256": agreement.sha256,
        "plan": agreement.plan,
        "from_at": _text(agreement.from_at),
    }


def _event(act: Act) -> Plain:
    return {
        "sequence": act.sequence,
        "at": _text(act.at),
        "received_at": None if act.received_at is None else _text(act.received_at),
        "event": act.kind,
        "facts": dict(act.facts),
        "who": act.who or None,
        "via": act.via,
    }


def _clock(proof: Proof) -> Plain:
    stored = {
        name: _text(value) if isinstance(value, datetime) else value
        for name, value in proof.recorded.items()
    }
    terms = proof.explained.clock.terms
    return {**explanation_json(proof.explained), "terms": terms, "recorded": stored}


def _text(at: datetime) -> str:
    return instant.text(instant.from_datetime(at))
