"""What agents may do further to a ticket, and what was done: milestones, clauses, tags, who follows, where it went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.fields.json import KeyTransform

from duly.desk.access.actor import Actor
from duly.desk.queries.escalation import Rise, rises
from duly.desk.queries.reading import Reading
from duly.desk.tickets.kinds import MILESTONES
from duly.desk.tickets.tag import Follower, Tagging
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the policy by which a ticket may be found outside the agreement, in the policy's words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """`spendable` names the allowances that count minutes; `merged_into` is the number of the ticket it went on in."""

    marks: tuple[str, ...]
    clauses: tuple[Clause, ...]
    spendable: tuple[str, ...]
    tags: tuple[str, ...]
    is_followed: bool
    excluded_by: str
    merged_into: int | None
    snoozed_until: datetime | None
    rises: tuple[Rise, ...]


def handling(actor: Actor, reading: Reading) -> Handling:
    """Read it for a ticket that was read. One statement."""
    row, terms = reading.row, reading.current_terms
    tags, is_followed, into, clauses = _around(row, actor)
    exclusions = terms.exclusions if terms else frozenset()
    counted = terms.allowances.items() if terms else ()
    return Handling(
        marks=tuple(sorted(MILESTONES | (terms.marks if terms else frozenset()))),
        clauses=tuple(
            Clause(each["key"], each.get("text", ""))
            for each in clauses or ()
            if each["key"] in exclusions
        ),
        spendable=tuple(name for name, each in counted if each.counts == "minutes"),
        tags=tuple(tags),
        is_followed=is_followed,
        excluded_by=row.excluded_by,
        merged_into=into,
        snoozed_until=row.snoozed_until,
        rises=rises(actor, reading),
    )


def _around(row: Ticket, actor: Actor) -> tuple[list[str], bool, int | None, Any]:
    tags = Tagging.objects.filter(ticket=OuterRef("pk")).order_by("tag__name").values("tag__name")
    follows = Follower.objects.filter(ticket=OuterRef("pk"), person=actor.person_id)
    found: tuple[list[str], bool, int | None, Any] = (
        Ticket.objects.annotate(tag_names=ArraySubquery(tags), follows=Exists(follows))
        .values_list(
            "tag_names",
            "follows",
            F("merged_into__number"),
            KeyTransform("clauses", "binding__version__document"),
        )
        .get(pk=row.pk)
    )
    return found
