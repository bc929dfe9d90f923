"""Who holds another version of a policy, and can be moved to this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duly.desk.access.actor import Actor
from duly.desk.access.agreements import may_manage_agreements
from duly.desk.access.require import require
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.queries.subscriptions import Subscribed, subscribed


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """The version, and whoever holds another one of the same policy, by name."""

    version_id: int
    policy: str
    policy_key: str
    version: str
    effective_on: date | None
    others: Sequence[Subscribed]


def moving(actor: Actor, version_id: int, at: datetime) -> Moving:
    """Read it. Two statements.

    Raises:
        NotFound: the actor may not, or there is no such version.
    """
    version = PolicyVersion.objects.select_related("policy").filter(pk=version_id).first()
    require(may_manage_agreements(actor) and version is not None)
    assert version is not None
    held = subscribed(actor, at, policy_key=version.policy.key)
    return Moving(
        version_id=version.pk,
        policy=version.policy.title,
        policy_key=version.policy.key,
        version=version.version,
        effective_on=version.effective_on,
        others=[each for each in held if each.version_id != version.pk],
    )
