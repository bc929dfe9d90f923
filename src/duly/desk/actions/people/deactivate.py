"""Let somebody in no longer, and let them in again; what they did stays theirs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_people, may_manage_roles
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions.people.roles import must_leave_somebody
from duly.desk.people.person import Person
from duly.desk.people.role import Grant, Role


@transaction.atomic
def deactivate(*, actor: Actor, person_id: int, at: datetime) -> Person:
    """End somebody's access everywhere at once; their open tickets stay assigned, and are shown as such.

    Raises:
        NotFound: the actor may not, or there is no such person.
        NotPossible: nobody would be left who gives roles.
    """
    return _set(actor, person_id, is_active=False, at=at)


@transaction.atomic
def reactivate(*, actor: Actor, person_id: int, at: datetime) -> Person:
    """Let somebody in again, with the roles they had.

    Raises:
        NotFound: the actor may not, or there is no such person.
    """
    return _set(actor, person_id, is_active=True, at=at)


def _set(actor: Actor, person_id: int, *, is_active: bool, at: datetime) -> Person:
    list(Role.objects.select_for_update().order_by("pk"))  # one change of who may do what at a time
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    require(may_manage_people(actor) and person is not None)
    assert person is not None
    if Grant.objects.filter(person=person).exists():
        require(may_manage_roles(actor), sees=True, to=_("change who works here"))
    if person.is_active != is_active:
        person.is_active = is_active
        person.save(update_fields=["is_active"])
        must_leave_somebody()
        act = "person_reactivated" if is_active else "person_deactivated"
        audit(act, actor=actor, at=at, subject=person)
    return person
