"""Remember a sign-in."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor, Via
from duly.desk.actions._audit import audit
from duly.desk.people.person import Person


@transaction.atomic
def signed_in(*, person: Person, how: str, via: Via, at: datetime) -> None:
    """Write a sign-in into the audit; `how` names the method, e.g. ``password`` or ``passkey``."""
    audit("signed_in", actor=Actor(person_id=person.pk, via=via), at=at, subject=person, how=how)
