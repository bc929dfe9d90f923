"""A ticket as its customer sees it: the same promises, the public words, nothing internal."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.access import tickets as access
from duly.desk.access.actor import Actor
from duly.desk.errors import NotFound
from duly.desk.queries.allowances import Covered, covered
from duly.desk.queries.attachments import files_of
from duly.desk.queries.entries import Entry, entries
from duly.desk.queries.escalation import Rise, rises
from duly.desk.queries.exclusion import Exclusion, exclusion
from duly.desk.queries.fields import Filled, shown_to_customer
from duly.desk.queries.level import Level, level_of, levels_of
from duly.desk.queries.promise import Promise
from duly.desk.queries.rating import Rated, rated
from duly.desk.queries.reading import Reading, read
from duly.desk.queries.told import Told, told
from duly.desk.tickets.draft import Draft, DraftOf
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTicket:
    """What the customer sees. `may` holds the verbs that are open to this person now."""

    id: int
    number: int
    sequence: int
    subject: str
    status: str
    waiting_on: str
    is_merged: bool
    closes_at: datetime | None
    organisation: str
    requester: str
    plan: str
    priority_label: str
    level: Level | None
    levels: tuple[Level, ...]
    opened_at: datetime
    promises: tuple[Promise, ...]
    rises: tuple[Rise, ...]
    covered: tuple[Covered, ...]
    exclusion: Exclusion | None
    told: tuple[Told, ...]
    fields: tuple[Filled, ...]
    entries: tuple[Entry, ...]
    draft: str
    rated: Rated
    may: frozenset[str]


def customer_ticket(actor: Actor, number: int, at: datetime) -> CustomerTicket:
    """Read the screen. Six statements, however long the conversation.

    Raises:
        NotFound: there is no such ticket, or the actor is not on the customer's side of it.
    """
    reading = read(actor, number, at)
    row = reading.row
    if not access.is_customer_of(actor, row):
        raise NotFound
    messages = Message.objects.filter(ticket=row).select_related("author")
    draft = Draft.objects.filter(ticket=row, person=actor.person_id, of=DraftOf.REPLY.value)
    return CustomerTicket(
        id=row.pk,
        number=row.number,
        sequence=row.sequence,
        subject=row.subject,
        status=row.status,
        waiting_on=row.waiting_on,
        is_merged=row.merged_into_id is not None,
        closes_at=row.closes_at,
        organisation=row.organisation.name if row.organisation else "",
        requester=str(row.requester),
        plan=row.binding.plan_name if row.binding else "",
        priority_label=reading.priority_label,
        level=level_of(reading.current_terms, row.priority),
        levels=_choosable(actor, reading),
        opened_at=row.opened_at,
        promises=reading.promises,
        rises=rises(actor, reading),
        covered=covered(reading, at),
        exclusion=exclusion(reading),
        told=told(row),
        fields=shown_to_customer(row),
        entries=entries(
            reading.events,
            messages,
            names=reading.names,
            files=files_of(row.pk, internal=False),
            internal=False,
        ),
        rated=rated(actor, row),
        draft=draft.values_list("text", flat=True).first() or "",
        may=_open_verbs(row.status),
    )


def _choosable(actor: Actor, reading: Reading) -> tuple[Level, ...]:
    """The levels that the customer may set the priority to; none where it is not theirs to say, or no longer."""
    row, terms = reading.row, reading.current_terms
    if terms is None or not row.is_unfinished or not access.may_prioritise(actor, row):
        return ()
    return levels_of(terms)


def _open_verbs(status: str) -> frozenset[str]:
    """A closed ticket takes no more words; an unfinished one may be resolved, a resolved one reopened by replying."""
    if status == Status.CLOSED:
        return frozenset()
    return frozenset({"reply"} if status == Status.RESOLVED else {"reply", "resolve"})
