"""Open a ticket: the customer's words, the agreement that covers them, and the first promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from duly.core import instant
from duly.core.events import Facts, Opened
from duly.desk.access.actor import Actor
from duly.desk.access.require import require
from duly.desk.access.tickets import may_open_for, may_route
from duly.desk.actions._record import LockedTicket, record
from duly.desk.actions.tickets._attach import attach, sound_files
from duly.desk.actions.tickets._cover import Cover, cover_for
from duly.desk.actions.tickets._fields import came_filled, keep_values, told_in_fields
from duly.desk.actions.tickets._intake import Report, first_priority, sound_answers
from duly.desk.actions.tickets._opening import (
    beyond,
    given,
    new_row,
    routed,
    used_at_opening,
    used_up,
)
from duly.desk.actions.tickets._take import must_be_team
from duly.desk.errors import Invalid
from duly.desk.tickets.answer import Answer
from duly.desk.tickets.attachment import NewFile
from duly.desk.tickets.happening import happening
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.words import body, subject_line

_NOTHING_STATED = Facts()


def open_ticket(
    *,
    actor: Actor,
    subject: str,
    text: str,
    at: datetime,
    requester_id: int | None = None,
    organisation_id: int | None = None,
    subscription_id: int | None = None,
    priority: str | None = None,
    facts: Facts = _NOTHING_STATED,
    channel: str = "web",
    team_id: int | None = None,
    assignee_id: int | None = None,
    answers: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    files: Sequence[NewFile] = (),
    message: Message | None = None,
    key: str | None = None,
) -> Ticket:
    """Open a ticket for a requester, by default the actor.

    Organisation and subscription may be left out where only one comes into question. `answers` are those to the fields
    of the policy's intake, `fields` what goes into the desk's own, by key. A ticket beyond an allowance is opened all
    the same, and says so. `message` is the row to write the text into, where a mail has more than text. Without an
    assignee it goes to whom the plan names. The same `key` from the same requester gives the ticket that was opened
    first.

    Raises:
        NotFound: the actor may not open tickets for that requester or organisation, or may not give them to anybody.
        Invalid: something is missing, unknown or not unique; `field` says what.
    """
    requester = requester_id if requester_id is not None else actor.person_id
    if requester is None:
        raise Invalid(_("Say for whom the ticket is."), field="requester")
    subject, text = subject_line(subject), body(text)
    _may(actor, requester, organisation_id)
    report = Report(
        priority=priority,
        channel=channel,
        by_customer=actor.person_id in (requester, None),
        answers=answers or {},
    )
    if not report.by_customer and (team_id or assignee_id):
        require(may_route(actor))

    def opened() -> Ticket:
        cover = cover_for(actor, requester, organisation_id, subscription_id, at)
        _may(actor, requester, cover.organisation_id)
        must_be_team(team_id)
        first, told = first_priority(cover, report), sound_answers(cover, report)
        values = told_in_fields(report, fields or {})
        used = used_at_opening(cover, at)
        ticket = new_row(cover, requester, subject=subject, channel=channel, at=at)
        first_message = _first_message(message or Message(), ticket, text, key)
        attach(first_message, sound_files(files), at)
        _tell(ticket, told)
        opening = happening(
            _opened(cover, report, first, facts, at),
            message=first_message.pk,
            **(
                routed(ticket, team_id, at)
                if assignee_id is None
                else given(ticket, actor, team_id, assignee_id)
            ),
            **beyond(used),
            **came_filled(keep_values(ticket, values)),
        )
        record(ticket, opening, *used_up(used, at), actor=actor, at=at)
        return ticket

    return _once(requester, key, opened)


def _once(requester: int, key: str | None, opened: Callable[[], Ticket]) -> Ticket:
    """Open it, unless the same form did so before: of two that arrive at once, too, both are given the first one's."""
    try:
        with transaction.atomic():
            return _opened_with(requester, key) or opened()
    except IntegrityError:
        if (twin := _opened_with(requester, key)) is not None:
            return twin
        raise


def _opened(
    cover: Cover, report: Report, priority: str | None, facts: Facts, at: datetime
) -> Opened:
    return Opened(
        at=instant.from_datetime(at),
        binding=str(cover.binding_id or ""),
        priority=priority,
        by="customer" if report.by_customer else "agent",
        facts=replace(facts, channel=facts.channel or report.channel),
    )


def _tell(ticket: LockedTicket, answers: Mapping[str, str]) -> None:
    if answers:
        rows = [Answer(ticket=ticket, key=key, text=text) for key, text in answers.items()]
        Answer.objects.bulk_create(rows)


def _may(actor: Actor, requester: int, organisation: int | None) -> None:
    require(may_open_for(actor, requester_id=requester, organisation_id=organisation))


def _opened_with(requester: int, key: str | None) -> Ticket | None:
    if key is None:
        return None
    return Ticket.objects.filter(messages__author=requester, messages__key=key).first()


def _first_message(row: Message, ticket: Ticket, text: str, key: str | None) -> Message:
    """The requester's own words, whoever typed them in."""
    row.ticket, row.author_id, row.is_from_agent = ticket, ticket.requester_id, False
    row.text, row.written_at, row.key = text, ticket.opened_at, key
    row.save(force_insert=True)
    return row
