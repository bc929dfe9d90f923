"""Keep a policy in the making, and give it up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_publish
from duly.desk.access.require import require
from duly.desk.agreements.policy_draft import PolicyDraft
from duly.desk.errors import Invalid

LONGEST = 500_000
"""Characters; ten times what the longest policy of the gallery has."""


@transaction.atomic
def keep_policy_draft(
    *, actor: Actor, source: str, cases: str, at: datetime, draft_id: int | None = None
) -> PolicyDraft:
    """Keep a policy and its cases as they were typed, in a new draft or in one that is there.

    Raises:
        NotFound: the actor may not publish, or there is no such draft.
        Invalid: it is far too long.
    """
    require(may_publish(actor))
    draft = PolicyDraft() if draft_id is None else _locked(draft_id)
    for name, text in (("source", source), ("cases", cases)):
        if len(text) > LONGEST:
            raise Invalid(_("This is far too long for a policy. Nothing was kept."), field=name)
    draft.source, draft.cases = _plain(source), _plain(cases)
    draft.changed_at, draft.changed_by_id = at, actor.speaker_id
    draft.save()
    return draft


@transaction.atomic
def drop_policy_draft(*, actor: Actor, draft_id: int, at: datetime) -> None:  # noqa: ARG001
    """Give a draft up. Nothing that was published changes.

    Raises:
        NotFound: the actor may not publish, or there is no such draft.
    """
    require(may_publish(actor))
    _locked(draft_id).delete()


def _locked(draft_id: int) -> PolicyDraft:
    draft = PolicyDraft.objects.select_for_update().filter(pk=draft_id).first()
    require(draft is not None)
    assert draft is not None
    return draft


def _plain(text: str) -> str:
    """Browsers end lines as telegraphs did, and PostgreSQL keeps no null character."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
