"""What agents send: replies, which they may take back for a while, notes and drafts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.actions.people.undo_time import set_undo_time
from duly.desk.actions.tickets.draft import save_draft
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.send import send, take_back
from duly.desk.errors import Invalid, NotFound, NotPossible, Overtaken
from duly.desk.queries.reading import ticket_id
from duly.desk.tickets.draft import DraftOf
from duly.desk.tickets.pending_reply import PendingReply
from duly.web.access import Visit, agents
from duly.web.agent.forms import Words
from duly.web.agent.views import ticket_page
from duly.web.typed import whole
from duly.web.uploads import uploaded


@agents("POST")
def send_reply(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Send a reply to the customer; what cannot be sent stays on the screen."""
    return _send(request, visit, number, "reply")


@agents("POST")
def send_note(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Save a note for the other agents."""
    return _send(request, visit, number, "note")


def _send(request: HttpRequest, visit: Visit, number: int, writing: str) -> HttpResponse:
    form = Words(request.POST)
    if form.is_valid():
        try:
            _act(request, visit, number, writing, form)
        except Overtaken as overtaken:
            data = request.POST.copy()
            data["seen"] = str(overtaken.sequence)
            form = Words(data)
            form.add_error(None, str(overtaken))
        except (Invalid, NotPossible) as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("agent:ticket", number)
    return ticket_page(request, visit, number, writing=writing, form=form)


def _act(request: HttpRequest, visit: Visit, number: int, writing: str, form: Words) -> None:
    sent, ticket = form.cleaned_data, ticket_id(visit.actor, number)
    if writing == "note":
        note(
            actor=visit.actor,
            ticket_id=ticket,
            text=sent["text"],
            at=visit.at,
            files=uploaded(request),
            kept=request.POST.getlist("kept"),
            key=sent["key"],
        )
        messages.success(request, _("Note saved."))
        return
    going = send(
        actor=visit.actor,
        ticket_id=ticket,
        text=sent["text"],
        at=visit.at,
        then=sent["then"] or None,
        seen=sent["seen"],
        files=uploaded(request),
        kept=request.POST.getlist("kept"),
        key=sent["key"],
    )
    if isinstance(going, PendingReply):
        back = reverse("agent:take-back", args=[number])
        messages.success(request, _("On its way out."), extra_tags=back)
    else:
        messages.success(request, _("Sent."))


@agents("POST")
def take_reply_back(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Take back a reply that has not left yet; its text is in the box again."""
    try:
        take_back(actor=visit.actor, ticket_id=ticket_id(visit.actor, number), at=visit.at)
    except NotPossible as too_late:
        messages.warning(request, str(too_late))
        return redirect("agent:ticket", number)
    messages.success(request, _("Not sent. Your text is in the box again."))
    return redirect(reverse("agent:ticket", args=[number]) + "?write=reply")


@agents("POST")
def choose_undo_time(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Keep how long one's replies wait, and go back to where one was."""
    seconds = whole(request.POST.get("seconds", ""))
    number = whole(request.POST.get("ticket", ""))
    set_undo_time(actor=visit.actor, seconds=-1 if seconds is None else seconds, at=visit.at)
    messages.success(request, _("Kept for all that you send."))
    return redirect("agent:queue") if number is None else redirect("agent:ticket", number)


@agents("POST")
def keep_draft(request: HttpRequest, visit: Visit, number: int, of: str) -> HttpResponse:
    """Keep what somebody has begun to write."""
    if of not in tuple(DraftOf):
        raise NotFound
    save_draft(
        actor=visit.actor,
        ticket_id=ticket_id(visit.actor, number),
        of=DraftOf(of),
        text=request.POST.get("text", ""),
        at=visit.at,
    )
    return HttpResponse(status=204)
