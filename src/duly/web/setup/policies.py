"""Published policies: the list, each with its versions and subscribers, and moving subscribers to a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from duly.desk.access.agreements import may_manage_agreements, may_publish
from duly.desk.actions.agreements.foresee import Foreseen, foresee
from duly.desk.actions.agreements.move_all import move_all
from duly.desk.queries.due_changes import DueChange
from duly.desk.queries.moving import Moving, moving
from duly.desk.queries.policies import draft_lines, policy_lines, policy_page
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.setup import frame
from duly.web.typed import whole
from duly.web.ui.clock.face import KINDS

LOOK = "look"
"""The button that asks what would change; any other moves."""
MOST = 50
"""So many subscriptions are looked at together: each is moved for it, and moved back."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What would become of those chosen, by subscription: foreseen, or refused; `unseen` were not looked at."""

    seen: Mapping[int, Foreseen]
    refused: Mapping[int, str]
    unseen: int

    @property
    def changes(self) -> list[DueChange]:
        """The dues of all that would move."""
        return [change for one in self.seen.values() for change in one.changes]


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
    """List who can be moved; a POST shows what moving those chosen would mean, or moves them."""
    shown = moving(visit.actor, version_id, visit.at)
    offered = {each.id: each for each in shown.others}
    sent = map(whole, request.POST.getlist("subscription"))
    is_sent = request.method == "POST"
    chosen = [one for one in sent if one in offered] if is_sent else list(offered)
    when = request.POST.get("when", "")
    since = _begins_at(shown, visit.at) if when == "effective" else None
    looked = None
    if not is_sent and not offered:
        return redirect("setup:policy", shown.policy_key)
    if is_sent and not chosen:
        messages.error(request, _("Nobody was chosen, so nothing was changed."))
        return redirect("setup:move", version_id)
    if is_sent:
        looked = _looked(visit, shown, chosen, since) if LOOK in request.POST else None
        if looked is None:
            return _moved(request, visit, shown, chosen, since)
    return page(
        request,
        "setup/move.html",
        visit,
        **frame.around(visit, "policies"),
        shown=shown,
        chosen=chosen,
        when=when,
        looked=looked,
        most=MOST,
        begins_later=_begins_at(shown, visit.at) is not None,
        kind_names=KINDS,
    )


def _looked(visit: Visit, shown: Moving, chosen: Sequence[int], since: datetime | None) -> Looked:
    refused: dict[int, str] = {}

    def doing() -> None:
        refused.update(_move(visit, shown, chosen[:MOST], since))

    organisations = {each.organisation_id for each in shown.others if each.id in chosen[:MOST]}
    found = foresee(doing, actor=visit.actor, organisation_ids=organisations, at=visit.at)
    return Looked(
        seen={one.subscription_id: one for one in found},
        refused=refused,
        unseen=max(0, len(chosen) - MOST),
    )


def _moved(
    request: HttpRequest,
    visit: Visit,
    shown: Moving,
    chosen: Sequence[int],
    since: datetime | None,
) -> HttpResponse:
    offered = {each.id: each.organisation for each in shown.others}
    refused = _move(visit, shown, chosen, since)
    for subscription_id, why in refused.items():
        messages.error(request, f"{offered[subscription_id]}: {why}")
    if moved := len(chosen) - len(refused):
        said = ngettext("%(n)s subscription moves.", "%(n)s subscriptions move.", moved)
        messages.success(request, said % {"n": moved})
    return redirect("setup:policy", shown.policy_key)


def _move(
    visit: Visit, shown: Moving, chosen: Sequence[int], since: datetime | None
) -> Mapping[int, str]:
    return move_all(
        actor=visit.actor,
        subscription_ids=chosen,
        version_id=shown.version_id,
        at=visit.at,
        from_at=since,
    )


def _begins_at(shown: Moving, at: datetime) -> datetime | None:
    """When the version is meant to begin, if that lies ahead: midnight of UTC, as for the public page."""
    if shown.effective_on is None or shown.effective_on <= at.date():
        return None
    return datetime.combine(shown.effective_on, time(), UTC)
