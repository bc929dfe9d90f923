"""By which clause a ticket is outside its agreement, and what the customer said to that."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.agreements.clauses import clause_text
from duly.desk.queries.reading import Reading
from duly.desk.tickets.exclusion import newest_objection


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """The clause in the policy's own words; `objected_at` is None while nobody objected."""

    clause: str
    objected_at: datetime | None
    objector: str


def exclusion(reading: Reading) -> Exclusion | None:
    """Read it for a ticket that was read; None while the ticket is within. No statement, once the terms are loaded."""
    row = reading.row
    if not row.excluded_by:
        return None
    objected = newest_objection(reading.events)
    return Exclusion(
        clause=clause_text(row.binding_id, row.excluded_by),
        objected_at=objected.at if objected else None,
        objector=str(objected.person) if objected and objected.person else "",
    )
