"""What is done to many tickets at once from the queue: one form, one sheet that says how it ended, one way back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duly.desk.access.batches import verbs_for_many
from duly.desk.actions.tickets.many import act_on_many, take_back_many
from duly.desk.errors import Invalid, NotFound
from duly.desk.queries.batches import Sheet, sheet
from duly.desk.queries.choices import Option
from duly.desk.queries.queue import Queue
from duly.desk.queries.reading import ticket_id, ticket_ids
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.deeds import morning
from duly.web.agent.forms import new_key
from duly.web.pages import page
from duly.web.typed import read_moment, whole

KEEP = "keep"
"""What a box says that leaves something as it is."""


@agents("POST")
def act(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Do it, then go back with a word if all went well, else show the sheet."""
    sent, verb = request.POST, request.POST.get("verb", "")
    if verb not in FACTS:
        raise Invalid(_("Choose what to do with the tickets."), field="verb")
    facts = FACTS[verb](visit, sent)
    numbers = [one for one in map(whole, sent.getlist("tickets")) if one is not None]
    into = facts.get("into")
    batch = act_on_many(
        actor=visit.actor,
        verb=verb,
        ticket_ids=[pk for pk in ticket_ids(visit.actor, numbers) if pk != into],
        facts=facts,
        key=sent.get("key", "") or new_key(),
        at=visit.at,
    )
    found = sheet(visit.actor, batch.pk)
    if found.refused:
        return redirect("agent:batch", batch.pk)
    messages.success(request, done_words(found), extra_tags=_way_back(found))
    return redirect(_came_from(request))


@agents("GET")
def show(request: HttpRequest, visit: Visit, batch_id: int) -> HttpResponse:
    """Show how it ended."""
    found = sheet(visit.actor, batch_id)
    return page(
        request,
        "agent/batch.html",
        visit,
        **shell.around(visit.actor),
        sheet=found,
        done=done_words(found),
        back="" if found.undone or found.kept else _way_back(found),
    )


@agents("POST")
def take_back(request: HttpRequest, visit: Visit, batch_id: int) -> HttpResponse:
    """Take it back; the sheet says so where it could not be."""
    take_back_many(actor=visit.actor, batch_id=batch_id, at=visit.at)
    found = sheet(visit.actor, batch_id)
    if found.kept:
        return redirect("agent:batch", batch_id)
    said = ngettext("Taken back on %(n)s ticket.", "Taken back on %(n)s tickets.", found.undone)
    messages.success(request, said % {"n": found.undone})
    return redirect(_came_from(request))


def offered(
    visit: Visit, queue: Queue, people: tuple[Option, ...], teams: tuple[Option, ...]
) -> dict[str, Any]:
    """What the bar beneath the queue asks for."""
    return {
        "key": new_key(),
        "verbs": verbs_for_many(visit.actor),
        "people": people,
        "team_options": teams,
        "morning": morning(visit.reader),
        "keep": KEEP,
        "reasons": [
            (reason, reason.replace("_", " "))
            for reason in queue.reasons
            if reason not in ("customer", "third_party")
        ],
    }


def done_words(found: Sheet) -> str:
    """Say to how many tickets what was done."""
    said = DONE[found.verb](found.done)
    return said % {"n": found.done}


def _way_back(found: Sheet) -> str:
    has_one = found.verb != "close" and found.done
    return reverse("agent:take-back-many", args=[found.id]) if has_one else ""


def _came_from(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if is_ours else reverse("agent:queue")


def _assign(visit: Visit, sent: QueryDict) -> dict[str, Any]:  # noqa: ARG001 - as all facts
    chosen = {name: sent.get(name, KEEP) for name in ("assignee", "team")}
    facts = {name: whole(v) for name, v in chosen.items() if v != KEEP}
    if not facts:
        raise Invalid(_("Choose an agent or a team."), field="assignee")
    return facts


def _prioritise(visit: Visit, sent: QueryDict) -> dict[str, Any]:  # noqa: ARG001 - as all facts
    if not sent.get("priority"):
        raise Invalid(_("Choose a priority."), field="priority")
    return {"priority": sent["priority"]}


def _tag(visit: Visit, sent: QueryDict) -> dict[str, Any]:  # noqa: ARG001 - as all facts
    added, removed = (
        [name.strip() for name in sent.get(box, "").split(",") if name.strip()]
        for box in ("added", "removed")
    )
    if not added and not removed:
        raise Invalid(_("Write a tag to add or to take off."), field="added")
    return {"added": added, "removed": removed}


def _wait(visit: Visit, sent: QueryDict) -> dict[str, Any]:  # noqa: ARG001 - as all facts
    return {"on": sent.get("on", "")}


def _snooze(visit: Visit, sent: QueryDict) -> dict[str, Any]:
    until = read_moment(sent.get("until", ""), visit.reader.zone, field="until")
    return {"until": until.isoformat()}


def _resolve(visit: Visit, sent: QueryDict) -> dict[str, Any]:  # noqa: ARG001 - as all facts
    return {"text": sent.get("text", "").strip()}


def _close(visit: Visit, sent: QueryDict) -> dict[str, Any]:  # noqa: ARG001 - as all facts
    return {}


def _merge(visit: Visit, sent: QueryDict) -> dict[str, Any]:
    typed = sent.get("into", "").strip().removeprefix("#")
    try:
        return {"into": ticket_id(visit.actor, whole(typed) or 0)}
    except NotFound as missing:
        raise Invalid(_("There is no ticket with that number."), field="into") from missing


FACTS: Mapping[str, Callable[[Visit, QueryDict], dict[str, Any]]] = {
    "assign": _assign,
    "prioritise": _prioritise,
    "tag": _tag,
    "wait": _wait,
    "snooze": _snooze,
    "resolve": _resolve,
    "close": _close,
    "merge": _merge,
}
"""What each verb needs to know, read from the form."""

DONE: Mapping[str, Callable[[int], str]] = {
    "assign": lambda n: ngettext("%(n)s ticket assigned.", "%(n)s tickets assigned.", n),
    "prioritise": lambda n: ngettext(
        "Priority set on %(n)s ticket.", "Priority set on %(n)s tickets.", n
    ),
    "tag": lambda n: ngettext("Tags changed on %(n)s ticket.", "Tags changed on %(n)s tickets.", n),
    "wait": lambda n: ngettext("%(n)s ticket is waiting.", "%(n)s tickets are waiting.", n),
    "snooze": lambda n: ngettext("%(n)s ticket put aside.", "%(n)s tickets put aside.", n),
    "resolve": lambda n: ngettext("%(n)s ticket resolved.", "%(n)s tickets resolved.", n),
    "close": lambda n: ngettext("%(n)s ticket closed.", "%(n)s tickets closed.", n),
    "merge": lambda n: ngettext("%(n)s ticket merged.", "%(n)s tickets merged.", n),
}
