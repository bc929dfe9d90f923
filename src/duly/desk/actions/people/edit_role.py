"""Make roles, change what they allow, and give up those that nobody holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_manage_roles
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.actions._taken import unless_taken
from duly.desk.actions.people.roles import must_leave_somebody
from duly.desk.errors import Invalid, NotPossible
from duly.desk.people.naming import sound_name, taken
from duly.desk.people.organisation import Membership
from duly.desk.people.role import CUSTOMER_RIGHTS, Right, Role
from duly.desk.people.standard_roles import STANDARD_ROLES


@transaction.atomic
def make_role(
    *,
    actor: Actor,
    name: str,
    rights: Sequence[str],
    at: datetime,
    asks_second_factor: bool = False,
) -> Role:
    """Make a role for the desk's people, or for contacts; its key is made of its name and stays.

    Raises:
        NotFound: the actor may not.
        Invalid: the name is empty, too long or taken, or the rights are none, unknown or of both sides.
    """
    require(may_manage_roles(actor))
    row = Role(name=_free(name, None), rights=_sound(rights), asks_second_factor=asks_second_factor)
    row.key = _key(row.name)
    with unless_taken(taken(row.name), field="name"):
        row.save()
    audit("role_made", actor=actor, at=at, subject=row, **_facts(row))
    return row


@transaction.atomic
def change_role(
    *,
    actor: Actor,
    role: str,
    name: str,
    rights: Sequence[str],
    at: datetime,
    asks_second_factor: bool = False,
) -> Role:
    """Change the name of a role and what it allows, at once for everybody who holds it; a second factor is asked for
    at their next sign-in.

    Raises:
        NotFound: the actor may not, or there is no such role.
        Invalid: the name is empty, too long or taken, or the rights are none, unknown or of another side than before.
        NotPossible: nobody would be left who gives roles.
    """
    row = _locked(actor, role)
    row.name, row.rights = _free(name, row), _sound(rights, before=row.rights)
    row.asks_second_factor = asks_second_factor
    row.save(update_fields=["name", "rights", "asks_second_factor"])
    must_leave_somebody()
    audit("role_changed", actor=actor, at=at, subject=row, **_facts(row))
    return row


@transaction.atomic
def drop_role(*, actor: Actor, role: str, at: datetime) -> None:
    """Give a role up.

    Raises:
        NotFound: the actor may not, or there is no such role.
        NotPossible: somebody holds it, or every desk has it.
    """
    row = _locked(actor, role)
    if row.key in STANDARD_ROLES:
        raise NotPossible(_("Every desk has this role. Take rights from it, or rename it."))
    if row.grants.exists() or Membership.objects.filter(role=row).exists():
        raise NotPossible(_("Somebody holds this role. Give them another one first."))
    audit("role_dropped", actor=actor, at=at, subject=row, role=row.key)
    row.delete()


def _facts(row: Role) -> dict[str, str | bool | list[str]]:
    return {
        "role": row.key,
        "rights": row.rights,
        "asks_second_factor": row.asks_second_factor,
    }


def _locked(actor: Actor, role: str) -> Role:
    # All roles, so that two administrators cannot both take the right to give roles from the other's.
    rows = {row.key: row for row in Role.objects.select_for_update().order_by("pk")}
    require(may_manage_roles(actor) and role in rows)
    return rows[role]


def _sound(rights: Sequence[str], before: Iterable[str] = ()) -> list[str]:
    given = sorted(set(rights))
    if not given or not set(given) <= {right.value for right in Right}:
        raise Invalid(_("Choose at least one right."), field="rights")
    if any(_is_customers(right) != _is_customers(given[0]) for right in (*given, *before)):
        raise Invalid(
            _("A role is for the desk's own people or for customers, not for both."), field="rights"
        )
    return given


def _is_customers(right: str) -> bool:
    return right in CUSTOMER_RIGHTS


def _free(name: str, row: Role | None) -> str:
    name = sound_name(name, Role)
    if Role.objects.filter(name=name).exclude(pk=row.pk if row else 0).exists():
        raise Invalid(taken(name), field="name")
    return name


def _key(name: str) -> str:
    base = slugify(name)[:40] or "role"
    taken = set(Role.objects.values_list("key", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (base, *numbered) if key not in taken)
