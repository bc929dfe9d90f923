"""Say when an agent works, and when they are away."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_set_hours
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.errors import Invalid
from duly.desk.people.absence import Absence
from duly.desk.people.calendar import sound_calendar
from duly.desk.people.person import Person
from duly.desk.people.role import Grant


@transaction.atomic
def set_hours(*, actor: Actor, person_id: int, hours: Any, at: datetime) -> Person:
    """Set an agent's hours, a calendar in the words of the policy language with editions if it changes; None: not said.

    Raises:
        NotFound: the actor may not, or there is no such agent.
        Invalid: it is no calendar, or is never open.
    """
    person = _agent(actor, person_id)
    person.hours = None if hours is None else sound_calendar(hours)
    person.save(update_fields=["hours"])
    audit("hours_set", actor=actor, at=at, subject=person)
    return person


@transaction.atomic
def add_absence(
    *, actor: Actor, person_id: int, from_at: datetime, to_at: datetime, at: datetime
) -> Absence:
    """Note that an agent is away; why is nobody's business here.

    Raises:
        NotFound: the actor may not, or there is no such agent.
        Invalid: it ends before it begins, or is over.
    """
    person = _agent(actor, person_id)
    if to_at <= max(from_at, at):
        raise Invalid(_("Choose an end that lies ahead, and after the beginning."), field="to_at")
    absence = Absence.objects.create(person=person, from_at=from_at, to_at=to_at)
    audit("absence_added", actor=actor, at=at, subject=person, absence=absence.pk)
    return absence


@transaction.atomic
def cancel_absence(*, actor: Actor, absence_id: int, at: datetime) -> None:
    """Take an absence back.

    Raises:
        NotFound: the actor may not, or there is no such absence.
    """
    absences = Absence.objects.select_related("person").select_for_update(of=("self",))
    absence = absences.filter(pk=absence_id).first()
    require(absence is not None and may_set_hours(actor, absence.person_id))
    assert absence is not None
    absence.delete()
    audit("absence_cancelled", actor=actor, at=at, subject=absence.person, absence=absence_id)


def _agent(actor: Actor, person_id: int) -> Person:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    is_agent = Grant.objects.filter(person=person_id).exists()
    require(may_set_hours(actor, person_id) and person is not None and is_agent)
    assert person is not None
    return person
