"""Say how long one may take back what one sends."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.errors import Invalid, NotFound
from duly.desk.people.person import Person

OFFERED = (0, 5, 10, 20, 30)
"""Seconds; whoever is asked something would rather not wait longer."""


def undo_seconds(person: Person) -> int:
    """How long somebody's replies wait: as they chose, else as the desk does."""
    return settings.DULY_UNDO_SECONDS if person.undo_seconds is None else person.undo_seconds


@transaction.atomic
def set_undo_time(*, actor: Actor, seconds: int, at: datetime) -> None:
    """Keep for how long the actor's own replies wait before they leave.

    Raises:
        NotFound: nobody of the desk is signed in.
        Invalid: that time is not on offer.
    """
    if actor.person_id is None or not actor.is_agent:
        raise NotFound
    if seconds not in OFFERED:
        raise Invalid(_("Choose one of the times on offer."), field="seconds")
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    person.undo_seconds = seconds
    person.save(update_fields=["undo_seconds"])
    audit("undo_time_set", actor=actor, at=at, subject=person, seconds=seconds)
