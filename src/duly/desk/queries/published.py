"""Published policies as anybody may read them: the page made of the file, and what a report now would be promised."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import F, Q
from django.utils.translation import get_language

from duly.core import instant
from duly.core.clock.fold import fold
from duly.core.events import Facts, Opened
from duly.core.terms import Terms
from duly.desk.agreements.policy import Policy, PolicyVersion
from duly.desk.agreements.say import say
from duly.desk.errors import NotFound
from duly.desk.queries.level import Level, levels_of
from duly.desk.queries.promise import Promise, promises_of
from duly.policy import (
    Document,
    PolicyErrors,
    UnusableInputError,
    bind,
    read,
    read_data,
    subscription,
)
from duly.policy.page.build import page
from duly.policy.page.compare import comparison
from duly.policy.page.model import Comparison, Page
from duly.policy.page.quantities import CUSTOMER


@dataclass(frozen=True, slots=True)
class Published:
    """A policy on the list."""

    key: str
    title: str
    provider: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Business hours that somebody supposes, as `09:00` and `17:00`, Monday to Friday without holidays."""

    zone: str
    opens: str = "09:00"
    closes: str = "17:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan of a policy that one may ask about."""

    key: str
    name: str
    levels: tuple[Level, ...]
    asks_hours: bool
    """Whether it counts in the customer's own business hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A policy's page, with the plans that one may ask about."""

    version_id: int
    key: str
    version: str
    priority_label: str
    page: Page
    comparison: Comparison | None
    """None where there is only one plan."""
    plans: tuple[Plan, ...]
    calendars: tuple[str, ...]


def published() -> tuple[Published, ...]:
    """All policies of which a version was published."""
    rows = Policy.objects.exclude(versions=None).order_by("title")
    return tuple(Published(row.key, row.title, row.provider) for row in rows)


def plan_page(key: str, at: datetime) -> PlanPage:
    """The page of the version in force. One statement, once it was read.

    Raises:
        NotFound: there is no such policy, or no version of it is in force yet.
    """
    return _page(in_force(key, at), get_language() or "")


def promised_if(
    version_id: int, plan: str, priority: str, at: datetime, hours: Hours
) -> tuple[Promise, ...]:
    """The promises of a report at this instant, on the web, by a customer with these hours who states nothing else.

    Raises:
        NotFound: there is no such plan or priority, or the plan promises nothing before the customer has chosen.
    """
    read_once = _read(version_id)
    terms = read_once.terms.get(plan)
    if plan in read_once.asking_hours:
        terms = _in_hours(version_id, plan, hours)
    if terms is None or priority not in [level.key for level in terms.priorities]:
        raise NotFound
    now = instant.from_datetime(at)
    opened = Opened(at=now, binding=plan, priority=priority, facts=Facts(channel="web"))
    return promises_of(fold([opened], {plan: terms}, now).clocks, now)


def document_in_force(key: str, at: datetime) -> tuple[int, Document]:
    """The id of the version in force, and its file. One statement, once it was read.

    Raises:
        NotFound: there is no such policy, or no version of it is in force yet.
    """
    version_id = in_force(key, at)
    return version_id, document_of(version_id)


def document_of(version_id: int) -> Document:
    """The file of a version, in the order in which it was written."""
    return _read(version_id).document


@dataclass(frozen=True, slots=True)
class _Reading:
    key: str
    version: str
    terms: dict[str, Terms]
    asking_hours: frozenset[str]
    """The plans that count in the customer's hours: their terms here suppose some."""
    document: Document
    bound: Document


def in_force(key: str, at: datetime) -> int:
    """Find the version that holds.

    Raises:
        NotFound: there is no such policy, or no version of it has begun.
    """
    begun = Q(effective_on=None) | Q(effective_on__lte=at.date())
    versions = PolicyVersion.objects.filter(begun, policy__key=key)
    newest = versions.order_by(F("effective_on").desc(nulls_last=True), "-pk")
    found = newest.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


@lru_cache(maxsize=64)
def _read(version_id: int) -> _Reading:
    """Read a version once: it never changes. Its text keeps the order of the plans, its data the dates of holidays."""
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    written, document = read(version.source), read_data(version.document)
    alone = {plan: _terms(document, plan, None) for plan in written.policy.plans}
    supposed = {
        plan: _terms(document, plan, Hours("UTC")) for plan, terms in alone.items() if terms is None
    }
    return _Reading(
        key=version.policy.key,
        version=version.version,
        terms={
            plan: terms
            for plan in alone
            if (terms := alone[plan] or supposed.get(plan)) is not None
        },
        asking_hours=frozenset(plan for plan, terms in supposed.items() if terms is not None),
        document=written,
        bound=document,
    )


def _terms(document: Document, plan: str, hours: Hours | None) -> Terms | None:
    """The terms of a plan for somebody with these hours; None where a choice of theirs is missing as well."""
    held: dict[str, object] = {"plan": plan}
    if hours is not None:
        week = {"mon-fri": f"{hours.opens}-{hours.closes}"}
        held["calendars"] = {CUSTOMER: {"zone": hours.zone, "week": week, "holidays": []}}
    try:
        return bind(document, subscription(held))
    except (PolicyErrors, UnusableInputError):
        return None


@lru_cache(maxsize=64)
def _in_hours(version_id: int, plan: str, hours: Hours) -> Terms | None:
    return _terms(_read(version_id).bound, plan, hours)


@lru_cache(maxsize=256)
def _page(version_id: int, language: str) -> PlanPage:  # noqa: ARG001 - `say` says it in that language
    """Write the page of a version once in each language."""
    read_once = _read(version_id)
    policy = read_once.document.policy
    return PlanPage(
        version_id=version_id,
        key=read_once.key,
        version=read_once.version,
        priority_label=policy.priorities.label
        if "label" in policy.priorities.model_fields_set
        else "",
        page=page(read_once.document, say=say),
        comparison=comparison(read_once.document, say),
        plans=tuple(
            Plan(
                key=plan,
                name=found.plan_name or plan,
                levels=levels_of(found),
                asks_hours=plan in read_once.asking_hours,
            )
            for plan, found in read_once.terms.items()
        ),
        calendars=tuple(policy.calendars),
    )
