"""Use a macro on a ticket: its words join the draft, its steps are taken through the ordinary actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.macros import macros_visible_to
from duly.desk.access.require import require
from duly.desk.access.tickets import may_note, may_see_internal
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.actions.tickets.prioritise import prioritise
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.wait import wait
from duly.desk.people.person import Person
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.draft import Draft, DraftOf
from duly.desk.tickets.macro import Macro
from duly.desk.tickets.placeholders import filled
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Used:
    """The name of the macro, and what is to follow when its words are sent."""

    name: str
    then: str


@transaction.atomic
def use_macro(
    *,
    actor: Actor,
    ticket_id: int,
    macro_id: int,
    at: datetime,
    text: str | None = None,
    files: Sequence[NewFile] = (),
    of: DraftOf = DraftOf.REPLY,
) -> Used:
    """Put a macro's words behind `text`, by default the actor's draft, and take its steps; all of it or nothing.

    `files` that were chosen meanwhile are kept with the draft.

    Waiting and resolving are left for the sending of its words; without words they are done at once.

    Raises:
        NotFound, NotAllowed, NotPossible, Invalid: the actor may not use it, or one of its steps cannot be taken here.
    """
    macro = macros_visible_to(actor).filter(pk=macro_id, removed_at=None).first()
    ticket = Ticket.objects.select_related("requester", "organisation").filter(pk=ticket_id).first()
    require(macro is not None and ticket is not None and may_see_internal(actor, ticket))
    assert macro is not None
    assert ticket is not None
    require(may_note(actor, ticket), sees=True, to=_("use macros on this ticket"))
    _take_steps(macro, ticket, actor, at)
    begun = _draft(ticket, actor, of) if text is None else text
    if not macro.text:
        if files:
            save_draft(actor=actor, ticket_id=ticket_id, of=of, text=begun, at=at, files=files)
        return Used(macro.name, "")
    said = filled(macro.text, _values(ticket, actor))
    whole = f"{begun.rstrip()}\n\n{said}" if begun.strip() else said
    save_draft(actor=actor, ticket_id=ticket_id, of=of, text=whole, at=at, files=files)
    return Used(macro.name, macro.then)


def _take_steps(macro: Macro, ticket: Ticket, actor: Actor, at: datetime) -> None:
    it = ticket.pk
    if macro.tags:
        carried = Tagging.objects.filter(ticket=it).values_list("tag__name", flat=True)
        tag(actor=actor, ticket_id=it, names=[*carried, *macro.tags], at=at)
    if macro.priority and macro.priority != ticket.priority:
        prioritise(actor=actor, ticket_id=it, priority=macro.priority, at=at)
    if macro.takes or macro.assigns_to_id is not None:
        team = ticket.team_id if macro.assigns_to_id is None else macro.assigns_to_id
        person = actor.person_id if macro.takes else None
        assign(actor=actor, ticket_id=it, team_id=team, assignee_id=person, at=at)
    if macro.then == "wait" and not macro.text:
        wait(actor=actor, ticket_id=it, on="customer", at=at)
    elif macro.then == "resolve" and not macro.text:
        resolve(actor=actor, ticket_id=it, at=at)


def _draft(ticket: Ticket, actor: Actor, of: DraftOf) -> str:
    drafts = Draft.objects.filter(ticket=ticket, person=actor.person_id, of=of.value)
    return drafts.values_list("text", flat=True).first() or ""


def _values(ticket: Ticket, actor: Actor) -> dict[str, str]:
    agent, customer = Person.objects.get(pk=actor.speaker_id), ticket.requester
    return {
        "customer.name": str(customer),
        "customer.first_name": _first(str(customer)),
        "customer.organisation": ticket.organisation.name if ticket.organisation else "",
        "ticket.number": f"#{ticket.number}",
        "ticket.subject": ticket.subject,
        "agent.name": str(agent),
        "agent.first_name": _first(str(agent)),
    }


def _first(name: str) -> str:
    return (name.split() or [""])[0]
