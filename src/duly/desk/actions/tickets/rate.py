"""Say how the help was, once a ticket is resolved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_rate
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import must_not_be_merged, take
from duly.desk.errors import Invalid, NotPossible
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.rating import Rating, Verdict
from duly.desk.tickets.ticket import Status
from duly.desk.tickets.words import comment


@transaction.atomic
def rate(*, actor: Actor, ticket_id: int, verdict: str, words: str, at: datetime) -> Rating:
    """Keep what the requester says. It may be said otherwise until the ticket is closed; afterwards it stands.

    The same again records nothing.

    Raises:
        NotFound, NotAllowed: the actor may not: it is for the requester alone.
        NotPossible: the ticket is not resolved yet, went on in another, or is closed and was rated.
        Invalid: there is no such answer, or the words are too long.
    """
    ticket = take(ticket_id, actor, may_rate, to=_("rate the help on this ticket"))
    must_not_be_merged(ticket)
    if ticket.is_unfinished:
        raise NotPossible(
            _("Ticket %(ticket)s is not resolved yet. Say how it was once it is.")
            % {"ticket": ticket}
        )
    if verdict not in tuple(Verdict):
        raise Invalid(_("Choose one of the two answers."), field="verdict")
    before = Rating.objects.filter(ticket=ticket).first()
    said = (verdict, comment(words))
    if before is not None and (before.verdict, before.words) == said:
        return before
    if before is not None and ticket.status == Status.CLOSED:
        raise NotPossible(
            _("Ticket %(ticket)s is closed, and what you said stands.") % {"ticket": ticket}
        )
    rating, _new = Rating.objects.update_or_create(
        ticket=ticket,
        defaults={
            "person_id": actor.speaker_id,
            "verdict": said[0],
            "words": said[1],
            "rated_at": at,
        },
    )
    rated = Happening(kind="rated", at=at.replace(microsecond=0), facts={"verdict": verdict})
    record(ticket, rated, actor=actor, at=at)
    return rating
