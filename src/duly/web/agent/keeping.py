"""What agents keep up about a customer: zone, domains, account, contacts, support list, remarks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.actions.people.close_account import close_account, reopen_account
from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.people.part import part
from duly.desk.actions.people.remark import leave_remark, put_remark_back, remove_remark
from duly.desk.actions.people.set_domains import set_domains
from duly.desk.actions.people.set_zone import set_zone
from duly.desk.actions.people.support_list import arrange_support_list
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.errors import Invalid, NotFound, NotPossible
from duly.desk.queries.organisation import organisation_page
from duly.web import password_mail
from duly.web.access import Visit, agents
from duly.web.agent.organisations import domains_in, shown
from duly.web.agent.views import Wrong
from duly.web.brand import brand
from duly.web.support_list import moved
from duly.web.typed import whole


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done with what was sent, what is said afterwards, and which other deed takes it back."""

    act: Callable[[Visit, int, QueryDict], object]
    done: Callable[[], str]
    back: str = ""


def _zone(visit: Visit, it: int, sent: QueryDict) -> object:
    zone = sent.get("zone", "").strip()
    return set_zone(actor=visit.actor, organisation_id=it, zone=zone, at=visit.at)


def _domains(visit: Visit, it: int, sent: QueryDict) -> object:
    domains = domains_in(sent.get("domains", ""))
    return set_domains(actor=visit.actor, organisation_id=it, domains=domains, at=visit.at)


def _close(visit: Visit, it: int, _sent: QueryDict) -> object:
    return close_account(actor=visit.actor, organisation_id=it, at=visit.at)


def _reopen(visit: Visit, it: int, _sent: QueryDict) -> object:
    return reopen_account(actor=visit.actor, organisation_id=it, at=visit.at)


def _part(visit: Visit, it: int, sent: QueryDict) -> object:
    return part(actor=visit.actor, organisation_id=it, person_id=number(sent), at=visit.at)


def _technical(visit: Visit, it: int, sent: QueryDict) -> object:
    return name_technical_contact(
        actor=visit.actor,
        organisation_id=it,
        person_id=number(sent),
        is_one=sent.get("is_one") == "yes",
        at=visit.at,
    )


def _list(visit: Visit, it: int, sent: QueryDict) -> object:
    stands = organisation_page(visit.actor, it, visit.at).contacts
    listed = [one.id for one in stands if one.position is not None]
    people = moved(listed, sent.get("move", ""), number(sent))
    return arrange_support_list(
        actor=visit.actor, organisation_id=it, person_ids=people, at=visit.at
    )


def _remark(visit: Visit, it: int, sent: QueryDict) -> object:
    text = sent.get("text", "")
    return leave_remark(actor=visit.actor, organisation_id=it, text=text, at=visit.at)


DEEDS = {
    "zone": Deed(_zone, lambda: _("The time zone is changed.")),
    "domains": Deed(_domains, lambda: _("Saved. Strangers who write from these are suggested.")),
    "close": Deed(_close, lambda: _("Closed: its people are let in no longer."), "reopen"),
    "reopen": Deed(_reopen, lambda: _("Open again."), "close"),
    "part": Deed(_part, lambda: _("They belong to it no longer. What they wrote stays.")),
    "technical": Deed(_technical, lambda: _("The technical contacts are changed.")),
    "list": Deed(_list, lambda: _("The support list is changed.")),
    "remark": Deed(_remark, lambda: _("Noted for all agents.")),
}


@agents("POST")
def keep(request: HttpRequest, visit: Visit, organisation: int, verb: str) -> HttpResponse:
    """Do it; what cannot be used comes back beside its box."""
    if verb not in DEEDS:
        raise NotFound
    deed = DEEDS[verb]
    try:
        deed.act(visit, organisation, request.POST)
    except (Invalid, NotPossible) as problem:
        return shown(request, visit, organisation, Wrong(verb, str(problem), request.POST))
    back = reverse("agent:keep", args=[organisation, deed.back]) if deed.back else ""
    messages.success(request, deed.done(), extra_tags=back)
    return redirect("agent:organisation", organisation)


@agents("POST")
def invite(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Give somebody a place in the organisation, and write to them how they get in."""
    sent = request.POST
    try:
        person = invite_contact(
            actor=visit.actor,
            organisation_id=organisation,
            email=sent.get("email", ""),
            name=sent.get("name", ""),
            role=sent.get("role", ""),
            is_technical_contact="is_technical" in sent,
            language=brand().language,
            at=visit.at,
        )
    except Invalid as problem:
        return shown(request, visit, organisation, Wrong("invite", str(problem), sent))
    name = organisation_page(visit.actor, organisation, visit.at).agreement.name
    password_mail.invite(request, person.pk, name)
    return redirect("agent:organisation", organisation)


@agents("POST")
def unsay(request: HttpRequest, visit: Visit, remark: int, verb: str) -> HttpResponse:
    """Remove a remark, or put it back, and show what it is about."""
    acts = {"remove": remove_remark, "put-back": put_remark_back}
    if verb not in acts:
        raise NotFound
    row = acts[verb](actor=visit.actor, remark_id=remark, at=visit.at)
    if verb == "remove":
        back = reverse("agent:unsay", args=[remark, "put-back"])
        messages.success(request, _("Removed."), extra_tags=back)
    if row.organisation_id is not None:
        return redirect("agent:organisation", row.organisation_id)
    return redirect("agent:person", row.person_id)


def number(sent: QueryDict, name: str = "person") -> int:
    """A number that was sent; what is none becomes nought, which nobody has."""
    return whole(sent.get(name, "")) or 0
