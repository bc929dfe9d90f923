"""Which agreement covers a new ticket: asked for only when the answer is not unique."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """For whom and under what terms a ticket is opened; without a binding it has no clocks."""

    organisation_id: int | None
    subscription_id: int | None
    binding_id: int | None


def cover_for(
    requester_id: int, organisation_id: int | None, subscription_id: int | None, at: datetime
) -> Cover:
    """Find the organisation, the subscription and the binding in force.

    Raises:
        Invalid: the requester is not in that organisation, the subscription is not the organisation's or not in force,
            or there are several and none was named.
    """
    organisation = _organisation(requester_id, organisation_id)
    if organisation is None:
        return Cover(organisation_id=None, subscription_id=None, binding_id=None)
    subscription = _subscription(organisation, subscription_id, at)
    return Cover(
        organisation_id=organisation,
        subscription_id=subscription,
        binding_id=None if subscription is None else binding_at(subscription, at),
    )


def binding_at(subscription_id: int, at: datetime) -> int | None:
    """The binding of a subscription whose time has come last; None before the first."""
    chain = Binding.objects.filter(subscription=subscription_id, from_at__lte=at)
    return chain.order_by("-from_at", "-pk").values_list("pk", flat=True).first()


def _organisation(requester_id: int, organisation_id: int | None) -> int | None:
    places = Membership.objects.filter(person=requester_id, organisation__is_active=True)
    known = list(places.values_list("organisation_id", flat=True))
    if organisation_id is not None and organisation_id not in known:
        raise Invalid(
            _("The requester does not belong to that organisation."), field="organisation"
        )
    return organisation_id if organisation_id is not None else _only(known, "organisation")


def _subscription(organisation: int, subscription_id: int | None, at: datetime) -> int | None:
    """Find the subscription that runs on the organisation's own date.

    Its row stays locked: no change of terms overlooks the ticket, and allowances are counted one ticket at a time.
    """
    rows = Subscription.objects.select_for_update(of=("self",), no_key=True)
    held = (
        rows.filter(organisation=organisation)
        .order_by("pk")
        .values_list("pk", "from_on", "to_on", "organisation__zone")
    )
    known = [
        pk
        for pk, from_on, to_on, zone in held
        if from_on <= at.astimezone(ZoneInfo(zone)).date() <= (to_on or date.max)
    ]
    if subscription_id is not None and subscription_id not in known:
        raise Invalid(
            _("That subscription does not cover this organisation now."), field="subscription"
        )
    return subscription_id if subscription_id is not None else _only(known, "subscription")


def _only(known: Sequence[int], what: str) -> int | None:
    if len(known) > 1:
        names = {"organisation": _("organisation"), "subscription": _("subscription")}
        raise Invalid(
            _("There is more than one %(what)s: choose the one this is about.")
            % {"what": names[what]},
            field=what,
        )
    return known[0] if known else None
