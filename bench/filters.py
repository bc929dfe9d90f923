"""What each filter of the queue costs on 200,000 tickets, 60,000 of them unfinished: ``python -m bench.filters``.

Each filter alone and each two together, in each order. Beside the slowest stands the plain queue of the same run; of
three runs the quickest counts.
"""

import itertools
import os
import re
import sys
from datetime import UTC, datetime

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection  # noqa: E402 - Django is set up first
from django.test.utils import setup_databases, teardown_databases  # noqa: E402 - Django is set up first
from tests import postgres  # noqa: E402 - Django is set up first

from duly.desk.access.actor import Actor  # noqa: E402 - Django is set up first
from duly.desk.access.tickets import visible_to  # noqa: E402 - Django is set up first
from duly.desk.agreements.policy import Policy, PolicyVersion  # noqa: E402 - Django is set up first
from duly.desk.agreements.subscription import Binding, Subscription  # noqa: E402 - Django is set up first
from duly.desk.people.organisation import Organisation  # noqa: E402 - Django is set up first
from duly.desk.people.person import Person  # noqa: E402 - Django is set up first
from duly.desk.people.role import Right  # noqa: E402 - Django is set up first
from duly.desk.people.team import Team  # noqa: E402 - Django is set up first
from duly.desk.queries.filtering import unfinished  # noqa: E402 - Django is set up first
from duly.desk.queries.places import ORDERS  # noqa: E402 - Django is set up first
from duly.desk.queries.queue import SIZE, with_people  # noqa: E402 - Django is set up first
from duly.desk.tickets.selection import Filters, Sort  # noqa: E402 - Django is set up first
from duly.desk.tickets.tag import Tag  # noqa: E402 - Django is set up first

SHOWN = 12
READER = Actor(
    person_id=1010,
    via="web",
    rights=frozenset(Right) - {Right.SEE_PRIVATE_TICKETS},
    teams=frozenset({3, 4}),
    barred_teams=frozenset({8}),
)
ASKED: list[tuple[str, str]] = [
    (pair.partition(":")[0], pair.partition(":")[2])
    for pair in (
        "rank:top rank:upper rank:unset priority:1 priority:4 priority:none plan:alpha plan:beta plan:beta/pro "
        "organisation:1 organisation:499 team:3 team:mine team:none assignee:me assignee:nobody tag:tag1 tag:tag39 "
        "tag:tag40 state:open state:waiting state:customer state:shipment state:aside due:missed due:1h due:24h "
        "due:none opened:1d opened:30d channel:mail channel:chat"
    ).split()
]
"""Common values, rare ones and such as nothing has."""


def main() -> int:
    """Measure and print."""
    with postgres.running():
        made = setup_databases(verbosity=0, interactive=False)
        try:
            fill()
            measure()
        finally:
            teardown_databases(made, verbosity=0)
    return 0


