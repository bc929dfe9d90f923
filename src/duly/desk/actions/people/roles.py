"""Give and take roles on the desk's side."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_roles
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.errors import NotPossible
from duly.desk.people.person import Person
from duly.desk.people.role import Grant, Right, Role


@transaction.atomic
def give_role(*, actor: Actor, person_id: int, role: str, at: datetime) -> None:
    """Give somebody a role; one that they hold already stays as it is.

    Raises:
        NotFound: the actor may not, or there is no such person or role.
    """
    person, given = _both(actor, person_id, role)
    _, is_new = Grant.objects.get_or_create(person=person, role=given)
    if is_new:
        audit("role_given", actor=actor, at=at, subject=person, role=role)


@transaction.atomic
def take_role(*, actor: Actor, person_id: int, role: str, at: datetime) -> None:
    """Take a role from somebody.

    Raises:
        NotFound: the actor may not, or there is no such person or role.
        NotPossible: nobody would be left who gives roles.
    """
    person, taken = _both(actor, person_id, role)
    if Grant.objects.filter(person=person, role=taken).delete()[0]:
        must_leave_somebody()
        audit("role_taken", actor=actor, at=at, subject=person, role=role)


def must_leave_somebody() -> None:
    """Refuse to leave a desk without anybody who can give roles.

    Raises:
        NotPossible: nobody would be left.
    """
    holders = Grant.objects.filter(
        person__is_active=True, role__rights__contains=[Right.MANAGE_ROLES]
    )
    if not holders.exists():
        raise NotPossible(
            _("Nobody would be left who can give roles. Give that to somebody else first.")
        )


def _both(actor: Actor, person_id: int, role: str) -> tuple[Person, Role]:
    # Roles are changed one after another, so that two administrators cannot both be the last to leave.
    given = Role.objects.select_for_update().filter(key=role).first()
    person = Person.objects.filter(pk=person_id).first()
    require(may_manage_roles(actor) and given is not None and person is not None)
    assert given is not None
    assert person is not None
    return person, given
