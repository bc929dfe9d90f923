"""Set the tags of a ticket."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.tickets import may_note
from duly.desk.actions._record import record
from duly.desk.actions.tickets._take import take
from duly.desk.errors import Invalid
from duly.desk.people.naming import one_line
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.tag import Tag, Tagging
from duly.desk.tickets.ticket import Ticket

LONGEST = 50


@transaction.atomic
def tag(*, actor: Actor, ticket_id: int, names: Iterable[str], at: datetime) -> Ticket:
    """Let a ticket carry exactly these tags, written in lower case; the same again records nothing.

    Raises:
        NotFound, NotAllowed: the actor may not.
        Invalid: a tag is empty or too long.
    """
    ticket = take(ticket_id, actor, may_note, to=_("tag this ticket"))
    wanted = {tag_name(name) for name in names}
    Tag.objects.bulk_create([Tag(name=name) for name in sorted(wanted)], ignore_conflicts=True)
    ids = set(Tag.objects.filter(name__in=wanted).values_list("pk", flat=True))
    carried = set(Tagging.objects.filter(ticket=ticket).values_list("tag_id", flat=True))
    added, removed = sorted(ids - carried), sorted(carried - ids)
    if added or removed:
        Tagging.objects.filter(ticket=ticket, tag__in=removed).delete()
        Tagging.objects.bulk_create(Tagging(ticket=ticket, tag_id=each) for each in added)
        facts = {"added": added, "removed": removed}
        record(ticket, Happening(kind="tagged", at=at, facts=facts), actor=actor, at=at)
    return ticket


def tag_name(name: str) -> str:
    """Write a tag as it is kept.

    Raises:
        Invalid: it is empty or too long.
    """
    name = one_line(name.lower())
    if not 1 <= len(name) <= LONGEST:
        raise Invalid(
            _("A tag has 1 to %(longest)s letters; “%(name)s” has %(length)s.")
            % {"longest": LONGEST, "name": name, "length": len(name)},
            field="tags",
        )
    return name
