"""Terms that take over: which binding holds for a subscription's tickets since when, and where it counts otherwise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from duly.core import stored
from duly.core.clock import takeover
from duly.core.spans import Span, Spans
from duly.desk.agreements.intake import OWN_HOURS, intake_of
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import loaded

_OF_A_VERSION = {"version", "effective", "known_since", "calendars", "documents", "sources"}
"""What two versions of a policy may say otherwise while they promise and explain the same."""


_CHAINED = ("subscription_id", "from_at", "made_at", "made_by_id", "why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """That a binding took over at an instant: when its time came, or when it was agreed if that was later."""

    binding_id: int
    at: datetime
    why: str
    person_id: int | None
    """Whoever agreed it, where it held at once; what was agreed for later is time's doing."""


def in_force(subscription_ids: Iterable[int], at: datetime) -> Mapping[int, Takeover]:
    """Find what holds for each subscription at an instant. One statement."""
    return _latest(Binding.objects.filter(from_at__lte=at), subscription_ids)


def done(subscription_ids: Iterable[int]) -> Mapping[int, Takeover]:
    """Find what took over last in each subscription, as far as its tickets were moved. One statement."""
    next_at = F("subscription__wakes_at")
    begun = Binding.objects.filter(Q(subscription__wakes_at=None) | Q(from_at__lt=next_at))
    return _latest(begun, subscription_ids)


def _latest(begun: QuerySet[Binding], subscription_ids: Iterable[int]) -> Mapping[int, Takeover]:
    chains = begun.filter(subscription__in=set(subscription_ids))
    latest = chains.order_by("subscription", "-from_at", "-pk").distinct("subscription")
    return {each.subscription_id: taking_over(each) for each in latest.only(*_CHAINED)}


def taking_over(binding: Binding) -> Takeover:
    """Say when a binding took over, and by whom."""
    at_once = binding.from_at <= binding.made_at
    return Takeover(
        binding_id=binding.pk,
        at=max(binding.from_at, binding.made_at),
        why=binding.why,
        person_id=binding.made_by_id if at_once else None,
    )


@lru_cache(maxsize=4096)
def say_the_same(one: int, other: int) -> bool:
    """Whether two bindings say the same in every word, as after a change that was taken back."""
    if one == other:
        return True
    ours, theirs = loaded(one), loaded(other)
    return (
        ours.version_id == theirs.version_id
        and ours.intake == theirs.intake
        and stored.write(ours.terms) == stored.write(theirs.terms)
    )


@lru_cache(maxsize=4096)
def differ_in_calendars_alone(one: int, other: int) -> bool:
    """Whether two bindings promise, ask and explain the same, though perhaps on other calendars.

    Not where the plan names people who take up tickets in the hours of a calendar: who answers follows these at once.
    """
    ours, theirs = loaded(one), loaded(other)
    return (
        ours.intake == theirs.intake
        and all(place.hours in (None, OWN_HOURS) for place in intake_of(one).places)
        and takeover.differ_in_calendars_alone(ours.terms, theirs.terms)
        and _texts(ours.version_id) == _texts(theirs.version_id)
    )


def counted_otherwise(before: int, after: int, window: Span) -> Spans:
    """When, within a window, a binding counts time otherwise than one from which it differs in calendars alone."""
    return takeover.counted_otherwise(loaded(before).terms, loaded(after).terms, window)


@lru_cache(maxsize=100)
def _texts(version_id: int) -> Mapping[str, Any]:
    document = PolicyVersion.objects.values_list("document", flat=True).get(pk=version_id)
    return {key: value for key, value in document.items() if key not in _OF_A_VERSION}
