"""Let a part of a conversation go on as a ticket of its own, and take that back."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Facts, Merged, Opened
from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_merge
from duly.desk.actions._record import LockedTicket, locked_many, record_many
from duly.desk.actions.tickets._cover import NO_COVER, Cover, cover_of
from duly.desk.actions.tickets._intake import Report, first_priority
from duly.desk.actions.tickets._opening import beyond, new_row, routed, used_at_opening, used_up
from duly.desk.actions.tickets._take import must_not_be_over, take
from duly.desk.errors import Invalid, NotPossible
from duly.desk.tickets.event import Event
from duly.desk.tickets.happening import Happening, happening
from duly.desk.tickets.kinds import BY_TIME
from duly.desk.tickets.message import Message, Note
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.words import subject_line

AT_BIRTH = BY_TIME | {"opened", "split_off", "used_up", "assigned"}
"""What may have happened to a split-off ticket when the splitting is taken back."""


@transaction.atomic
def split(
    *, actor: Actor, ticket_id: int, message_ids: Collection[int], subject: str, at: datetime
) -> Ticket:
    """Move public messages into a new ticket of the same customer, which is opened now.

    Its promises count from now, by the terms in force and the old ticket's priority, and it uses an allowance as any
    ticket does; what was promised on the old one, and how it was kept, stays there with all events.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: the ticket is closed.
        Invalid: no message was chosen, one is not of this ticket or opened it, or the subject is empty.
    """
    old = take(ticket_id, actor, may_merge, to=_("split this ticket"))
    must_not_be_over(old)
    moved = _chosen(old, message_ids)
    theirs = next((each for each in moved if not each.is_from_agent), None)
    requester = theirs.author_id if theirs else old.requester_id
    cover = _cover(old, at)
    report = Report(
        priority=old.priority or None, channel=old.channel, by_customer=False, answers={}
    )
    priority, used = first_priority(cover, report), used_at_opening(cover, at)
    new = new_row(cover, requester, subject=subject_line(subject), channel=old.channel, at=at)
    _move(moved, new)
    opened = Opened(
        at=instant.from_datetime(at),
        binding=str(cover.binding_id or ""),
        priority=priority,
        by="agent",
        facts=Facts(channel=old.channel),
    )
    opening = happening(opened, message=moved[0].pk, **routed(new, old.team_id, at), **beyond(used))
    ids = [each.pk for each in moved]
    apart = Happening(kind="split", at=at, facts={"ticket": new.pk, "messages": ids})
    origin = Happening(kind="split_off", at=at, facts={"ticket": old.pk, "messages": ids})
    record_many([(old, [apart]), (new, [opening, origin, *used_up(used, at)])], actor=actor, at=at)
    return new


@transaction.atomic
def unsplit(*, actor: Actor, ticket_id: int, at: datetime) -> Ticket:
    """Take a splitting back: the messages return, and the ticket that they had made is merged into the old one.

    Raises:
        NotFound, NotAllowed: the actor may not.
        NotPossible: it was not split off, or something was said or done there since.
    """
    new = take(ticket_id, actor, may_merge, to=_("split this ticket"))
    must_not_be_over(new)
    origin = Event.objects.filter(ticket=new, kind="split_off").first()
    if origin is None:
        raise NotPossible(_("Ticket %(ticket)s was not split off from another.") % {"ticket": new})
    returning = _untouched(new, origin)
    old, new = locked_many([origin.facts["ticket"], new.pk])
    must_not_be_over(old)
    _move(returning, old)
    facts = {"ticket": new.pk, "messages": [each.pk for each in returning]}
    merged = happening(Merged(at=instant.from_datetime(at), into=str(old.pk)))
    record_many(
        [
            (old, [Happening(kind="unsplit", at=at, facts=facts)]),
            (new, [Happening(kind="unsplit", at=at, facts=facts | {"ticket": old.pk}), merged]),
        ],
        actor=actor,
        at=at,
    )
    return old


def _chosen(old: LockedTicket, message_ids: Collection[int]) -> list[Message]:
    wanted = set(message_ids)
    rows = list(Message.objects.filter(ticket=old).order_by("pk"))
    moved = [each for each in rows if each.pk in wanted]
    if not wanted or len(moved) < len(wanted):
        raise Invalid(_("Choose the messages that go on in a new ticket."), field="messages")
    if rows[0] in moved:
        raise Invalid(_("The words that opened this ticket stay here."), field="messages")
    return moved


def _cover(old: LockedTicket, at: datetime) -> Cover:
    """The same customer and subscription, by the terms that hold now."""
    if old.organisation_id is None:
        return NO_COVER
    return cover_of(old.organisation_id, old.subscription_id, at)


_MOVE = """
WITH moved AS (UPDATE desk_message SET ticket_id = %(to)s WHERE id = ANY(%(ids)s))
UPDATE desk_rawmail SET ticket_id = %(to)s WHERE message_id = ANY(%(ids)s)
"""


def _move(messages: Collection[Message], to: LockedTicket) -> None:
    """Give messages, and the mails that they came as, to another ticket; their files go along."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"to": to.pk, "ids": [each.pk for each in messages]})


def _untouched(new: LockedTicket, origin: Event) -> list[Message]:
    since = Event.objects.filter(ticket=new).exclude(kind__in=AT_BIRTH)
    if since.exists() or Note.objects.filter(ticket=new).exists():
        raise NotPossible(
            _("Something happened in %(ticket)s since. Merge it into the other instead.")
            % {"ticket": new}
        )
    return list(Message.objects.filter(ticket=new, pk__in=origin.facts["messages"]))
