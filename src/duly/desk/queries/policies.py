"""Published policies as those see them who look after them: every version, and who holds which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_publish, policies_visible_to
from duly.desk.access.require import require
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.policy_draft import PolicyDraft
from duly.desk.errors import NotFound
from duly.desk.queries.published import document_of
from duly.desk.queries.subscriptions import Subscribed, subscribed


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version: from when it is meant to hold, who published it, and how many subscriptions hold it."""

    id: int
    version: str
    effective_on: date | None
    published_at: datetime
    published_by: str
    subscriptions: int
    is_in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyLine:
    """A policy on the list, its newest version first."""

    key: str
    title: str
    provider: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """A policy with its versions and its subscribers."""

    line: PolicyLine
    subscribed: Sequence[Subscribed]
    calendars: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A draft on the list, by what it says that it is."""

    id: int
    name: str
    changed_at: datetime
    changed_by: str


def policy_lines(actor: Actor, at: datetime) -> Sequence[PolicyLine]:
    """Read the list.

    Raises:
        NotFound: the actor is a customer.
    """
    held = Counter(each.version_id for each in subscribed(actor, at))
    policies = policies_visible_to(actor).order_by("title", "key")
    rows: dict[str, list[PolicyVersion]] = {}
    versions = PolicyVersion.objects.filter(policy__in=policies)
    for row in versions.select_related("policy", "published_by").defer("source", "document"):
        rows.setdefault(row.policy.key, []).append(row)
    return [_line(rows[each.key], held, at) for each in policies if each.key in rows]


def policy_page(actor: Actor, key: str, at: datetime) -> PolicyPage:
    """Read one.

    Raises:
        NotFound: there is no such policy, or the actor is a customer.
    """
    line = next((each for each in policy_lines(actor, at) if each.key == key), None)
    if line is None:
        raise NotFound
    holds = next((each.id for each in line.versions if each.is_in_force), None)
    return PolicyPage(
        line=line,
        subscribed=subscribed(actor, at, policy_key=key),
        calendars=tuple(document_of(holds).policy.calendars) if holds else (),
    )


def version_text(actor: Actor, version_id: int) -> tuple[str, str]:
    """The source of a version and its cases, to begin the next one with.

    Raises:
        NotFound: there is no such version, or the actor may not publish.
    """
    row = PolicyVersion.objects.filter(pk=version_id).only("source", "cases").first()
    require(may_publish(actor) and row is not None)
    assert row is not None
    return row.source, row.cases


def draft_lines(actor: Actor) -> Sequence[DraftLine]:
    """The drafts, the one worked on last first; none for those who may not publish."""
    if not may_publish(actor):
        return []
    rows = PolicyDraft.objects.select_related("changed_by").defer("cases")
    return [
        DraftLine(
            id=row.pk,
            name=called(row.source),
            changed_at=row.changed_at,
            changed_by=str(row.changed_by),
        )
        for row in rows
    ]


def called(source: str) -> str:
    """What a text says that it is, as far as it can be seen without reading it: `photoprism 2026-12`."""
    found: dict[str, str] = {}
    for line in source.splitlines():
        key, colon, value = line.partition(":")
        if colon and key in ("policy", "version"):
            found.setdefault(key, value.partition(" #")[0].strip().strip("\"'"))
    return " ".join(found[key] for key in ("policy", "version") if found.get(key))


def _line(rows: list[PolicyVersion], held: Counter[int], at: datetime) -> PolicyLine:
    policy = rows[0].policy
    holds = next((row for row in rows if _has_begun(row, at)), None)
    return PolicyLine(
        key=policy.key,
        title=policy.title,
        provider=policy.provider,
        versions=tuple(
            Version(
                id=row.pk,
                version=row.version,
                effective_on=row.effective_on,
                published_at=row.published_at,
                published_by=str(row.published_by or ""),
                subscriptions=held[row.pk],
                is_in_force=row is holds,
            )
            for row in rows
        ),
    )


def _has_begun(row: PolicyVersion, at: datetime) -> bool:
    return row.effective_on is None or row.effective_on <= at.date()
