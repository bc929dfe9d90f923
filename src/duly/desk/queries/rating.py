"""What a requester is asked once their ticket is resolved, and what they said of it."""

from dataclasses import dataclass

from duly.desk.access.actor import Actor, actor_for
from duly.desk.access.tickets import may_rate
from duly.desk.errors import NotFound
from duly.desk.people.person import Person
from duly.desk.tickets.rating import Rating, Verdict, read_rating_key
from duly.desk.tickets.ticket import Status, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What was said, if anything was, and whether the reader may say it now, or say it otherwise."""

    verdict: str
    words: str
    is_open: bool

    @property
    def is_good(self) -> bool:
        """Whether the help was found good."""
        return self.verdict == Verdict.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question as a letter's key opens it: to its person, about its ticket."""

    actor: Actor
    language: str
    ticket_id: int
    number: int
    subject: str
    rated: Rated


def rated(actor: Actor, row: Ticket) -> Rated:
    """What was said of a ticket, and what this actor may do about it. One statement."""
    found = Rating.objects.filter(ticket=row).first()
    ready = not row.is_unfinished and row.merged_into_id is None
    is_final = found is not None and row.status == Status.CLOSED
    return Rated(
        verdict=found.verdict if found else "",
        words=found.words if found else "",
        is_open=ready and not is_final and may_rate(actor, row),
    )


def asked(key: str) -> Asked:
    """Find whom and what a key was made for.

    Raises:
        NotFound: this desk did not make it, or its person no longer sees the ticket.
    """
    read = read_rating_key(key)
    person = Person.objects.filter(pk=read[1]).first() if read else None
    row = Ticket.objects.filter(pk=read[0]).first() if read else None
    if person is None or row is None:
        raise NotFound
    actor = actor_for(person, via="mail")
    if not may_rate(actor, row):
        raise NotFound
    return Asked(
        actor=actor,
        language=person.language,
        ticket_id=row.pk,
        number=row.number,
        subject=row.subject,
        rated=rated(actor, row),
    )
