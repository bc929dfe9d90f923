"""What stands around every page of the workspace: the queues on the side, and the list of keys."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_review
from duly.desk.access.reports import may_see_reports
from duly.desk.access.tickets import may_open_for_customers
from duly.desk.queries.queue import View
from duly.desk.queries.side import Count, Side, side

NOTHING = Count(0, 0)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry on the side, with how much is there, if that was counted."""

    name: str
    label: str
    address: str
    key: str = ""
    count: Count = NOTHING


def around(actor: Actor, here: str = "") -> dict[str, Any]:
    """The values that the workspace's layout asks for."""
    aside = side(actor)
    links = {
        "views": [_day(aside), *_standard(aside), *_pages(actor, aside)],
        "saved": [
            Link(
                f"view-{view.id}", view.name, reverse("agent:view", args=[view.id]), "", view.count
            )
            for view in aside.views
        ],
        "teams": [
            Link(
                f"team-{team.id}", team.name, reverse("agent:team", args=[team.id]), "", team.count
            )
            for team in aside.teams
        ],
    }
    counts = {link.name: link.count for group in links.values() for link in group}
    return {
        "here": here,
        "may_open": may_open_for_customers(actor),
        **links,
        "missed": counts.get(here, NOTHING).missed,
        "desk_number": aside.number,
        "keys": _keys(),
    }


def _standard(aside: Side) -> list[Link]:
    counts = {
        View.DUE: aside.queue,
        View.MINE: aside.mine,
        View.UNASSIGNED: aside.unassigned,
    }
    return [
        Link(
            view.value,
            title(view),
            reverse("agent:queue", args=_path(view)),
            key,
            counts.get(view, NOTHING),
        )
        for view, key in zip(View, ("g q", "g c", "g m", "g u"), strict=True)
    ]


def _day(aside: Side) -> Link:
    """One's own day; what one has missed is counted with one's own tickets."""
    return Link("day", _("My day"), reverse("agent:day"), "g d", Count(0, aside.mine.missed))


def _pages(actor: Actor, aside: Side) -> list[Link]:
    links = [
        Link("load", _("Team load"), reverse("agent:load"), "g l"),
        Link("organisations", _("Organisations"), reverse("agent:organisations"), "g o"),
    ]
    if may_review(actor):
        held = reverse("agent:held-mail")
        links.append(Link("held-mail", _("Held mail"), held, "g h", aside.held))
    return [*links, *_reports(actor), Link("setup", _("Setup"), reverse("setup:home"), "g s")]


def _reports(actor: Actor) -> list[Link]:
    if not may_see_reports(actor):
        return []
    return [Link("reports", _("Reports"), reverse("reports:attainment"), "g r")]


def title(view: View) -> str:
    """What a queue is called."""
    return {
        View.DUE: _("Queue"),
        View.CRITICAL: _("Most critical first"),
        View.MINE: _("Mine"),
        View.UNASSIGNED: _("Nobody's yet"),
    }[view]


def _path(view: View) -> list[str]:
    return [] if view is View.DUE else [view.value]


def _keys() -> list[tuple[tuple[str, ...], str]]:
    return [
        (("j", "k"), _("next and previous ticket")),
        (("enter",), _("open it")),
        (("x",), _("select it; with shift, all up to it")),
        (("c",), _("new ticket for a customer")),
        (("r",), _("reply")),
        (("n",), _("leave a note")),
        (("ctrl", "enter"), _("send")),
        ((";",), _("insert a macro")),
        (("a",), _("assign")),
        (("p",), _("set the priority")),
        (("e",), _("resolve")),
        (("t",), _("tags of those selected")),
        (("w",), _("let those selected wait")),
        (("s",), _("put those selected aside")),
        (("m",), _("merge those selected")),
        (("z",), _("undo what was just done")),
        (("f",), _("filter the queue")),
        (("g", "d"), _("my day")),
        (("g", "l"), _("team load")),
        (("g", "w"), _("the wall, from the team load")),
        (("g", "q"), _("the queue")),
        (("g", "m"), _("my tickets")),
        (("g", "u"), _("tickets nobody has yet")),
        (("g", "c"), _("most critical first")),
        (("g", "v"), _("saved views")),
        (("g", "o"), _("organisations")),
        (("ctrl", "k"), _("everything by name")),
        (("g", "h"), _("held mail")),
        (("g", "r"), _("reports")),
        (("g", "s"), _("setup")),
        (("/",), _("search, or go to a number")),
        (("?",), _("this list")),
    ]
