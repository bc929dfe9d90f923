"""What agents do to a ticket with a word or two: milestones, clauses, merging, putting aside, tags, time, subject."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.link import link, unlink
from duly.desk.actions.tickets.mark import mark
from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.retitle import retitle
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.spend import spend
from duly.desk.actions.tickets.tag import tag
from duly.desk.errors import Invalid, NotFound
from duly.desk.queries.agent_ticket import AgentTicket
from duly.desk.queries.reading import ticket_id
from duly.web.access import Visit, agents
from duly.web.agent.steps import address
from duly.web.words import Reader

Sent = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """What it does with what was sent, what is said afterwards, and the step that takes it back, if one does."""

    act: Callable[[Visit, int, Sent], object]
    done: Callable[[], str]
    back: str = ""


def _mark(visit: Visit, ticket: int, sent: Sent) -> object:
    return mark(actor=visit.actor, ticket_id=ticket, mark=sent.get("mark", ""), at=visit.at)


def _exclude(visit: Visit, ticket: int, sent: Sent) -> object:
    return exclude(actor=visit.actor, ticket_id=ticket, cause=sent.get("cause", ""), at=visit.at)


def _merge(visit: Visit, ticket: int, sent: Sent) -> object:
    into = _other(visit, sent, "into")
    return merge(actor=visit.actor, ticket_id=ticket, into_id=into, at=visit.at)


def _link(visit: Visit, ticket: int, sent: Sent) -> object:
    to, relation = _other(visit, sent, "to"), sent.get("relation", "")
    return link(actor=visit.actor, ticket_id=ticket, to_id=to, relation=relation, at=visit.at)


def _unlink(visit: Visit, ticket: int, sent: Sent) -> object:
    return unlink(actor=visit.actor, ticket_id=ticket, to_id=_other(visit, sent, "to"), at=visit.at)


def _other(visit: Visit, sent: Sent, field: str) -> int:
    """The id of the ticket whose number was typed."""
    try:
        return ticket_id(visit.actor, _number(sent.get(field, "").strip().removeprefix("#")))
    except NotFound as missing:
        raise Invalid(_("There is no ticket with that number."), field=field) from missing


def _snooze(visit: Visit, ticket: int, sent: Sent) -> object:
    try:
        until = datetime.fromisoformat(sent.get("until", "")).replace(tzinfo=visit.reader.zone)
    except ValueError as wrong:
        raise Invalid(_("Choose a day and an hour."), field="until") from wrong
    return snooze(actor=visit.actor, ticket_id=ticket, until=until, at=visit.at)


def _tag(visit: Visit, ticket: int, sent: Sent) -> object:
    names = [name for name in sent.get("tags", "").split(",") if name.strip()]
    return tag(actor=visit.actor, ticket_id=ticket, names=names, at=visit.at)


def _spend(visit: Visit, ticket: int, sent: Sent) -> object:
    minutes, on = _number(sent.get("minutes", "")), sent.get("on", "")
    return spend(actor=visit.actor, ticket_id=ticket, minutes=minutes, on=on, at=visit.at)


def _retitle(visit: Visit, ticket: int, sent: Sent) -> object:
    return retitle(
        actor=visit.actor, ticket_id=ticket, subject=sent.get("subject", ""), at=visit.at
    )


def _escalate(visit: Visit, ticket: int, sent: Sent) -> object:
    level = _number(sent.get("level", ""))
    return escalate(actor=visit.actor, ticket_id=ticket, level=level, at=visit.at)


DEEDS = {
    "mark": Deed(_mark, lambda: _("Milestone recorded.")),
    "exclude": Deed(
        _exclude, lambda: _("Outside the agreement; the customer is told why."), "withdraw"
    ),
    "merge": Deed(_merge, lambda: _("Merged: it goes on in the other ticket."), "unmerge"),
    "link": Deed(_link, lambda: _("Linked.")),
    "unlink": Deed(_unlink, lambda: _("No longer linked.")),
    "snooze": Deed(_snooze, lambda: _("Put aside. Its promises run on."), "bring-back"),
    "tag": Deed(_tag, lambda: _("Tags saved.")),
    "spend": Deed(_spend, lambda: _("Time noted.")),
    "retitle": Deed(_retitle, lambda: _("Subject changed.")),
    "escalate": Deed(_escalate, lambda: _("Escalated.")),
}


@agents("POST")
def do(request: HttpRequest, visit: Visit, number: int, verb: str) -> HttpResponse:
    """Do it, and offer to take it back where there is a way back."""
    if verb not in DEEDS:
        raise NotFound
    deed = DEEDS[verb]
    deed.act(visit, ticket_id(visit.actor, number), request.POST)
    back = address(number, deed.back) if deed.back else ""
    messages.success(request, deed.done(), extra_tags=back)
    return redirect("agent:ticket", number)


def offered(ticket: AgentTicket) -> frozenset[str]:
    """The deeds that make sense where the ticket stands, for those who may."""
    handling, may = ticket.handling, ticket.may
    names: set[str] = {"tag"} if "note" in may else set()
    if "progress" in may:
        names |= {"retitle", "link"} | ({"spend"} if handling.spendable else set())
    if ticket.status == "closed":
        return frozenset(names)
    if "progress" in may:
        names |= {"mark"} | ({"snooze"} if ticket.status in ("open", "waiting") else set())
    if "exclude" in may and handling.clauses and not handling.excluded_by:
        names.add("exclude")
    return frozenset(names | ({"merge"} & may) | ({"escalate"} if handling.rises else set()))


def milestones(ticket: AgentTicket) -> list[tuple[str, str]]:
    """The milestones on offer, with their names; what only a policy names is called as there."""
    known = {
        "verified": _("Verified"),
        "reproduced": _("Reproduced"),
        "workaround": _("Workaround"),
        "root_cause": _("Root cause"),
    }
    return [(key, known.get(key, key.replace("_", " "))) for key in ticket.handling.marks]


def morning(reader: Reader) -> str:
    """Nine o'clock tomorrow where the reader is, as a box for an instant takes it."""
    tomorrow = reader.at.astimezone(reader.zone) + timedelta(days=1)
    return tomorrow.strftime("%Y-%m-%dT09:00")


def _number(typed: str) -> int:
    """A typed number; what is none becomes nought, which no action takes."""
    typed = typed.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
