"""Published policies: the list, each with its versions and subscribers, and moving subscribers to a version."""

from datetime import UTC, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duly.desk.access.agreements import may_manage_agreements, may_publish
from duly.desk.actions.agreements.move_all import move_all
from duly.desk.queries.moving import MOST, Moving, moving
from duly.desk.queries.policies import draft_lines, policy_lines, policy_page
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.ui.clock.face import KINDS

SHOWN = 50
"""So many changed dues are listed; all are counted."""


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the policies, and the drafts for those who publish."""
    return page(
        request,
        "setup/policies.html",
        visit,
        **frame.around(visit, "policies"),
        lines=policy_lines(visit.actor, visit.at),
        drafts=draft_lines(visit.actor),
        may_publish=may_publish(visit.actor),
    )


@agents("GET")
def show(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    """Show a policy: its versions and who holds which."""
    return page(
        request,
        "setup/policy.html",
        visit,
        **frame.around(visit, "policies"),
        shown=policy_page(visit.actor, key, visit.at),
        may_publish=may_publish(visit.actor),
        may_move=may_manage_agreements(visit.actor),
    )


@agents("GET", "POST")
def move(request: HttpRequest, visit: Visit, version_id: int) -> HttpResponse:
    """Show what moving subscribers would mean; a POST moves those that were chosen."""
    shown = moving(visit.actor, version_id, visit.at)
    if request.method == "POST":
        return _moved(request, visit, shown)
    changes = [change for effect in shown.effects for change in effect.changes]
    return page(
        request,
        "setup/move.html",
        visit,
        **frame.around(visit, "policies"),
        shown=shown,
        changes=changes[:SHOWN],
        unseen=max(0, len(changes) - SHOWN),
        most=MOST,
        begins_later=_begins_at(shown, visit.at) is not None,
        kind_names=KINDS,
    )


def _moved(request: HttpRequest, visit: Visit, shown: Moving) -> HttpResponse:
    chosen = [int(each) for each in request.POST.getlist("subscription") if each.isdecimal()]
    offered = {each.subscribed.id: each.subscribed.organisation for each in shown.effects}
    chosen = [each for each in chosen if each in offered]
    if not chosen:
        messages.error(request, _("Nobody was chosen, so nothing was changed."))
        return redirect("setup:move", shown.version_id)
    refused = move_all(
        actor=visit.actor,
        subscription_ids=chosen,
        version_id=shown.version_id,
        at=visit.at,
        from_at=_begins_at(shown, visit.at) if request.POST.get("when") == "effective" else None,
    )
    for subscription_id, why in refused.items():
        messages.error(request, f"{offered[subscription_id]}: {why}")
    if moved := len(chosen) - len(refused):
        said = ngettext("%(n)s subscription moves.", "%(n)s subscriptions move.", moved)
        messages.success(request, said % {"n": moved})
    return redirect("setup:policy", shown.policy_key)


def _begins_at(shown: Moving, at: datetime) -> datetime | None:
    """When the version is meant to begin, if that lies ahead: midnight of UTC, as for the public page."""
    if shown.effective_on is None or shown.effective_on <= at.date():
        return None
    return datetime.combine(shown.effective_on, time(), UTC)
