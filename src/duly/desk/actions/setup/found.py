"""Found a desk: the standard roles and its first administrator."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import the_desk
from duly.desk.actions._audit import audit
from duly.desk.actions.people._person import new_person
from duly.desk.errors import NotPossible
from duly.desk.people.person import Person
from duly.desk.people.role import Grant, Role
from duly.desk.people.standard_roles import ADMINISTRATOR, STANDARD_ROLES

_ONE_FOUNDING = 0x0D1E5C0F
"""The advisory lock under which a desk is founded, so that two attempts at once found one."""


@transaction.atomic
def found(
    *, email: str, name: str, password: str | None, at: datetime, zone: str = "UTC"
) -> Person:
    """Make the roles and the first administrator of an empty desk. Without a password they set one by mail.

    Raises:
        NotPossible: the desk has people already.
        Invalid: the address or the zone is none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_FOUNDING])
    if Person.objects.exists():
        raise NotPossible(_("This desk has people already. Ask its administrator to invite you."))
    for key, role in STANDARD_ROLES.items():
        Role.objects.create(key=key, name=role.name, rights=sorted(role.rights))
    person = new_person(email=email, name=name, zone=zone, language="en", at=at)
    if password is not None:
        person.set_password(password)
        person.save(update_fields=["password"])
    Grant.objects.create(person=person, role=Role.objects.get(key=ADMINISTRATOR))
    audit("desk_founded", actor=the_desk("cli"), at=at, subject=person)
    return person
