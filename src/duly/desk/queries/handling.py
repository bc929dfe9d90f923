"""What agents may do further to a ticket, and what was done: milestones, clauses, tags, who follows, where it went."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.access.actor import Actor
from duly.desk.queries.around import Agent, Around
from duly.desk.queries.escalation import Rise, rises
from duly.desk.queries.links import Linked, links_of
from duly.desk.queries.reading import Reading
from duly.desk.tickets.kinds import MILESTONES


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the policy by which a ticket may be found outside the agreement, in the policy's words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """`reasons` are what may be waited for besides the customer; `spendable` names the allowances that count minutes.

    `merged_into` is the number of the ticket it went on in.
    """

    marks: tuple[str, ...]
    reasons: tuple[str, ...]
    clauses: tuple[Clause, ...]
    spendable: tuple[str, ...]
    tags: tuple[str, ...]
    followers: tuple[Agent, ...]
    is_followed: bool
    excluded_by: str
    merged_into: int | None
    snoozed_until: datetime | None
    rises: tuple[Rise, ...]
    links: tuple[Linked, ...]


def handling(actor: Actor, reading: Reading, around: Around) -> Handling:
    """Gather it from a ticket that was read and what stands around it. No statement; one where it is linked."""
    row, terms = reading.row, reading.current_terms
    exclusions = terms.exclusions if terms else frozenset()
    counted = terms.allowances.items() if terms else ()
    return Handling(
        marks=tuple(sorted(MILESTONES | (terms.marks if terms else frozenset()))),
        reasons=("third_party", *sorted(terms.waiting_reasons if terms else ())),
        clauses=tuple(
            Clause(each["key"], each.get("text", ""))
            for each in around.clauses
            if each["key"] in exclusions
        ),
        spendable=tuple(name for name, each in counted if each.counts == "minutes"),
        tags=around.tags,
        followers=around.followers,
        is_followed=actor.person_id in {one.id for one in around.followers},
        excluded_by=row.excluded_by,
        merged_into=around.merged_into,
        snoozed_until=row.snoozed_until,
        rises=rises(actor, reading),
        links=links_of(actor, row.pk) if _is_linked(reading) else (),
    )


def _is_linked(reading: Reading) -> bool:
    """Whether it ever was, as far as the reader may know."""
    return any(event.kind == "linked" for event in reading.events)
