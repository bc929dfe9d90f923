"""Publish a version of a policy: refused unless it reads and checks, kept for ever as it was."""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_publish
from duly.desk.access.require import require
from duly.desk.actions._audit import audit
from duly.desk.agreements.policy import Policy, PolicyVersion
from duly.desk.errors import Invalid, NotPossible
from duly.policy import Document, PolicyErrors, Problem, UnusableInputError, freeze, read
from duly.policy.cases.run import run
from duly.policy.check import review


class Unpublishable(Invalid):
    """The file is no policy that can be kept; `problems` name line and column."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(
            _("This policy was not published: %(n)s things in it cannot be used.")
            % {"n": len(problems)},
            field="source",
        )
        self.problems = problems


@transaction.atomic
def publish(*, actor: Actor, source: str, at: datetime, cases: str = "") -> PolicyVersion:
    """Publish a policy file given as text. Its country holidays become dates that never move afterwards.

    Cases given with it must hold: they say what its author meant.

    Publishing the same text of a version again gives the version that is there.

    Raises:
        NotFound: the actor may not publish.
        Unpublishable: the text has faults, or what it says cannot be meant; warnings are for its author to judge.
        NotPossible: a case fails, or cannot be run.
        Invalid: that version was published with another text.
    """
    require(may_publish(actor))
    document = _sound(source, at.date())
    if not run(cases, document).are_good:
        raise NotPossible(
            _("Not every case holds, so nothing was published. Mend the policy or the case.")
        )
    stated = document.policy
    policy, _is_new = Policy.objects.update_or_create(
        key=stated.policy,
        defaults={"title": stated.title or stated.policy, "provider": stated.provider or ""},
    )
    Policy.objects.select_for_update().get(pk=policy.pk)
    digest = sha256(source.encode()).hexdigest()
    if (there := policy.versions.filter(version=stated.version).first()) is not None:
        if there.digest == digest:
            return there
        raise Invalid(
            _(
                "Version %(version)s of %(policy)s was published before, with another text. Name a new version."
            )
            % {"version": stated.version, "policy": policy},
            field="source",
        )
    version = PolicyVersion.objects.create(
        policy=policy,
        version=stated.version,
        effective_on=stated.effective if isinstance(stated.effective, date) else None,
        known_since_on=stated.known_since,
        source=source,
        cases=cases,
        digest=digest,
        document=document.source.data,
        published_at=at,
        published_by_id=actor.person_id,
    )
    audit("policy_published", actor=actor, at=at, subject=version, digest=digest)
    return version


def _sound(source: str, today: date) -> Document:
    try:
        document = read(source)
        if errors := review.errors(document, today):
            raise Unpublishable(errors)
        return freeze(document)
    except PolicyErrors as unusable:
        raise Unpublishable(unusable.problems) from unusable
    except UnusableInputError as error:
        raise Unpublishable([Problem(code="unusable", message=str(error))]) from error
