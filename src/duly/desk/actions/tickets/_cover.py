"""Which agreement covers a new ticket: asked for only when the answer is not unique."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """For whom and under what terms a ticket is opened; without a binding it has no clocks."""

    organisation_id: int | None
    subscription_id: int | None
    binding_id: int | None
    has_technical_contact: bool = False
    """Whether the organisation of a subscription has named one."""


NO_COVER = Cover(organisation_id=None, subscription_id=None, binding_id=None)


def cover_for(
    actor: Actor,
    requester_id: int,
    organisation_id: int | None,
    subscription_id: int | None,
    at: datetime,
) -> Cover:
    """Find the organisation, the subscription and the binding in force.

    Raises:
        Invalid: the requester is not in that organisation, the subscription is not the organisation's or not in force,
            or there are several and none was named.
    """
    organisation = _organisation(actor, requester_id, organisation_id)
    return NO_COVER if organisation is None else cover_of(organisation, subscription_id, at)


def cover_of(organisation_id: int, subscription_id: int | None, at: datetime) -> Cover:
    """Find the subscription of an organisation and the binding in force.

    Raises:
        Invalid: the subscription is not the organisation's or not in force, or there are several and none was named.
    """
    subscription, has_contact = _subscription(organisation_id, subscription_id, at)
    return Cover(
        organisation_id=organisation_id,
        subscription_id=subscription,
        binding_id=_binding(subscription, at),
        has_technical_contact=has_contact,
    )


def _organisation(actor: Actor, requester_id: int, organisation_id: int | None) -> int | None:
    if actor.person_id == requester_id:
        known = list(actor.organisations)
    else:
        places = Membership.objects.filter(person=requester_id, organisation__is_active=True)
        known = list(places.values_list("organisation_id", flat=True))
    if organisation_id is not None and organisation_id not in known:
        raise Invalid(
            _("The requester does not belong to that organisation."), field="organisation"
        )
    return organisation_id if organisation_id is not None else _only(known, "organisation")


def _subscription(
    organisation: int, subscription_id: int | None, at: datetime
) -> tuple[int | None, bool]:
    """Find the subscription that runs on the organisation's own date, and whether there is a technical contact.

    Its row stays locked: no change of terms overlooks the ticket, and allowances are counted one ticket at a time.
    """
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True)
    contacts = Membership.objects.filter(is_technical_contact=True, person__is_active=True)
    held = (
        rows.filter(organisation=organisation)
        .order_by("pk")
        .annotate(has_contact=Exists(contacts.filter(organisation=organisation)))
        .select_related("organisation")
    )
    known = {row.pk: row.has_contact for row in held if row.runs(at)}
    if subscription_id is not None and subscription_id not in known:
        raise Invalid(
            _("That subscription does not cover this organisation now."), field="subscription"
        )
    chosen = subscription_id if subscription_id is not None else _only(list(known), "subscription")
    return chosen, chosen is not None and known[chosen]


def _binding(subscription: int | None, at: datetime) -> int | None:
    """Read the chain once its subscription is locked: a statement that waited for the lock sees it as it was before."""
    chain = Binding.objects.filter(subscription=subscription, from_at__lte=at)
    return chain.order_by("-from_at", "-pk").values_list("pk", flat=True).first()


def _only(known: Sequence[int], what: str) -> int | None:
    if len(known) > 1:
        names = {"organisation": _("organisation"), "subscription": _("subscription")}
        raise Invalid(
            _("There is more than one %(what)s: choose the one this is about.")
            % {"what": names[what]},
            field=what,
        )
    return known[0] if known else None
