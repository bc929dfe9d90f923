"""Civil time: what clocks on walls show, in zones with every kind of transition."""

import itertools
import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.core.calendar.civil import Civil, _changes, civil
from duly.core.instant import parse, text
from duly.core.spans import Span

EPOCH = date(1970, 1, 1)


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """What other tests read of a zone is kept; here it is read again."""
    _changes.cache_clear()


def year(zone: str, number: int) -> Civil:
    return civil(zone, Span(parse(f"{number}-01-01T00:00Z"), parse(f"{number + 1}-01-01T00:00Z")))


def local(words: str) -> int:
    """Local time as the module counts it."""
    return int(datetime.fromisoformat(words).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("zone", "wall", "opening", "closing"),
    [
        ("Europe/Berlin", "2026-06-01T09:00", "2026-06-01T07:00:00Z", "2026-06-01T07:00:00Z"),
        # Clocks go from 02:00+01:00 to 03:00+02:00: 02:30 is read as 03:30+02:00.
        ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59:00Z", "2026-03-29T00:59:00Z"),
        ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"),
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"),
        # Clocks go from 03:00+02:00 to 02:00+01:00: 02:30 comes twice.
        ("Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59:00Z", "2026-10-24T23:59:00Z"),
        ("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z"),
        # Half an hour: from 02:00+10:30 to 02:30+11:00, and from 02:00+11:00 to 01:30+10:30.
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00Z", "2026-10-03T15:45:00Z"),
        ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"),
        # Irish law calls winter the exception: the saving is negative, the clocks do as in London.
        ("Europe/Dublin", "2026-03-29T01:30", "2026-03-29T01:30:00Z", "2026-03-29T01:30:00Z"),
        ("Europe/Dublin", "2026-10-25T01:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        # Morocco leaves +01:00 for Ramadan; in 2024 from 10 March, 03:00, to 14 April, 02:00.
        ("Africa/Casablanca", "2024-03-10T02:30", "2024-03-10T01:30:00Z", "2024-03-10T02:30:00Z"),
        ("Africa/Casablanca", "2024-04-14T02:30", "2024-04-14T02:30:00Z", "2024-04-14T02:30:00Z"),
        # Midnight itself is skipped, or the last hour of Saturday repeated.
        ("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00:00Z", "2018-11-04T03:00:00Z"),
        ("America/Sao_Paulo", "2018-02-17T23:30", "2018-02-18T01:30:00Z", "2018-02-18T02:30:00Z"),
        # From 01:00-04:00 to 00:00-05:00: midnight comes twice.
        ("America/Havana", "2026-11-01T00:00", "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z"),
        # The whole of 30 December 2011 is missing: -10:00 becomes +14:00.
        ("Pacific/Apia", "2011-12-29T23:00", "2011-12-30T09:00:00Z", "2011-12-30T09:00:00Z"),
        ("Pacific/Apia", "2011-12-30T09:00", "2011-12-30T19:00:00Z", "2011-12-30T19:00:00Z"),
        ("Pacific/Apia", "2011-12-31T09:00", "2011-12-30T19:00:00Z", "2011-12-30T19:00:00Z"),
    ],
)
def test_local_times_mean_instants(zone: str, wall: str, opening: str, closing: str) -> None:
    there = year(zone, int(wall[:4]))
    assert text(there.opening(local(wall))) == opening
    assert text(there.closing(local(wall))) == closing


def test_a_date_that_a_zone_skipped_does_not_exist() -> None:
    samoa = year("Pacific/Apia", 2011)
    assert [day for day in (29, 30, 31) if samoa.exists((date(2011, 12, day) - EPOCH).days)] == [
        29,
        31,
    ]
    brazil = year("America/Sao_Paulo", 2018)
    assert brazil.exists((date(2018, 11, 4) - EPOCH).days)


def test_a_date_may_come_in_two_stretches() -> None:
    # In 2010 Newfoundland went from 00:01-02:30 on 7 November back to 23:01-03:30 on the 6th.
    stretches = list(year("America/St_Johns", 2010).dates())
    saturday, sunday = ((date(2010, 11, day) - EPOCH).days for day in (6, 7))
    near = [
        (number, text(span.start), text(span.end))
        for number, span in stretches
        if saturday <= number <= sunday
    ]
    assert near == [
        (saturday, "2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z"),
        (sunday, "2010-11-07T02:30:00Z", "2010-11-07T02:31:00Z"),
        (saturday, "2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z"),
        (sunday, "2010-11-07T03:30:00Z", "2010-11-08T03:30:00Z"),
    ]


def test_stretches_cover_the_window_and_a_skipped_date_has_none() -> None:
    samoa = year("Pacific/Apia", 2011)
    stretches = list(samoa.dates())
    assert (date(2011, 12, 30) - EPOCH).days not in dict(stretches)
    spans = [span for _, span in stretches]
    assert (spans[0].start, spans[-1].end) == samoa.window
    assert all(a.end == b.start for a, b in itertools.pairwise(spans))


@given(
    st.sampled_from(sorted(available_timezones())),
    st.integers(parse("2000-01-01T00:00Z"), parse("2041-01-01T00:00Z")),
)
def test_every_zone_reads_as_zoneinfo_reads_it(zone: str, at: int) -> None:
    there = civil(zone, Span(at - 400 * 86_400, at + 400 * 86_400))
    for near in (at, *there.changes, *(change - 1 for change in there.changes)):
        wall = datetime.fromtimestamp(near, ZoneInfo(zone))
        assert there.local(near) == int(wall.replace(tzinfo=UTC).timestamp())
        assert there.date(near) == (wall.date() - EPOCH).days
        if wall.fold:
            assert there.closing(there.local(near)) == near
        else:
            assert there.opening(there.local(near)) == near


@pytest.mark.parametrize("machine", ["UTC", "Etc/GMT-14"])
def test_offsets_do_not_depend_on_the_zone_of_the_machine(
    machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Singapore changed its clocks at midnight of the new year, still 1981 in UTC and long 1982 farther east."""
    change = parse("1981-12-31T16:00Z")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", machine)
        time.tzset()
        there = civil("Asia/Singapore", Span(change - 600, change + 600))
    time.tzset()
    assert there.changes == (change,)
