"""What the desk adds to an opening: to whom the ticket goes, and how it stands against what the plan covers."""

from collections.abc import Mapping
from datetime import datetime

from duly.core.allowance import Usage
from duly.desk.access.actor import Actor, actor_for
from duly.desk.access.tickets import may_see_internal
from duly.desk.actions._record import LockedTicket
from duly.desk.actions.tickets._cover import Cover
from duly.desk.actions.tickets._take import in_team, must_work_on
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.people.person import Person
from duly.desk.tickets.allowances import OVER, if_opened
from duly.desk.tickets.happening import Happening
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.who_answers import who_answers


def new_row(
    cover: Cover, requester: int, *, subject: str, channel: str, at: datetime
) -> LockedTicket:
    """Write the row of a new ticket, which belongs to this transaction; what it is follows from its history."""
    at = at.replace(microsecond=0)
    ticket = Ticket.objects.create(
        subject=subject,
        organisation_id=cover.organisation_id,
        requester_id=requester,
        subscription_id=cover.subscription_id,
        binding_id=cover.binding_id,
        channel=channel,
        opened_at=at,
        last_event_at=at,
    )
    return LockedTicket(ticket)


def routed(ticket: Ticket, team_id: int | None, at: datetime) -> dict[str, int]:
    """Give it to the team, and to the person whom the plan names if they work now and see what the team sees."""
    facts = {} if team_id is None else {"team": team_id}
    answerer = who_answers(ticket, at)
    if answerer is not None and _sees(answerer.person, ticket, team_id):
        facts["assignee"] = answerer.person.pk
    return facts


def given(ticket: Ticket, actor: Actor, team_id: int | None, assignee_id: int) -> dict[str, int]:
    """Give it to the team, and to whoever is to have it.

    Raises:
        Invalid: they would not see it.
    """
    must_work_on(ticket, actor, team_id, assignee_id)
    return {"assignee": assignee_id} | ({} if team_id is None else {"team": team_id})


def _sees(person: Person, ticket: Ticket, team_id: int | None) -> bool:
    """Whoever answers sees tickets; those of a private team only if they are in it."""
    return team_id is None or may_see_internal(
        actor_for(person, via="web"), in_team(ticket, team_id)
    )


def used_at_opening(cover: Cover, at: datetime) -> Mapping[str, Usage]:
    """Count before the ticket is there; its place in the count is the next."""
    terms = terms_of_binding(cover.binding_id)
    if terms is None or cover.subscription_id is None:
        return {}
    return if_opened(cover.subscription_id, terms, at)


def beyond(used: Mapping[str, Usage]) -> dict[str, list[str]]:
    """Name the allowances that the ticket is beyond; without any nothing is said."""
    names = [name for name, usage in used.items() if usage.over]
    return {OVER: names} if names else {}


def used_up(used: Mapping[str, Usage], at: datetime) -> list[Happening]:
    """That this ticket is the last one covered in its period."""
    return [
        Happening(kind="used_up", at=at, facts={"allowance": name, "period": usage.period})
        for name, usage in used.items()
        if usage.used == usage.limit
    ]
