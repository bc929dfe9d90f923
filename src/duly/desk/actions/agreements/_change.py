"""How each verb takes hold of a subscription and changes its terms, the open tickets included."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from duly.core import stored
from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.require import require
from duly.desk.actions.agreements.come_into_force import move_open_tickets
from duly.desk.agreements.binding import Agreed, Change, Making, change
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.errors import NotPossible
from duly.desk.tickets.ticket import Status


def take(
    subscription_id: int,
    actor: Actor,
    may: Callable[[Actor, Subscription], bool] = lambda actor, _: may_manage_agreements(actor),
) -> Subscription:
    """Lock a subscription that the actor may change, in general the desk alone.

    Raises:
        NotFound: the actor may not, or there is none.
    """
    assert connection.in_atomic_block, "a lock lasts as long as a transaction"
    rows = Subscription.objects.select_related("organisation").select_for_update(of=("self",))
    row = rows.filter(pk=subscription_id).first()
    require(row is not None and may(actor, row))
    assert row is not None
    return row


def change_terms(
    row: Subscription, edit: Change, *, why: str, actor: Actor, at: datetime, from_at: datetime
) -> None:
    """Let other terms hold from an instant on, and move the open tickets if it has come.

    Raises:
        Invalid: the policy and what is held then do not fit.
        NotPossible: open tickets have priorities that would mean nothing.
    """
    making = Making(at=at, person_id=actor.person_id, why=why)
    made = change(row, edit, making, from_at=from_at)
    _must_know_priorities(row, made)
    move_open_tickets(row, actor=actor, at=at)


def _must_know_priorities(row: Subscription, made: Iterable[Binding]) -> None:
    """A ticket whose priority the new terms do not know would lose its promises without a word."""
    tickets = row.tickets.exclude(status=Status.CLOSED.value).exclude(priority="")
    for terms in (stored.read(each.terms) for each in made):
        known = [level.key for level in terms.priorities]
        lost = list(tickets.exclude(priority__in=known).order_by("number")[:5])
        if lost:
            raise NotPossible(
                _(
                    "%(plan)s has only the priorities %(known)s. Nothing was changed: give %(tickets)s one of these "
                    "first, or close them."
                )
                % {
                    "plan": terms.plan_name,
                    "known": ", ".join(known),
                    "tickets": ", ".join(map(str, lost)),
                }
            )


def holding(part: str, edit: Callable[[Any], Any], *, empty: Any) -> Change:
    """Make the change that edits one part of what is held, such as its add-ons."""

    def edited(agreed: Agreed) -> Agreed:
        held: Mapping[str, Any] = {**agreed.held, part: edit(agreed.held.get(part, empty))}
        return Agreed(agreed.version, held)

    return edited
