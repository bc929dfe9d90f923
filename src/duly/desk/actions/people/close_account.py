"""Close an organisation's account, and open it again; its tickets and promises stay."""

from datetime import datetime

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.people._organisation import take
from duly.desk.people.organisation import Organisation


@transaction.atomic
def close_account(*, actor: Actor, organisation_id: int, at: datetime) -> Organisation:
    """Let the people of an organisation in no longer in its name.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
    """
    return _set(actor, organisation_id, is_active=False, at=at)


@transaction.atomic
def reopen_account(*, actor: Actor, organisation_id: int, at: datetime) -> Organisation:
    """Let them in again, with the places they had.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
    """
    return _set(actor, organisation_id, is_active=True, at=at)


def _set(actor: Actor, organisation_id: int, *, is_active: bool, at: datetime) -> Organisation:
    row = take(organisation_id, actor, by_the_desk=True)
    if row.is_active != is_active:
        row.is_active = is_active
        row.save(update_fields=["is_active"])
        act = "account_reopened" if is_active else "account_closed"
        audit(act, actor=actor, at=at, subject=row)
    return row
