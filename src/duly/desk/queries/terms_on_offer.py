"""What can be agreed with a customer: the plans of each policy's newest version, and what a subscription holds now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.require import require
from duly.desk.agreements.binding import AMENDED
from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.say import say
from duly.desk.agreements.subscription import Binding
from duly.desk.queries.last_change import last_change
from duly.desk.queries.published import document_of
from duly.desk.queries.subscriptions import Subscribed, holding, subscribed_of
from duly.policy.document.policy import Policy
from duly.policy.page.hours import name_in_words

Option = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """An amendment by contract, as it was agreed."""

    since: str
    path: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What was agreed for later; `may_go` says that it is the latest change, and can be taken back."""

    from_at: datetime
    plan: str
    why: str
    may_go: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a policy leaves to the customer: what it is called, what is picked if anything is, and what there is."""

    key: str
    label: str
    picked: str
    of: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSubscription:
    """A subscription with what can be changed about it; `places` are those of the plan, each with whoever has it."""

    subscribed: Subscribed
    zone: str
    plans: tuple[Option, ...]
    addons: tuple[Option, ...]
    held: tuple[Option, ...]
    choices: tuple[Choice, ...]
    amendments: tuple[Amended, ...]
    coming: tuple[Coming, ...]
    places: tuple[tuple[str, str, int | None], ...]


def plans_on_offer(actor: Actor) -> tuple[Option, ...]:
    """Every plan of the newest version of each policy, as ``version:plan``.

    Raises:
        NotFound: the actor may not manage agreements.
    """
    require(may_manage_agreements(actor))
    versions = PolicyVersion.objects.order_by("policy", "-published_at", "-pk").distinct("policy")
    return tuple(
        (f"{version.pk}:{key}", f"{name} · {version.policy.title}")
        for version in versions.select_related("policy")
        for key, name in _plans(version)
    )


def choices_on_offer(actor: Actor, version_id: int) -> tuple[Choice, ...]:
    """What a version leaves to whoever subscribes to it; nothing where there is no such version.

    Raises:
        NotFound: the actor may not manage agreements.
    """
    require(may_manage_agreements(actor))
    version = PolicyVersion.objects.filter(pk=version_id).first()
    return tuple(_choices(version, {})) if version else ()


def one_subscription(
    actor: Actor, organisation_id: int, subscription_id: int, at: datetime
) -> OneSubscription:
    """Read what a subscription holds and could hold instead.

    Raises:
        NotFound: the actor may not manage agreements, or the organisation has no such subscription.
    """
    rows = holding(actor, at).filter(
        subscription=subscription_id, subscription__organisation=organisation_id
    )
    row = rows.first()
    require(may_manage_agreements(actor) and row is not None)
    assert row is not None
    version = PolicyVersion.objects.get(pk=row.version_id)
    held = Binding.objects.values_list("made_from", flat=True).get(pk=row.pk)
    document = version.document
    return OneSubscription(
        subscribed=subscribed_of(row),
        zone=row.subscription.organisation.zone,
        plans=_plans(version),
        addons=tuple(
            (key, each.get("name") or key) for key, each in document.get("addons", {}).items()
        ),
        held=tuple(_addon(each) for each in held.get("addons", ())),
        choices=tuple(_choices(version, held.get("choices", {}))),
        amendments=tuple(
            Amended(
                since=str(each.get("from", "")),
                path=each["path"],
                value=str(each.get("value", "")),
                reason=each.get("reason", ""),
            )
            for each in held.get("amendments", ())
        ),
        coming=tuple(_coming(subscription_id, at)),
        places=_places(row),
    )


def _coming(subscription_id: int, at: datetime) -> Iterator[Coming]:
    """The terms on top at each later instant, as far as they differ from those before."""
    last = last_change(subscription_id)
    chain = sorted([*last.before, *last.made], key=lambda each: (each.from_at, each.pk))
    on_top = {each.from_at: each for each in chain}
    made = {each.pk for each in last.made}
    for before, each in pairwise(on_top.values()):
        is_other = (each.version_id, each.made_from) != (before.version_id, before.made_from)
        if each.from_at > at and (is_other or each.why == AMENDED):
            yield Coming(
                from_at=each.from_at,
                plan=each.plan_name,
                why=each.why,
                may_go=each.pk in made and not last.final,
            )


def _plans(version: PolicyVersion) -> tuple[Option, ...]:
    plans: dict[str, dict[str, str]] = version.document["plans"]
    return tuple((key, plan.get("name") or key) for key, plan in plans.items())


def _choices(version: PolicyVersion, picked: Mapping[str, str]) -> Iterator[Choice]:
    policy = document_of(version.pk).policy
    for key, offer in policy.choices.items():
        yield Choice(
            key=key,
            label=offer.label or key,
            picked=picked.get(key, ""),
            of=tuple((each, _meaning(each, policy)) for each in offer.of),
        )


def _meaning(name: str, policy: Policy) -> str:
    """A choice is of calendars or of zones; a zone says itself."""
    hours = name_in_words(name, policy, say) if name in policy.calendars else ""
    return f"{name}: {hours}" if hours else name


def _addon(held: str | dict[str, str | int]) -> Option:
    if isinstance(held, str):
        return held, "1"
    return str(held["addon"]), str(held.get("units", 1))


def _places(row: Binding) -> tuple[tuple[str, str, int | None], ...]:
    named: Sequence[tuple[str, int]] = list(
        NamedPerson.objects.filter(subscription=row.subscription_id).values_list("place", "person")
    )
    holders = dict(named)
    return tuple(
        (place.key, place.title, holders.get(place.key)) for place in intake_of(row.pk).places
    )


def next_month(today: date) -> date:
    """The first day of the month that follows: when most changes of an agreement begin."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
