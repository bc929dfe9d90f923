"""Do one thing to many tickets, one by one, through the ordinary action; take it back where there is a way."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.batches import may_act_on_many, may_see_batch
from duly.desk.access.require import require
from duly.desk.actions._record import locked
from duly.desk.actions.tickets._verbs import VERBS, Facts
from duly.desk.errors import DeskError, Invalid, NotPossible
from duly.desk.tickets.batch import Batch
from duly.desk.tickets.event import Event
from duly.desk.tickets.kinds import BY_TIME
from duly.desk.tickets.ticket import Ticket

MOST = 200
KEPT = timedelta(days=7)
"""How long a batch can be looked at and taken back."""


def act_on_many(
    *, actor: Actor, verb: str, ticket_ids: Iterable[int], facts: Facts, key: str, at: datetime
) -> Batch:
    """Do it to each ticket in a transaction of its own; what cannot be done to one is done to the others.

    The same `key` from the same person goes on with the batch of the first time: nothing is done twice, and what broke
    off is finished.

    Raises:
        NotFound: the actor has no queue.
        Invalid: there is no such verb, or there are no tickets, or too many.
    """
    require(may_act_on_many(actor))
    tickets = list(dict.fromkeys(ticket_ids))
    if verb not in VERBS:
        raise Invalid(_("Choose what to do with the tickets."), field="verb")
    if not 1 <= len(tickets) <= MOST:
        raise Invalid(_("Select between 1 and %(most)s tickets.") % {"most": MOST}, field="tickets")
    Batch.objects.filter(person=actor.person_id, at__lt=at - KEPT).delete()
    batch, _is_new = Batch.objects.get_or_create(
        person_id=actor.speaker_id,
        key=key,
        defaults={"verb": verb, "facts": dict(facts), "tickets": tickets, "at": at},
    )
    for ticket_id in batch.tickets:
        _settle(batch, ticket_id, lambda batch, ticket: _done(batch, ticket, actor, at))
    return batch


def take_back_many(*, actor: Actor, batch_id: int, at: datetime) -> Batch:
    """Take a batch back, save on tickets to which somebody else has done something since.

    Raises:
        NotFound: there is no such batch, or it is somebody else's.
        NotPossible: what was done cannot be taken back.
    """
    batch = Batch.objects.filter(pk=batch_id).first()
    require(batch is not None and may_see_batch(actor, batch))
    assert batch is not None
    if VERBS[batch.verb].back is None:
        raise NotPossible(_("That cannot be taken back."))
    for ticket_id in batch.tickets:
        _settle(batch, ticket_id, lambda batch, ticket: _taken_back(batch, ticket, actor, at))
    return batch


@transaction.atomic
def _settle(
    batch: Batch, ticket_id: int, outcome: Callable[[Batch, int], dict[str, Any] | None]
) -> None:
    """Let one ticket have its outcome, unless it has it already: who sends a form twice waits here."""
    batch.refresh_from_db(from_queryset=Batch.objects.select_for_update())
    found = outcome(batch, ticket_id)
    if found is not None:
        batch.outcomes[str(ticket_id)] = found
        batch.save(update_fields=["outcomes"])


def _done(batch: Batch, ticket_id: int, actor: Actor, at: datetime) -> dict[str, Any] | None:
    if str(ticket_id) in batch.outcomes:
        return None
    verb = VERBS[batch.verb]
    try:
        with transaction.atomic():
            ticket = locked(ticket_id)
            before = verb.before(ticket)
            verb.act(actor, ticket, batch.facts, at)
    except DeskError as refused:
        return {"why": str(refused)}
    return {"before": before, "sequence": _sequence(ticket_id)}


def _taken_back(batch: Batch, ticket_id: int, actor: Actor, at: datetime) -> dict[str, Any] | None:
    outcome, back = batch.outcomes.get(str(ticket_id), {}), VERBS[batch.verb].back
    if "sequence" not in outcome or outcome.get("back") == "" or back is None:
        return None
    try:
        with transaction.atomic():
            ticket = locked(ticket_id)
            _must_be_untouched(ticket, outcome["sequence"], actor)
            back(actor, ticket, outcome["before"], at)
    except DeskError as refused:
        return {**outcome, "back": str(refused)}
    return {**outcome, "back": ""}


def _sequence(ticket_id: int) -> int:
    return Ticket.objects.values_list("sequence", flat=True).get(pk=ticket_id)


def _must_be_untouched(ticket: Ticket, sequence: int, actor: Actor) -> None:
    since = Event.objects.filter(ticket=ticket, sequence__gt=sequence).exclude(kind__in=BY_TIME)
    if since.exclude(person=actor.person_id).exists():
        raise NotPossible(_("Somebody else has done something to it since. It was left as it is."))