def measure() -> None:
    alone = [dict([one]) for one in ASKED]
    pairs = [dict(two) for two in itertools.combinations(ASKED, 2) if two[0][0] != two[1][0]]
    at = datetime.now(UTC)
    for title, many in (("alone", alone), ("two together", pairs if "pairs" in sys.argv else [])):
        plain = {sort: milliseconds({}, sort, at) for sort in Sort}
        found = sorted(
            ((milliseconds(asked, sort, at), sort, asked) for asked in many for sort in Sort),
            key=lambda one: -one[0],
        )
        for took, sort, asked in found[:SHOWN]:
            named = " ".join(f"{name}:{value}" for name, value in asked.items())
            print(f"{title:14}{sort:10}{named:32}{took:8.2f} ms  plain {plain[sort]:.2f} ms")
        if found:
            middle = found[len(found) // 2][0]
            print(f"{title:14}{len(found)} measured, half of them under {middle:.2f} ms")


def milliseconds(asked: dict[str, str], sort: Sort, at: datetime) -> float:
    """The quickest of three runs inside PostgreSQL."""
    rows = with_people(unfinished(visible_to(READER), Filters(**asked), READER, at))
    rows = rows.order_by(*ORDERS[sort])[: SIZE + 1]
    said = (rows.explain(analyze=True) for _ in range(3))
    return min(float(re.findall(r"Execution Time: ([\d.]+)", text)[0]) for text in said)


def fill() -> None:
    """Make tickets as an old desk has them: few large customers, rare channels, what is less urgent due later."""
    at = datetime.now(UTC)
    Person.objects.bulk_create(
        Person(pk=n, email=f"{n}@x.example", name=f"Person {n}", created_at=at)
        for n in range(1000, 3001)
    )
    Organisation.objects.bulk_create(
        Organisation(pk=n, name=f"Organisation {n}", created_at=at) for n in range(1, 501)
    )
    Team.objects.bulk_create(Team(pk=n, name=f"Team {n}", is_private=n == 8) for n in range(1, 9))
    Tag.objects.bulk_create(Tag(pk=n, name=f"tag{n}") for n in range(1, 41))
    for number, key in enumerate(("alpha", "beta"), start=1):
        Policy.objects.create(pk=number, key=key, title=key, provider="P")
        PolicyVersion.objects.create(
            pk=number, policy_id=number, version="1", document={}, published_at=at
        )
    Subscription.objects.bulk_create(
        Subscription(
            pk=n, organisation_id=n, policy_id=1 + (n % 10 == 9), from_on=at.date(), created_at=at
        )
        for n in range(1, 501)
    )
    Binding.objects.bulk_create(
        Binding(
            pk=n,
            subscription_id=n,
            version_id=1 + (n % 10 == 9),
            plan=("basic", "gold", "pro")[n % 3],
            plan_name="Plan",
            from_at=at,
            terms={},
            made_from={},
            made_at=at,
        )
        for n in range(1, 501)
    )
    with connection.cursor() as cursor:
        for statement in (TICKETS, TAGGINGS, OLD_TAG, "VACUUM ANALYZE"):
            cursor.execute(statement)


TICKETS = """
INSERT INTO desk_ticket (number, subject, organisation_id, requester_id, subscription_id, binding_id, channel, status,
        waiting_on, priority, rank, team_id, assignee_id, excluded_by, snoozed_until, next_due_at, sequence, opened_at,
        last_event_at)
    SELECT n, 'Subject ' || n, place, 1000 + n % 2000, place, place,
        CASE WHEN a < 0.6 THEN 'web' WHEN a < 0.95 THEN 'mail' WHEN a < 0.999 THEN 'phone' ELSE 'chat' END, stands,
        CASE WHEN stands <> 'waiting' THEN '' WHEN b < 0.9 THEN 'customer' WHEN b < 0.995 THEN 'third_party'
             ELSE 'shipment' END,
        level::text, 330 * (level - 1), CASE WHEN c < 0.95 THEN 1 + (c * 1000)::int % 7 END,
        CASE WHEN d < 0.8 THEN 1000 + (d * 50)::int END, '', CASE WHEN e < 0.02 THEN now() + interval '1 day' END,
        CASE WHEN stands = 'closed' OR (level = 4 OR stands = 'waiting') AND b < 0.5 THEN NULL
             WHEN level = 4 OR stands = 'waiting' THEN now() + f * interval '400 hours'
             ELSE now() - interval '30 hours' + f * level * interval '60 hours' END,
        3, now() - (200000 - n) * interval '2 minutes', now()
    FROM (SELECT n, greatest(1, (500 * power(random(), 3))::int) AS place, random() AS a, random() AS b, random() AS c,
            random() AS d, random() AS e, random() AS f,
            CASE WHEN random() < 0.01 THEN 1 WHEN random() < 0.1 THEN 2 WHEN random() < 0.6 THEN 3 ELSE 4 END AS level,
            CASE WHEN n <= 120000 OR random() < 0.25 THEN 'closed' WHEN random() < 0.6 THEN 'open'
                 ELSE 'waiting' END AS stands
        FROM generate_series(1, 200000) n) AS drawn
"""
TAGGINGS = """
INSERT INTO desk_tagging (ticket_id, tag_id)
    SELECT id, greatest(1, (40 * power(random(), 2))::int) FROM desk_ticket WHERE random() < 0.5
"""
OLD_TAG = """
INSERT INTO desk_tagging (ticket_id, tag_id)
    SELECT id, 40 FROM desk_ticket ORDER BY id LIMIT 100 ON CONFLICT DO NOTHING
"""

if __name__ == "__main__":
    raise SystemExit(main())
