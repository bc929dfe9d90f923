"""Wait for somebody: the customer, a third party, or a reason that the policy names."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import WaitingBegan
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_progress
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_be_unfinished, take
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Ticket

ALWAYS_KNOWN = frozenset({"customer", "third_party"})


@transaction.atomic
def wait(*, actor: Actor, ticket_id: int, on: str, at: datetime) -> Ticket:
    """Begin to wait; a new reason replaces the old one, the same again records nothing.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is resolved or closed.
        Invalid: the policy knows no such reason.
    """
    ticket = take(ticket_id, actor, may_progress, to=_("pause this ticket"))
    must_be_unfinished(ticket)
    _must_be_known(ticket, on)
    if ticket.waiting_on != on:
        waiting = WaitingBegan(at=instant.from_datetime(at), on=on)
        record(ticket, happening(waiting), actor=actor, at=at)
    return ticket


def _must_be_known(ticket: Ticket, on: str) -> None:
    terms = terms_of_binding(ticket.binding_id)
    known = ALWAYS_KNOWN | (terms.waiting_reasons if terms else frozenset())
    if on not in known:
        raise Invalid(
            _("Nobody waits for “%(on)s” here; choose %(known)s.")
            % {"on": on, "known": ", ".join(sorted(known))},
            field="on",
        )
