"""The sheet of a batch: what was done to how many tickets, and where it was not, why."""

from dataclasses import dataclass

from duly.desk.access.actor import Actor
from duly.desk.access.batches import may_see_batch
from duly.desk.access.tickets import visible_to
from duly.desk.errors import NotFound
from duly.desk.tickets.batch import Batch


@dataclass(frozen=True, slots=True)
class Refused:
    """A ticket on which it could not be done; without a number it is none that the actor sees."""

    number: int | None
    subject: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`done` and `undone` count tickets; `kept` lists those on which it could not be taken back."""

    id: int
    verb: str
    done: int
    refused: tuple[Refused, ...]
    undone: int
    kept: tuple[Refused, ...]


def sheet(actor: Actor, batch_id: int) -> Sheet:
    """Read the sheet. Two statements.

    Raises:
        NotFound: there is no such batch, or it is somebody else's.
    """
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None or not may_see_batch(actor, batch):
        raise NotFound
    rows = visible_to(actor).filter(pk__in=batch.tickets).values_list("pk", "number", "subject")
    named = {pk: (number, subject) for pk, number, subject in rows}

    def told(ticket_id: int, why: str) -> Refused:
        number, subject = named.get(ticket_id, (None, ""))
        return Refused(number, subject, why)

    found = [(pk, batch.outcomes.get(str(pk), {})) for pk in batch.tickets]
    return Sheet(
        id=batch.pk,
        verb=batch.verb,
        done=sum("sequence" in outcome for _, outcome in found),
        refused=tuple(told(pk, outcome["why"]) for pk, outcome in found if "why" in outcome),
        undone=sum(outcome.get("back") == "" for _, outcome in found),
        kept=tuple(told(pk, outcome["back"]) for pk, outcome in found if outcome.get("back")),
    )
