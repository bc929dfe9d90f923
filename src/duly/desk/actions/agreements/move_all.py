"""Move many subscribers to a version of their policy."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from duly.desk.access.actor import Actor
from duly.desk.actions.agreements.move import move
from duly.desk.errors import Invalid, NotPossible


def move_all(
    *,
    actor: Actor,
    subscription_ids: Sequence[int],
    version_id: int,
    at: datetime,
    from_at: datetime | None = None,
) -> Mapping[int, str]:
    """Move each by itself, so that one that does not fit keeps no other from moving; say why those could not be.

    Raises:
        NotFound: the actor may not, or there is no such subscription or version.
    """
    refused: dict[int, str] = {}
    for subscription_id in dict.fromkeys(subscription_ids):
        try:
            move(
                actor=actor,
                subscription_id=subscription_id,
                version_id=version_id,
                at=at,
                from_at=from_at,
            )
        except (Invalid, NotPossible) as problem:
            refused[subscription_id] = str(problem)
    return refused
