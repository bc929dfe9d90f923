"""A ticket as agents work on it."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.access import tickets as access
from duly.desk.access.actor import Actor
from duly.desk.errors import NotFound
from duly.desk.queries.allowances import Covered, covered
from duly.desk.queries.around import Agent, Around, around
from duly.desk.queries.entries import Entry, entries
from duly.desk.queries.exclusion import Exclusion, exclusion
from duly.desk.queries.freshness import ticket_tag
from duly.desk.queries.handling import Handling, handling
from duly.desk.queries.level import Level, level_of, levels_of
from duly.desk.queries.promise import Promise
from duly.desk.queries.rating import Rated, rated
from duly.desk.queries.reading import Reading, read
from duly.desk.queries.unreached import Unreached, unreached
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.who_answers import stood_in_for

VERBS = {
    "reply": access.may_reply,
    "note": access.may_note,
    "assign": access.may_assign,
    "prioritise": access.may_prioritise,
    "progress": access.may_progress,
    "exclude": access.may_exclude,
    "merge": access.may_merge,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTicket:
    """What agents see. `may` holds the verbs that this agent has a right to."""

    id: int
    number: int
    sequence: int
    subject: str
    status: str
    waiting_on: str
    organisation_id: int | None
    organisation: str
    requester_id: int
    requester: str
    requester_email: str
    unreached: Unreached | None
    channel: str
    plan: str
    priority_label: str
    level: Level | None
    levels: tuple[Level, ...]
    opened_at: datetime
    closes_at: datetime | None
    assignee_id: int | None
    assignee: str
    is_stood_in_for: bool
    team_id: int | None
    agents: tuple[Agent, ...]
    promises: tuple[Promise, ...]
    entries: tuple[Entry, ...]
    covered: tuple[Covered, ...]
    around: Around
    handling: Handling
    exclusion: Exclusion | None
    rated: Rated
    may: frozenset[str]

    @property
    def tag(self) -> str:
        """How the page looks now; an open page asks whether it still does."""
        pending = self.around.pending
        does = {one.id: one.does for one in self.around.present}
        leaves = None if pending is None else pending.leaves_at is not None
        return ticket_tag(self.sequence, does, leaves)


def agent_ticket(actor: Actor, number: int, at: datetime) -> AgentTicket:
    """Read the screen. Six statements, however long the conversation, and one for each allowance that counts tickets.

    Raises:
        NotFound: there is no such ticket, or this actor does not see its inside.
    """
    reading = read(actor, number, at)
    row, terms = reading.row, reading.current_terms
    if not access.may_see_internal(actor, row):
        raise NotFound
    beside = around(actor, row, at)
    return AgentTicket(
        id=row.pk,
        number=row.number,
        sequence=row.sequence,
        subject=row.subject,
        status=row.status,
        waiting_on=row.waiting_on,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name if row.organisation else "",
        requester_id=row.requester_id,
        requester=str(row.requester),
        requester_email=row.requester.email,
        unreached=unreached(row.requester),
        channel=row.channel,
        plan=row.binding.plan_name if row.binding else "",
        priority_label=reading.priority_label,
        level=level_of(terms, row.priority),
        levels=levels_of(terms) if terms else (),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        assignee_id=row.assignee_id,
        assignee=str(row.assignee) if row.assignee else "",
        is_stood_in_for=row.is_unfinished and bool(stood_in_for([row], at)),
        team_id=row.team_id,
        agents=beside.agents,
        promises=reading.promises,
        entries=_entries(reading, beside),
        covered=covered(reading, at),
        around=beside,
        handling=handling(actor, reading, beside),
        exclusion=exclusion(reading),
        rated=rated(actor, row),
        may=frozenset(verb for verb, allows in VERBS.items() if allows(actor, row)),
    )


def _entries(reading: Reading, around: Around) -> tuple[Entry, ...]:
    return entries(
        reading.events,
        Message.objects.filter(ticket=reading.row).select_related("author"),
        Note.objects.filter(ticket=reading.row).select_related("author"),
        names={**reading.names, **around.names},
        files=around.files,
        mails=around.mails,
        internal=True,
    )
