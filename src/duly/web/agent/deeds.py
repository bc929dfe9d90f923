"""What agents do to a ticket with a word or two: milestones, clauses, merging, splitting, tags, time, subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.escalate import escalate
from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.link import link, unlink
from duly.desk.actions.tickets.mark import mark
from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.retitle import retitle
from duly.desk.actions.tickets.snooze import snooze
from duly.desk.actions.tickets.spend import spend
from duly.desk.actions.tickets.split import split
from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.tickets.wait import wait
from duly.desk.errors import Invalid, NotFound
from duly.desk.queries.agent_ticket import AgentTicket
from duly.desk.queries.entries import Entry
from duly.desk.queries.reading import ticket_id
from duly.desk.tickets.field import box_of
from duly.desk.tickets.ticket import Ticket
from duly.web.access import Visit
from duly.web.agent.steps import address
from duly.web.typed import read_moment, whole
from duly.web.words import Reader


@dataclass(frozen=True, slots=True)
class Deed:
    """What it does with what was sent, what is said afterwards, and the step that takes it back, if one does."""

    act: Callable[[Visit, int, QueryDict], Ticket]
    done: Callable[[], str]
    back: str = ""
    is_back_there: bool = False
    """Whether that step is taken on the ticket that came of it."""

    def way_back(self, number: int, done: Ticket) -> str:
        """The address that takes it back; empty where none does."""
        return (
            address(done.number if self.is_back_there else number, self.back) if self.back else ""
        )


def _mark(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    return mark(actor=visit.actor, ticket_id=ticket, mark=sent.get("mark", ""), at=visit.at)


def _exclude(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    return exclude(actor=visit.actor, ticket_id=ticket, cause=sent.get("cause", ""), at=visit.at)


def _merge(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    into = _other(visit, sent, "into")
    return merge(actor=visit.actor, ticket_id=ticket, into_id=into, at=visit.at)


def _link(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    to, relation = _other(visit, sent, "to"), sent.get("relation", "")
    return link(actor=visit.actor, ticket_id=ticket, to_id=to, relation=relation, at=visit.at)


def _unlink(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    return unlink(actor=visit.actor, ticket_id=ticket, to_id=_other(visit, sent, "to"), at=visit.at)


def _other(visit: Visit, sent: QueryDict, field: str) -> int:
    """The id of the ticket whose number was typed."""
    try:
        return ticket_id(visit.actor, _number(sent.get(field, "").strip().removeprefix("#")))
    except NotFound as missing:
        raise Invalid(_("There is no ticket with that number."), field=field) from missing


def _wait(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    return wait(actor=visit.actor, ticket_id=ticket, on=sent.get("on", ""), at=visit.at)


def _hand_over(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    """A team gets it without the agent who had it: which of its people takes it is the team's business."""
    team = _number(sent.get("team", "")) or None
    return assign(actor=visit.actor, ticket_id=ticket, team_id=team, assignee_id=None, at=visit.at)


def _snooze(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    until = read_moment(sent.get("until", ""), visit.reader.zone, field="until")
    return snooze(actor=visit.actor, ticket_id=ticket, until=until, at=visit.at)


def _tag(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    names = [name for name in sent.get("tags", "").split(",") if name.strip()]
    return tag(actor=visit.actor, ticket_id=ticket, names=names, at=visit.at)


def _fill(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    """Only what was changed on the page is sent on, so that nobody puts back what somebody else filled in meanwhile."""
    boxes = {
        name.removeprefix("was-"): was for name, was in sent.items() if name.startswith("was-")
    }
    values = {
        key: typed for key, was in boxes.items() if (typed := str(sent.get(box_of(key), ""))) != was
    }
    return fill(actor=visit.actor, ticket_id=ticket, values=values, at=visit.at)


def _spend(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    minutes, on = _number(sent.get("minutes", "")), sent.get("on", "")
    return spend(actor=visit.actor, ticket_id=ticket, minutes=minutes, on=on, at=visit.at)


def _retitle(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    return retitle(
        actor=visit.actor, ticket_id=ticket, subject=sent.get("subject", ""), at=visit.at
    )


def _split(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
    return split(
        actor=visit.actor,
        ticket_id=ticket,
        message_ids=[_number(each) for each in sent.getlist("messages")],
        subject=sent.get("subject", ""),
        at=visit.at,
    )


def _escalate(visit: Visit, ticket: int, sent: QueryDict) -> Ticket:
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
    "split": Deed(
        _split, lambda: _("Split off: it goes on in a ticket of its own."), "unsplit", True
    ),
    "wait": Deed(_wait, lambda: _("Waiting. What that pauses stands at each promise."), "resume"),
    "team": Deed(_hand_over, lambda: _("Given to the team.")),
    "snooze": Deed(_snooze, lambda: _("Put aside. Its promises run on."), "bring-back"),
    "tag": Deed(_tag, lambda: _("Tags saved.")),
    "fill": Deed(_fill, lambda: _("Fields saved.")),
    "spend": Deed(_spend, lambda: _("Time noted.")),
    "retitle": Deed(_retitle, lambda: _("Subject changed.")),
    "escalate": Deed(_escalate, lambda: _("Escalated.")),
}


def offered(ticket: AgentTicket) -> frozenset[str]:
    """The deeds that make sense where the ticket stands, for those who may."""
    handling, may = ticket.handling, ticket.may
    names: set[str] = {"tag"} if "note" in may else set()
    if "progress" in may:
        names |= {"retitle", "link"} | ({"spend"} if handling.spendable else set())
    if ticket.status == "closed":
        return frozenset(names)
    if "progress" in may:
        is_unfinished = ticket.status in ("open", "waiting")
        names |= {"mark"} | ({"snooze", "wait"} if is_unfinished else set())
    if "assign" in may and ticket.around.teams:
        names.add("team")
    if "exclude" in may and handling.clauses and not handling.excluded_by:
        names.add("exclude")
    if "merge" in may:
        names |= {"merge"} | ({"split"} if parts(ticket) else set())
    return frozenset(names | ({"escalate"} if handling.rises else set()))


def parts(ticket: AgentTicket) -> list[Entry]:
    """The messages that can go on in a ticket of their own: all but the one that opened this."""
    return [one for one in ticket.entries if one.is_message][1:]


def milestones(ticket: AgentTicket) -> list[tuple[str, str]]:
    """The milestones on offer, with their names; what only a policy names is called as there."""
    known = {
        "verified": _("Verified"),
        "reproduced": _("Reproduced"),
        "workaround": _("Workaround"),
        "root_cause": _("Root cause"),
    }
    return [(key, known.get(key, key.replace("_", " "))) for key in ticket.handling.marks]


def reasons(ticket: AgentTicket) -> list[tuple[str, str]]:
    """What may be waited for besides the customer; what only a policy names is called as there."""
    known = {"third_party": _("somebody else")}
    return [(key, known.get(key, key.replace("_", " "))) for key in ticket.handling.reasons]


def morning(reader: Reader) -> str:
    """Nine o'clock tomorrow where the reader is, as a box for an instant takes it."""
    tomorrow = reader.at.astimezone(reader.zone) + timedelta(days=1)
    return tomorrow.strftime("%Y-%m-%dT09:00")


def _number(typed: str) -> int:
    """A typed number; what is none becomes nought, which no action takes."""
    return whole(typed) or 0
