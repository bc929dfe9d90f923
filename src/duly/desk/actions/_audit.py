"""The door's sister: what is done to the desk itself is written into the audit here."""

from datetime import datetime

from django.db import connection
from django.db.models import Model

from duly.desk.access.actor import Actor
from duly.desk.setup.audit import AuditEntry


def audit(
    act: str,
    *,
    actor: Actor,
    at: datetime,
    subject: Model,
    **facts: str | int | bool | list[str] | None,
) -> None:
    """Write that somebody did something to the desk, in the transaction in which it was done.

    Facts are ids and values: no secrets, and nothing about people that would have to be erased.
    """
    assert connection.in_atomic_block, "an act and its audit are one transaction"
    AuditEntry.objects.create(
        at=at,
        act=act,
        person_id=actor.person_id,
        via=actor.via,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        facts=facts,
    )
