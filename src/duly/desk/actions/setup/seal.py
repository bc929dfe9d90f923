"""Seal the day that ended, so that nobody can rewrite it unseen."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from duly.desk.queries.chain import Last, digest_of, reach
from duly.desk.setup.seal import DaySeal

_ONE_SEALING = 0x5EA1ED
"""The advisory lock under which a day is sealed, so that two workers make one chain."""


def seal_day(*, at: datetime) -> DaySeal | None:
    """Seal all that was recorded since the last seal, under the date before `at` (UTC); None when that day has one.

    When nobody was there to seal for some days, one seal covers them, under the last of them.
    """
    on = at.astimezone(UTC).date() - timedelta(days=1)
    if DaySeal.objects.filter(on__gte=on).exists():
        return None
    until = _recorded()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_SEALING])
        before = DaySeal.objects.last()
        if before is not None and before.on >= on:
            return None
        previous, since = (before.digest, reach(before)) if before else ("", Last())
        return DaySeal.objects.create(
            on=on,
            last_entry_id=until.entry_id,
            last_event_id=until.event_id,
            previous_digest=previous,
            digest=digest_of(on, previous, since, until),
            sealed_at=at,
        )


@transaction.atomic
def _recorded() -> Last:
    """The last ids, at an instant when no transaction holds a smaller one that is still to come."""
    with connection.cursor() as cursor:
        # The lock waits for whoever is writing and holds the others up for two statements; better late than in the way.
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute("LOCK TABLE desk_auditentry, desk_event IN SHARE MODE")
        cursor.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM desk_auditentry),"
            " (SELECT coalesce(max(id), 0) FROM desk_event)"
        )
        entry_id, event_id = cursor.fetchone() or (0, 0)
    return Last(entry_id, event_id)
