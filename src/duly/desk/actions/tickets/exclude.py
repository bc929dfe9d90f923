"""Find a ticket outside the agreement by one of its clauses, and take that finding back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Excluded
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_exclude
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_not_be_over, take
from duly.desk.agreements.clauses import clause_text
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid, NotPossible
from duly.desk.tickets.happening import happening
from duly.desk.tickets.ticket import Ticket


@transaction.atomic
def exclude(*, actor: Actor, ticket_id: int, cause: str, at: datetime) -> Ticket:
    """Make every clock void by a clause of kind ``excluded``. The requester is told, with the clause.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is closed or excluded already.
        Invalid: the terms have no such clause.
    """
    ticket = take(ticket_id, actor, may_exclude, to=_("exclude this ticket"))
    must_not_be_over(ticket)
    if ticket.excluded_by:
        raise NotPossible(
            _("Ticket %(ticket)s is excluded already, by “%(excluded_by)s”.")
            % {
                "ticket": ticket,
                "excluded_by": clause_text(ticket.binding_id, ticket.excluded_by),
            }
        )
    terms = terms_of_binding(ticket.binding_id)
    known = terms.exclusions if terms else frozenset()
    if cause not in known:
        named = ", ".join(sorted(known)) or _("the agreement has none")
        raise Invalid(
            _("No clause “%(cause)s” excludes anything; known: %(named)s.")
            % {"cause": cause, "named": named},
            field="cause",
        )
    excluded = Excluded(at=instant.from_datetime(at), cause=cause)
    record(ticket, happening(excluded), actor=actor, at=at)
    return ticket


@transaction.atomic
def withdraw_exclusion(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Take an exclusion back: every clock stands as if it had never been.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is not excluded.
    """
    ticket = take(ticket_id, actor, may_exclude, to=_("include this ticket"))
    if not ticket.excluded_by:
        raise NotPossible(_("Ticket %(ticket)s is not excluded.") % {"ticket": ticket})
    withdrawn = Excluded(at=instant.from_datetime(at), cause=ticket.excluded_by, withdrawn=True)
    record(ticket, happening(withdrawn), actor=actor, at=at)
    return ticket
