"""Remember a sign-in, one that was refused, and that other devices were signed out."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor, Via
from duly.desk.actions._audit import audit
from duly.desk.people.person import Person


@transaction.atomic
def signed_in(*, person: Person, how: str, via: Via, at: datetime) -> None:
    """Write a sign-in into the audit; `how` names the method, e.g. ``password`` or ``passkey``."""
    audit("signed_in", actor=Actor(person_id=person.pk, via=via), at=at, subject=person, how=how)


@transaction.atomic
def sign_in_refused(*, person: Person, how: str, via: Via, at: datetime) -> None:
    """Write into the audit that somebody did not get in as this person; `how` names what was wrong."""
    audit("sign_in_refused", actor=Actor(person_id=None, via=via), at=at, subject=person, how=how)


@transaction.atomic
def signed_out_elsewhere(*, person: Person, sessions: int, via: Via, at: datetime) -> None:
    """Write into the audit that somebody ended their other sessions."""
    actor = Actor(person_id=person.pk, via=via)
    audit("signed_out_elsewhere", actor=actor, at=at, subject=person, sessions=sessions)
