"""Publish a draft, which then is none any more."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_publish
from duly.desk.access.require import require
from duly.desk.actions.agreements.publish import publish
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.policy_draft import PolicyDraft
from duly.desk.errors import Invalid
from duly.policy import PolicyErrors, read
from duly.policy.reading.restate import restated


@transaction.atomic
def publish_draft(
    *, actor: Actor, draft_id: int, effective_on: date | None, at: datetime
) -> PolicyVersion:
    """Publish a draft. A date of effect is written into its text, so that text and version say the same.

    Raises:
        NotFound: the actor may not publish, or there is no such draft.
        Unpublishable: the text has faults; a new draft is what mends it.
        NotPossible: a case fails, or cannot be run.
        Invalid: that version was published with another text.
    """
    require(may_publish(actor))
    draft = PolicyDraft.objects.select_for_update().filter(pk=draft_id).first()
    require(draft is not None)
    assert draft is not None
    source = draft.source if effective_on is None else _effective(draft.source, effective_on)
    version = publish(actor=actor, source=source, cases=draft.cases, at=at)
    draft.delete()
    return version


def _effective(source: str, on: date) -> str:
    try:
        document = read(source)
    except PolicyErrors:
        return source  # Publishing tells what is wrong with it.
    if document.policy.effective == on:
        return source
    try:
        return restated(source, document.source, ("effective",), on.isoformat())
    except KeyError as problem:
        raise Invalid(
            _("Write the date of effect into the policy: effective: %(date)s") % {"date": on},
            field="effective_on",
        ) from problem
