"""One ticket with its history, read and folded once for whatever screen asks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.clock.values import Fold
from duly.core.events import Event as CoreEvent
from duly.core.events import Merged, Moved, Opened
from duly.core.terms import Terms
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import visible_to
from duly.desk.agreements.clauses import clause_text
from duly.desk.agreements.terms import terms_of
from duly.desk.errors import NotFound
from duly.desk.queries.level import levels_of
from duly.desk.queries.promise import Promise, promises_of
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import core_event
from duly.desk.tickets.ticket import Ticket

_RELATED = ("organisation", "requester", "assignee", "binding")
_OTHERS = {"merged": "into"} | dict.fromkeys(
    ("absorbed", "released", "split", "split_off", "unsplit"), "ticket"
)
_LINKS = frozenset({"linked", "unlinked"})
"""Events that name another ticket, and the fact that does."""
_HEAVY = ("binding__terms", "binding__made_from")
_LABEL = KeyTextTransform("label", KeyTransform("priorities", "binding__version__document"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A ticket that the actor sees. Rows stay inside queries; screens get values made of them."""

    row: Ticket
    events: tuple[Event, ...]
    history: tuple[CoreEvent, ...]
    terms: Mapping[str, Terms]
    """By binding, as the history names them."""
    fold: Fold | None
    """None without a subscription: then nothing is promised."""
    numbers: Mapping[int, int]
    """The numbers of the other tickets that the history names, by id."""

    @property
    def current_terms(self) -> Terms | None:
        """The terms that hold now; None without a subscription."""
        return self.terms.get(str(self.row.binding_id))

    @property
    def priority_label(self) -> str:
        """What the policy calls a priority, e.g. Severity; empty where it does not say."""
        return getattr(self.row, "priority_label", None) or ""

    @property
    def promises(self) -> tuple[Promise, ...]:
        """All promises, the most pressing first."""
        return promises_of(self.fold.clocks, self.fold.at) if self.fold else ()

    @property
    def names(self) -> dict[str, str]:
        """What keys in the facts of events are called."""
        terms = self.current_terms
        levels = levels_of(terms) if terms else ()
        names = {f"priority:{level.key}": level.name for level in levels}
        for fact in set(_OTHERS.values()):
            names |= {f"{fact}:{pk}": f"#{number}" for pk, number in self.numbers.items()}
        causes = {event.facts["cause"] for event in self.events if "cause" in event.facts}
        names |= {f"cause:{key}": clause_text(self.row.binding_id, key) for key in causes}
        return names


def ticket_id(actor: Actor, number: int) -> int:
    """The id of a ticket that the actor sees.

    Raises:
        NotFound: there is no such ticket, or none for this actor.
    """
    found = visible_to(actor).filter(number=number).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def ticket_ids(actor: Actor, numbers: Collection[int]) -> list[int]:
    """The ids of those of the tickets that the actor sees, in the order of their numbers."""
    found = visible_to(actor).filter(number__in=numbers).order_by("number")
    return list(found.values_list("pk", flat=True))


def read(actor: Actor, number: int, at: datetime) -> Reading:
    """Read and fold a ticket that the actor sees. Two statements, once its terms are loaded.

    Raises:
        NotFound: there is no such ticket, or none for this actor.
    """
    tickets = visible_to(actor).select_related(*_RELATED).defer(*_HEAVY)
    row = tickets.annotate(priority_label=_LABEL).filter(number=number).first()
    if row is None:
        raise NotFound
    events = tuple(Event.objects.filter(ticket=row).select_related("person"))
    history = tuple(core_history(events))
    bindings = {event.binding for event in history if isinstance(event, Opened | Moved)} - {""}
    terms = terms_of(bindings)
    folded = fold(history, terms, instant.from_datetime(at)) if bindings else None
    linked = _linked(events, actor)
    told = tuple(e for e in events if e.kind not in _LINKS or e.facts["ticket"] in linked)
    return Reading(row, told, history, terms, folded, {**_numbers(events), **linked})


def _numbers(events: Iterable[Event]) -> Mapping[int, int]:
    """Both tickets of a merge or split are one customer's, so whoever sees the one may know the other's number."""
    named = {int(each.facts[_OTHERS[each.kind]]) for each in events if each.kind in _OTHERS}
    if not named:
        return {}
    return dict(Ticket.objects.filter(pk__in=named).values_list("pk", "number"))


def _linked(events: Iterable[Event], actor: Actor) -> Mapping[int, int]:
    """The numbers of linked tickets that the actor sees; of others not even the link is told."""
    named = {each.facts["ticket"] for each in events if each.kind in _LINKS}
    if not named:
        return {}
    return dict(visible_to(actor).filter(pk__in=named).values_list("pk", "number"))


def core_history(events: Iterable[Event]) -> Iterable[CoreEvent]:
    """What a fold reads of the rows; a merge that was taken back counts as if it had never been."""
    told: list[CoreEvent] = []
    for event in events:
        if event.kind == "unmerged":
            told = [each for each in told if not isinstance(each, Merged)]
        read = core_event(event.kind, instant.from_datetime(event.at), event.facts)
        if read is not None:
            told.append(read)
    return told
