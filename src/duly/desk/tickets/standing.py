"""Where a ticket stands after an event: the columns of its row that follow from its history alone."""

from datetime import datetime
from typing import Any

from duly.core import instant
from duly.desk.tickets.happening import Facts, Happening
from duly.desk.tickets.ticket import Status, Ticket


def stand(ticket: Ticket, happening: Happening) -> None:  # noqa: C901, PLR0912 - one case for each kind
    """Let one more event have its effect on the row, which is not saved here."""
    facts = happening.facts
    match happening.kind:
        case "opened":
            ticket.priority = facts.get("priority", "")
            ticket.team_id, ticket.assignee_id = facts.get("team"), facts.get("assignee")
        case "prioritised":
            ticket.priority = facts["priority"]
        case "assigned":
            ticket.team_id, ticket.assignee_id = facts["team"], facts["assignee"]
        case "waiting":
            _to(ticket, Status.WAITING, waiting_on=facts["on"])
        case "resumed":
            _to(ticket, Status.OPEN)
        case "replied" if facts["by"] == "customer":
            ticket.snoozed_until = None
            if ticket.waiting_on == "customer":
                _to(ticket, Status.OPEN)
        case "resolved":
            _to(
                ticket,
                Status.RESOLVED,
                resolved_at=happening.at,
                closes_at=_instant(facts, "closes_at"),
            )
        case "reopened":
            _to(ticket, Status.OPEN)
        case "closed":
            _to(ticket, Status.CLOSED, resolved_at=ticket.resolved_at, closed_at=happening.at)
        case "merged":
            _to(ticket, Status.CLOSED, closed_at=happening.at)
            ticket.merged_into_id = int(facts["into"])
        case "unmerged":
            _to(ticket, Status.OPEN)
            ticket.merged_into_id = None
        case "excluded":
            ticket.excluded_by = "" if facts.get("withdrawn") else facts["cause"]
        case "moved":
            ticket.binding_id = int(facts["binding"])
        case "snoozed":
            ticket.snoozed_until = _instant(facts, "until")
        case "returned" | "unsnoozed" | "objected":
            ticket.snoozed_until = None
    ticket.last_event_at = happening.at
    ticket.sequence += 1


def _to(ticket: Ticket, status: Status, **columns: Any) -> None:
    ticket.status = status.value
    ticket.waiting_on = columns.get("waiting_on", "")
    ticket.resolved_at = columns.get("resolved_at")
    ticket.closed_at = columns.get("closed_at")
    ticket.closes_at = columns.get("closes_at")


def _instant(facts: Facts, name: str) -> datetime | None:
    stated = facts.get(name)
    return None if stated is None else instant.to_datetime(instant.parse(stated))
