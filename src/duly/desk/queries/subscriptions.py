"""Subscriptions that run or will begin: what each holds now, until when, and when that changes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, Q, QuerySet, When

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import subscriptions_visible_to
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of
from duly.desk.queries.allowances import Covered, before_opening_each

SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A subscription with the binding that holds, or that will be the first to; `changes_at` is when another does."""

    id: int
    binding_id: int
    organisation_id: int
    organisation: str
    policy: str
    policy_key: str
    version_id: int
    version: str
    plan: str
    since: date
    until: date | None
    changes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Used:
    """A subscription with its allowances."""

    subscribed: Subscribed
    covered: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A page of them; `after` leads on."""

    lines: tuple[Used, ...]
    after: int | None
    total: int


def holding(actor: Actor, at: datetime) -> QuerySet[Binding]:
    """The binding that holds for each subscription that has not ended, among those that the actor sees."""
    holds = Case(When(from_at__lte=at, then=F("from_at")))
    runs = Q(to_on=None) | Q(to_on__gte=at.date())
    return (
        Binding.objects.filter(subscription__in=subscriptions_visible_to(actor).filter(runs))
        .select_related("subscription__organisation", "subscription__policy", "version")
        .defer("terms", "intake", "version__source", "version__document")
        .order_by("subscription", holds.desc(nulls_last=True), "from_at", "-pk")
        .distinct("subscription")
    )


def subscribed(
    actor: Actor, at: datetime, *, policy_key: str | None = None
) -> Sequence[Subscribed]:
    """Read them, of one policy or of all, by the organisation's name. One statement."""
    rows = holding(actor, at)
    if policy_key is not None:
        rows = rows.filter(subscription__policy__key=policy_key)
    return sorted(
        map(subscribed_of, rows), key=lambda each: (each.organisation.casefold(), each.id)
    )


def subscribed_of(row: Binding) -> Subscribed:
    """A line of the list, of a row that `holding` gave."""
    subscription = row.subscription
    organisation = subscription.organisation
    return Subscribed(
        id=subscription.pk,
        binding_id=row.pk,
        organisation_id=organisation.pk,
        organisation=organisation.name,
        policy=subscription.policy.title,
        policy_key=subscription.policy.key,
        version_id=row.version_id,
        version=row.version.version,
        plan=row.plan_name,
        since=subscription.from_on,
        until=subscription.to_on,
        changes_at=subscription.wakes_at,
    )


def overview(actor: Actor, at: datetime, *, after: int = 0) -> Overview:
    """Read a page of all subscriptions with what is used of what they cover. Four statements, once terms are loaded."""
    lines = subscribed(actor, at)
    shown = lines[after : after + SIZE]
    terms = terms_of(str(each.binding_id) for each in shown)
    used = before_opening_each({each.id: terms[str(each.binding_id)] for each in shown}, at)
    return Overview(
        lines=tuple(Used(each, used[each.id]) for each in shown),
        after=after + SIZE if len(lines) > after + SIZE else None,
        total=len(lines),
    )
