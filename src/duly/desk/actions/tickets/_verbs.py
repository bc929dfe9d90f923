"""What can be done to many tickets at once: the ordinary action, what was before, and the action that takes it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.merge import merge, unmerge
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.resume import resume
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.wait import wait
from duly.desk.errors import NotPossible
from duly.desk.tickets.ticket import Ticket

Facts = Mapping[str, Any]
Deed = Callable[[Actor, Ticket, Facts, datetime], object]
"""What is done to a ticket, with the facts that were given, or with what was before."""


def _nothing(ticket: Ticket) -> dict[str, Any]:  # noqa: ARG001 - as all that look before
    return {}


@dataclass(frozen=True, slots=True)
class Verb:
    """`before` is kept with the outcome; without `back` it cannot be taken back."""

    act: Deed
    before: Callable[[Ticket], dict[str, Any]] = _nothing
    back: Deed | None = None


def _assign(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    """Whom or what the facts do not name stays as it is."""
    given = {"team": ticket.team_id, "assignee": ticket.assignee_id, **facts}
    return assign(
        actor=actor,
        ticket_id=ticket.pk,
        team_id=given["team"],
        assignee_id=given["assignee"],
        at=at,
    )


def _prioritise(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    if not facts["priority"]:
        raise NotPossible(_("It had no priority before; a priority cannot be taken away."))
    return prioritise(actor=actor, ticket_id=ticket.pk, priority=facts["priority"], at=at)


def _tags_of(ticket: Ticket) -> set[str]:
    return set(ticket.taggings.values_list("tag__name", flat=True))


def _tag(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    names = _tags_of(ticket) - {name.lower() for name in facts["removed"]} | set(facts["added"])
    return tag(actor=actor, ticket_id=ticket.pk, names=names, at=at)


def _tag_as_before(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    return tag(actor=actor, ticket_id=ticket.pk, names=facts["tags"], at=at)


def _wait(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    if not facts["on"]:
        return resume(actor=actor, ticket_id=ticket.pk, at=at)
    return wait(actor=actor, ticket_id=ticket.pk, on=facts["on"], at=at)


def _snooze(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    until = datetime.fromisoformat(facts["until"]) if facts["until"] else None
    return snooze(actor=actor, ticket_id=ticket.pk, until=until, at=at)


def _resolve(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    if not facts["text"]:
        return resolve(actor=actor, ticket_id=ticket.pk, at=at)
    return reply(actor=actor, ticket_id=ticket.pk, text=facts["text"], then="resolve", at=at)


def _reopen(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:  # noqa: ARG001 - as all deeds
    return reopen(actor=actor, ticket_id=ticket.pk, at=at)


def _close(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:  # noqa: ARG001 - as all deeds
    return close(actor=actor, ticket_id=ticket.pk, at=at)


def _merge(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:
    return merge(actor=actor, ticket_id=ticket.pk, into_id=facts["into"], at=at)


def _unmerge(actor: Actor, ticket: Ticket, facts: Facts, at: datetime) -> object:  # noqa: ARG001 - as all deeds
    return unmerge(actor=actor, ticket_id=ticket.pk, at=at)


def _people(ticket: Ticket) -> dict[str, Any]:
    return {"team": ticket.team_id, "assignee": ticket.assignee_id}


def _until(ticket: Ticket) -> dict[str, Any]:
    return {"until": ticket.snoozed_until.isoformat() if ticket.snoozed_until else ""}


VERBS: Mapping[str, Verb] = {
    "assign": Verb(_assign, _people, _assign),
    "prioritise": Verb(_prioritise, lambda ticket: {"priority": ticket.priority}, _prioritise),
    "tag": Verb(_tag, lambda ticket: {"tags": sorted(_tags_of(ticket))}, _tag_as_before),
    "wait": Verb(_wait, lambda ticket: {"on": ticket.waiting_on}, _wait),
    "snooze": Verb(_snooze, _until, _snooze),
    "resolve": Verb(_resolve, back=_reopen),
    "close": Verb(_close),
    "merge": Verb(_merge, back=_unmerge),
}
"""What was sent to the customer is not unsent: a resolving with an answer is taken back by reopening."""
