"""Why a promise is due when it is due: the sum, interval by interval."""

from dataclasses import dataclass
from datetime import datetime

from duly.core.clock.values import Kind
from duly.desk.access.actor import Actor
from duly.desk.errors import NotFound
from duly.desk.queries.promise import Promise
from duly.desk.queries.reading import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A promise with the sum behind it."""

    number: int
    subject: str
    promise: Promise


def why(actor: Actor, number: int, kind: Kind, cycle: int, at: datetime) -> Why:
    """Explain one promise of a ticket that the actor sees.

    Raises:
        NotFound: there is no such ticket for this actor, or no such clock on it.
    """
    reading = read(actor, number, at)
    for promise in reading.promises:
        if (promise.kind, promise.cycle) == (kind, cycle):
            return Why(number=number, subject=reading.row.subject, promise=promise)
    raise NotFound
