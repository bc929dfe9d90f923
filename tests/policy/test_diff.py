"""What a new version changes: found by meaning, with an instant that shows it."""

from duly.core import instant
from duly.policy import Document, read
from duly.policy.diff import Difference, differences
from duly.policy.problems import path_text

OLD = """\
duly: 1
policy: example
version: "1"
effective: 2026-01-01
priorities: [1, 2, 3]
calendars: {office: {zone: UTC, week: {mon-fri: "09:00-17:00"}}}
rules: {business_day: end_of_nth_day}
plans:
  basic:
    name: Basic
    hours: office
    targets:
      first_response: {1: 2 business hours, 2: 1 business day, 3: best effort}
      resolution: {1: 16 business hours, 2: suggested 10 days, 3: none}
"""


def changed(*swaps: tuple[str, str]) -> Document:
    text = OLD.replace('version: "1"', 'version: "2"')
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return read(text)


def paths(found: list[Difference]) -> list[str]:
    return [path_text(each.path) for each in found]


def test_the_same_promises_in_other_words_are_unchanged() -> None:
    # Sixteen open hours of eight a day are two days of open time, and 60 minutes an hour.
    found = differences(read(OLD), changed(("2 business hours,", "120 business minutes,")))
    assert not found.reductions
    assert not found.improvements
    assert [(each.old, each.new) for each in found.others] == [
        ("2 business hours", "120 business minutes")
    ]
    assert found.unchanged == 5


def test_a_slower_promise_is_a_reduction_with_an_instant_that_shows_it() -> None:
    found = differences(read(OLD), changed(("1: 2 business hours", "1: 3 business hours")))
    (reduction,) = found.reductions
    assert reduction.as_json()["path"] == "plans.basic.targets.first_response.1"
    # Reported on Monday at midnight, before opening: 09:00 and two or three hours.
    assert reduction.example is not None
    assert instant.text(reduction.example.reported) == "2026-06-15T00:00:00Z"
    assert instant.text(reduction.example.old) == "2026-06-15T11:00:00Z"
    assert instant.text(reduction.example.new) == "2026-06-15T12:00:00Z"


def test_a_faster_promise_is_an_improvement() -> None:
    found = differences(read(OLD), changed(("1: 16 business hours", "1: 8 business hours")))
    (improvement,) = found.improvements
    assert (improvement.old, improvement.new) == ("16 business hours", "8 business hours")
    assert improvement.example is not None
    assert instant.text(improvement.example.old) == "2026-06-16T17:00:00Z"
    assert instant.text(improvement.example.new) == "2026-06-15T17:00:00Z"


def test_what_is_slower_for_some_reports_alone_is_a_reduction() -> None:
    # The end of the day is sooner than three hours of 24 only in the afternoon.
    found = differences(
        read(OLD), changed(("1: 2 business hours", "1: {within: end of business day}"))
    )
    assert paths(found.reductions) == ["plans.basic.targets.first_response.1"]


def test_a_due_instant_is_more_than_best_effort_and_that_is_more_than_nothing() -> None:
    swaps = (("3: best effort", "3: 4 business hours"), ("3: none", "3: best effort"))
    up = differences(read(OLD), changed(*swaps))
    assert [each.path[-2:] for each in up.improvements] == [
        ("first_response", "3"),
        ("resolution", "3"),
    ]
    assert not up.reductions
    down = differences(changed(*swaps), read(OLD))
    assert len(down.reductions) == 2
    assert not down.improvements


def test_what_binds_is_more_than_what_is_suggested() -> None:
    found = differences(read(OLD), changed(("2: suggested 10 days", "2: 10 days")))
    assert paths(found.improvements) == ["plans.basic.targets.resolution.2"]


def test_a_plan_that_goes_is_a_reduction_and_one_that_comes_an_improvement() -> None:
    new = changed(("  basic:\n    name: Basic", "  standard:\n    name: Standard"))
    found = differences(read(OLD), new)
    assert [(each.path, each.old) for each in found.reductions] == [(("plans", "basic"), "Basic")]
    assert [(each.path, each.new) for each in found.improvements] == [
        (("plans", "standard"), "Standard")
    ]


def test_other_hours_make_promises_later_and_are_told_as_well() -> None:
    found = differences(read(OLD), changed(('"09:00-17:00"', '"10:00-16:00"')))
    assert ("first_response", "1") in [each.path[-2:] for each in found.reductions]
    assert [(each.path, each.old, each.new) for each in found.others] == [
        (("calendars", "office", "week", "mon-fri"), "09:00-17:00", "10:00-16:00")
    ]


def test_one_plan_can_be_asked_about() -> None:
    second = "  gold:\n    base: basic\n"
    old, new = read(OLD + second), changed(("name: Basic", "name: Simple"))
    assert paths(differences(old, new).reductions) == ["plans.gold"]
    assert not differences(old, new, "basic").reductions
