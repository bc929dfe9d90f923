"""What an action costs beside the raw statements it amounts to, in the same run: ``python -m bench.actions``.

Each action is done in a transaction that is taken back, so that it can be done again; its statements are kept, and
sent once more through psycopg alone in a transaction that is taken back too. The ratio is what Python adds: rights,
rules, the fold, the ORM. Neither side pays for the disk. Of many runs the quickest counts, so busy neighbours do not.

Each ratio has a gate, the same as pages have. Three sorts of actions have wider ones, for their work is not with rows:
publishing reads and checks a whole policy, comparing its promises over a fortnight, and does so once for each version;
a change of terms binds a policy anew and compiles its calendars; hours and calendars are compiled to be found sound.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

import psycopg  # noqa: E402 - Django is set up first
from django.db import connection, transaction  # noqa: E402 - Django is set up first
from django.test.utils import setup_databases, teardown_databases  # noqa: E402 - Django is set up first
from tests import postgres  # noqa: E402 - Django is set up first
from tests.desk.people import cast  # noqa: E402 - Django is set up first
from tests.desk.scenes import Scene, scenes  # noqa: E402 - Django is set up first

from bench._ratio import timed  # noqa: E402 - Django is set up first

RUNS = 25
MOST = 15
GATE = 20.0
CHECKS_A_POLICY, BINDS_A_POLICY, COMPILES_A_CALENDAR = 400.0, 60.0, 60.0
GATES = {
    **dict.fromkeys(("publish", "publish_draft"), CHECKS_A_POLICY),
    **dict.fromkeys(
        ("subscribe", "add_addon", "drop_addon", "choose", "amend", "move", "move_all"),
        BINDS_A_POLICY,
    ),
    **dict.fromkeys(("set_calendar", "set_hours", "add_organisation"), COMPILES_A_CALENDAR),
}
"""What the ratio of an action may be where its own work is more than its statements."""
Statement = tuple[str, Any]


def main() -> int:
    """Measure, print, and say by the exit status whether each action keeps to its statements and its gate."""
    with postgres.running():
        made = setup_databases(verbosity=0, interactive=False)
        try:
            return measure()
        finally:
            teardown_databases(made, verbosity=0)


def measure() -> int:
    print(
        f"the quickest of {RUNS} runs; ratio: an action against its own statements sent through psycopg"
    )
    print(f"{'action':24} {'statements':>10} {'action':>10} {'raw':>10} {'ratio':>7}  gate")
    over = broken = 0
    played = scenes(cast())
    settings = connection.get_connection_params()
    raw = psycopg.connect(**{**settings, "cursor_factory": psycopg.ClientCursor})
    with raw:
        for scene in played:
            sent, holds = compare(scene, raw)
            over, broken = over + (sent > MOST), broken + (not holds)
    print(f"{over} of {len(played)} actions send more than {MOST} statements")
    print(f"{broken} of {len(played)} gates are broken")
    return 1 if over or broken else 0


def compare(scene: Scene, raw: psycopg.Connection[Any]) -> tuple[int, bool]:
    """Print one action's line; give how many statements it sends, and whether its gate holds."""
    statements: list[Statement] = []

    def keep(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql:
            statements.append((sql, params))
        return run(sql, params, many, context)

    with connection.execute_wrapper(keep), taken_back():
        scene.play()

    def action() -> None:
        with taken_back():
            scene.play()

    def bare() -> None:
        with raw.cursor() as cursor:
            for sql, params in statements:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
        raw.rollback()

    runs = [(timed(action), timed(bare)) for _ in range(RUNS)]
    ours, theirs = (min(side) * 1e3 for side in zip(*runs, strict=True))
    ratio, gate = ours / theirs, GATES.get(scene.name, GATE)
    line = f"{scene.name:24} {len(statements):>10} {ours:>7.2f} ms {theirs:>7.2f} ms {ratio:>7.1f}"
    print(f"{line}  at most {gate:g} {'holds' if ratio <= gate else 'BROKEN'}")
    return len(statements), ratio <= gate


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


if __name__ == "__main__":
    sys.exit(main())
