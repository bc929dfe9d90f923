"""Open time: due, elapsed, openings."""

from duly.core.instant import parse
from tests.core.calendars import HOUR, OFFICE, open_time

OFFICE_TIME = open_time(OFFICE)


def test_business_hours_go_on_at_the_next_opening() -> None:
    # Friday 16:00 leaves one hour; Monday is already winter time: 09:00 + 7 h = 16:00+01:00.
    due = OFFICE_TIME.due(parse("2026-10-23T16:00+02:00"), 8 * HOUR)
    assert due == parse("2026-10-26T16:00+01:00")


def test_used_up_at_closing_time_is_due_at_closing_time() -> None:
    assert OFFICE_TIME.due(parse("2026-10-21T09:00+02:00"), 8 * HOUR) == parse(
        "2026-10-21T17:00+02:00"
    )


def test_elapsed_counts_open_time_only() -> None:
    assert (
        OFFICE_TIME.elapsed(parse("2026-10-23T16:00+02:00"), parse("2026-10-26T10:00+01:00"))
        == 2 * HOUR
    )
