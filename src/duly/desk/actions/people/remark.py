"""Leave a remark about an organisation or a person, remove it, and put it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.people import (
    may_remark,
    may_remove_remark,
    organisations_visible_to,
    people_visible_to,
)
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.people.remark import Remark
from duly.desk.tickets.words import body


@transaction.atomic
def leave_remark(
    *,
    actor: Actor,
    text: str,
    at: datetime,
    organisation_id: int | None = None,
    person_id: int | None = None,
) -> Remark:
    """Leave a remark about one of the two, which agents alone read.

    Raises:
        NotFound: the actor may not, or there is no such organisation or person.
        Invalid: it is empty or too long.
    """
    about = (
        organisations_visible_to(actor).filter(pk=organisation_id)
        if organisation_id is not None
        else people_visible_to(actor).filter(pk=person_id or 0)
    )
    require(may_remark(actor) and about.exists())
    remark = Remark.objects.create(
        organisation_id=organisation_id,
        person_id=None if organisation_id is not None else person_id,
        author_id=actor.speaker_id,
        text=body(text),
        written_at=at,
    )
    audit("remark_left", actor=actor, at=at, subject=remark)
    return remark


def remove_remark(*, actor: Actor, remark_id: int, at: datetime) -> Remark:
    """Remove a remark; it can be put back.

    Raises:
        NotFound, NotAllowed: the actor may not, or there is none.
    """
    return _set(actor, remark_id, at, removed_at=at)


def put_remark_back(*, actor: Actor, remark_id: int, at: datetime) -> Remark:
    """Put a removed remark back.

    Raises:
        NotFound, NotAllowed: the actor may not, or there is none.
    """
    return _set(actor, remark_id, at, removed_at=None)


@transaction.atomic
def _set(actor: Actor, remark_id: int, at: datetime, *, removed_at: datetime | None) -> Remark:
    remark = Remark.objects.select_for_update().filter(pk=remark_id).first()
    require(may_remark(actor) and remark is not None)
    assert remark is not None
    require(
        may_remove_remark(actor, remark.author_id),
        sees=True,
        to=_("remove what somebody else wrote"),
    )
    remark.removed_at = removed_at
    remark.save(update_fields=["removed_at"])
    act = "remark_removed" if removed_at else "remark_put_back"
    audit(act, actor=actor, at=at, subject=remark)
    return remark
