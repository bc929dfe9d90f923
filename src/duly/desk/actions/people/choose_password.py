"""Choose a password for oneself, or for somebody whom one brings in."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_roles
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.errors import NotFound
from duly.desk.people.person import Person


@transaction.atomic
def choose_password(*, actor: Actor, person_id: int, password: str, at: datetime) -> None:
    """Set a password; how good it must be is asked where it is typed. Sessions signed in with the old one end.

    Raises:
        NotFound: the actor may not, or there is no such person.
    """
    require(actor.person_id == person_id or may_manage_roles(actor))
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFound
    person.set_password(password)
    person.save(update_fields=["password"])
    audit("password_chosen", actor=actor, at=at, subject=person)
