"""How each verb takes hold of its ticket: locked, seen, allowed, and in a state in which the verb makes sense."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor, actor_for
from duly.desk.access.require import require
from duly.desk.access.tickets import may_see, may_see_internal
from duly.desk.actions._record import LockedTicket, locked, locked_many
from duly.desk.errors import Invalid, NotFound, NotPossible, Overtaken
from duly.desk.people.person import Person
from duly.desk.people.team import Team
from duly.desk.tickets.event import Event
from duly.desk.tickets.kinds import BY_TIME
from duly.desk.tickets.ticket import Status, Ticket


def take(
    ticket_id: int, actor: Actor, may: Callable[[Actor, Ticket], bool], *, to: str
) -> LockedTicket:
    """Lock a ticket for a verb that the actor may do to it.

    Raises:
        NotFound: there is no such ticket, or the actor does not see it.
        NotAllowed: the actor sees it but may not.
    """
    ticket = locked(ticket_id)
    require(may(actor, ticket), sees=may_see(actor, ticket), to=to)
    return ticket


def take_both(
    first_id: int,
    second_id: int,
    actor: Actor,
    may: Callable[[Actor, Ticket], bool],
    *,
    to: str,
) -> tuple[LockedTicket, LockedTicket]:
    """Lock two tickets in the order of their ids, for a verb that the actor may do to both.

    Raises:
        NotFound, NotAllowed: as for one, on either of the two.
    """
    rows = {ticket.pk: ticket for ticket in locked_many({first_id, second_id})}
    for wanted in (first_id, second_id):
        if wanted not in rows:
            raise NotFound
        ticket = rows[wanted]
        require(may(actor, ticket), sees=may_see(actor, ticket), to=to)
    return rows[first_id], rows[second_id]


def must_not_be_merged(ticket: Ticket) -> None:
    """Refuse what belongs on the ticket that this one went on in.

    Raises:
        NotPossible: the ticket went on in another.
    """
    if ticket.merged_into is not None:
        raise NotPossible(
            _("Ticket %(ticket)s went on in %(merged_into)s. Write there.")
            % {"ticket": ticket, "merged_into": ticket.merged_into}
        )


def must_not_be_over(ticket: Ticket) -> None:
    """Refuse what makes no sense on a closed ticket.

    Raises:
        NotPossible: the ticket is closed or went on in another.
    """
    must_not_be_merged(ticket)
    if ticket.status == Status.CLOSED:
        raise NotPossible(
            _("Ticket %(ticket)s is closed. Open a new one; it may refer to this one.")
            % {"ticket": ticket}
        )


def must_be_unfinished(ticket: Ticket) -> None:
    """Refuse what makes sense only while somebody has work.

    Raises:
        NotPossible: the ticket is resolved or closed.
    """
    must_not_be_over(ticket)
    if not ticket.is_unfinished:
        raise NotPossible(_("Ticket %(ticket)s is resolved. Reopen it first.") % {"ticket": ticket})


def must_have_seen(ticket: Ticket, seen: int | None, actor: Actor) -> None:
    """Refuse to write over what somebody else did since the actor looked, at sequence number `seen`.

    Raises:
        Overtaken: somebody else did something since.
    """
    if seen is None or seen >= ticket.sequence:
        return
    since = Event.objects.filter(ticket=ticket, sequence__gt=seen).exclude(kind__in=BY_TIME)
    if since.exclude(person=actor.person_id).exists():
        raise Overtaken(
            _(
                "Somebody else was here while you wrote. Your text is kept: look at what is new, then send it."
            ),
            sequence=ticket.sequence,
        )


def must_be_team(team_id: int | None) -> None:
    """Refuse a team that there is not.

    Raises:
        Invalid: there is none.
    """
    if team_id is not None and not Team.objects.filter(pk=team_id).exists():
        raise Invalid(_("There is no such team."), field="team")


def must_work_on(ticket: Ticket, actor: Actor, team_id: int | None, assignee_id: int) -> None:
    """Refuse to give a ticket to somebody who would not see it there: in the new team, with their own rights.

    Raises:
        Invalid: they would not, or there is no such person.
    """
    theirs: Actor | None = actor
    if assignee_id != actor.person_id:
        person = Person.objects.filter(pk=assignee_id).first()
        theirs = actor_for(person, via="web") if person else None
    if theirs is None or not may_see_internal(theirs, in_team(ticket, team_id)):
        raise Invalid(_("That person cannot work on this ticket."), field="assignee")


def in_team(ticket: Ticket, team_id: int | None) -> Ticket:
    """The ticket as it would be with a team, as far as it matters for who sees it."""
    return Ticket(
        team_id=team_id, organisation_id=ticket.organisation_id, requester_id=ticket.requester_id
    )
