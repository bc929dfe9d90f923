"""Remarks about an organisation or a person, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.access.actor import Actor
from duly.desk.access.people import may_remark, may_remove_remark
from duly.desk.people.remark import Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """A remark; `may_remove` is for this reader."""

    id: int
    who: str
    at: datetime
    text: str
    may_remove: bool


def remarks(
    actor: Actor, *, organisation_id: int | None = None, person_id: int | None = None
) -> tuple[RemarkLine, ...]:
    """Those about one of the two; none for whoever may not read them."""
    if not may_remark(actor):
        return ()
    rows = Remark.objects.filter(organisation=organisation_id, person=person_id, removed_at=None)
    return tuple(
        RemarkLine(
            id=row.pk,
            who=str(row.author),
            at=row.written_at,
            text=row.text,
            may_remove=may_remove_remark(actor, row.author_id),
        )
        for row in rows.select_related("author").order_by("-written_at", "-pk")
    )
