"""A policy in the making: what is wrong with it, what it would change, and whether its cases hold."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_publish
from duly.desk.access.require import require
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.policy_draft import PolicyDraft
from duly.desk.agreements.say import say
from duly.desk.queries.policies import called
from duly.policy import Document, PolicyErrors, read
from duly.policy.cases.run import Results, run
from duly.policy.check.review import Findings, review, review_document
from duly.policy.diff import Differences, differences
from duly.policy.page.build import page
from duly.policy.page.model import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftText:
    """A draft as it was typed."""

    id: int
    name: str
    source: str
    cases: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What publishing would bring about; `old_version` is what it is compared with, empty for a new policy.

    `forbids_reductions`: that version promises its subscribers that what they hold is not reduced.
    """

    findings: Findings
    policy_key: str
    version: str
    effective_on: date | None
    is_taken: bool
    page: Page
    old_version: str
    forbids_reductions: bool
    changes: Differences | None
    results: Results


def draft_text(actor: Actor, draft_id: int) -> DraftText:
    """Read a draft.

    Raises:
        NotFound: there is none, or the actor may not publish.
    """
    row = PolicyDraft.objects.select_related("changed_by").filter(pk=draft_id).first()
    require(may_publish(actor) and row is not None)
    assert row is not None
    return DraftText(
        id=row.pk,
        name=called(row.source),
        source=row.source,
        cases=row.cases,
        changed_at=row.changed_at,
        changed_by=str(row.changed_by),
    )


def check_of(draft: DraftText, at: datetime) -> Findings:
    """Check a draft, as publishing will."""
    return review(draft.source, at.date())


def review_of(draft: DraftText, at: datetime) -> Review | None:
    """Read and compare a draft; None when it does not read, which its check tells."""
    try:
        document = read(draft.source)
    except PolicyErrors:
        return None
    stated = document.policy
    old = _compared_with(stated.policy, at)
    before = read(old.source) if old else None
    return Review(
        findings=review_document(document, at.date()),
        policy_key=stated.policy,
        version=stated.version,
        effective_on=stated.effective if isinstance(stated.effective, date) else None,
        is_taken=_is_taken(document),
        page=page(document, say=say),
        old_version=old.version if old else "",
        forbids_reductions=before is not None and before.policy.terms.reduction == "forbidden",
        changes=differences(before, document) if before else None,
        results=run(draft.cases, document),
    )


def _compared_with(key: str, at: datetime) -> PolicyVersion | None:
    """The version in force, or the newest where none has begun."""
    versions = PolicyVersion.objects.filter(policy__key=key)
    begun = Q(effective_on=None) | Q(effective_on__lte=at.date())
    return versions.filter(begun).first() or versions.first()


def _is_taken(document: Document) -> bool:
    stated = document.policy
    versions = PolicyVersion.objects.filter(policy__key=stated.policy, version=stated.version)
    return versions.exists()
