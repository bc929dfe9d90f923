"""Cases: which terms hold when, and what an expectation compares."""

from pathlib import Path
from typing import Any

import pytest

from duly.core import instant
from duly.policy import PolicyErrors
from duly.policy.cases.case import read_case
from duly.policy.cases.expectations import failures
from duly.policy.cases.history import tickets
from duly.policy.cases.standing import replay_json
from duly.policy.reading.yaml import read_documents

CASE = """\
name: A case
policy:
  duly: 1
  policy: example
  version: "1"
  effective: 2026-01-01
  calendars: {office: {zone: America/New_York, week: {daily: 00:00-24:00}}}
  priorities: {default: {email: 2, otherwise: 1}, levels: [1, 2]}
  plans:
    basic: {hours: office, targets: {first_response: {1: 100 hours, 2: 200 hours}}}
    gold: {base: basic, targets: {first_response: {1: 50 hours}}}
subscription:
  plan: basic
  amendments:
    - {from: 2026-03-02, path: targets.first_response.1, value: 80 hours, reason: order form}
tickets:
  A:
    - {at: 2026-03-01T12:00Z, event: opened, priority: 1}
expect:
  - {at: 2026-03-01T13:00Z, ticket: A, clock: first_response, state: running}
"""


def clock(text: str, at: str) -> dict[str, Any]:
    case = read_case(read_documents(text)[0], Path())
    found = replay_json(case, tickets(case), instant.parse(at))["tickets"]["A"]["clocks"]
    assert len(found) == 1
    return dict(found[0])


def differences(expected: str) -> list[str]:
    text = CASE[: CASE.index("expect:")] + f"expect: [{{ticket: A, {expected}}}]\n"
    case = read_case(read_documents(text)[0], Path())
    return [each for failure in failures(case, tickets(case)) for each in failure.differences]


def test_an_amendment_begins_at_midnight_where_the_hours_are() -> None:
    # 2 March 00:00 in New York is 05:00 UTC; 100 h from 1 March 12:00 are 5 March 16:00, 80 h are 4 March 20:00.
    assert clock(CASE, "2026-03-02T04:59:59Z")["due_at"] == "2026-03-05T16:00:00Z"
    amended = clock(CASE, "2026-03-02T05:00:00Z")
    assert amended["due_at"] == "2026-03-04T20:00:00Z"
    assert amended["changes"] == [
        {"at": "2026-03-02T05:00:00Z", "due_at": "2026-03-05T16:00:00Z", "why": "amendment"}
    ]


def test_an_amendment_before_a_move_is_one_of_the_plan_held_then() -> None:
    moved = CASE.replace(
        "priority: 1}\n", "priority: 1}\n    - {at: 2026-03-03T00:00Z, event: moved, plan: gold}\n"
    )
    assert clock(moved, "2026-03-02T12:00Z")["due_at"] == "2026-03-04T20:00:00Z"
    # The amendment replaces gold's 50 hours too: it lies over every plan of the subscription.
    assert clock(moved, "2026-03-03T12:00Z")["due_at"] == "2026-03-04T20:00:00Z"
    calm = moved.replace("targets.first_response.1, value: 80 hours", "description, value: Amended")
    assert clock(calm, "2026-03-02T12:00Z")["due_at"] == "2026-03-05T16:00:00Z"
    # 50 h from 1 March 12:00 are 3 March 14:00.
    assert clock(calm, "2026-03-03T12:00Z")["due_at"] == "2026-03-03T14:00:00Z"


@pytest.mark.parametrize(("channel", "hours"), [("email", 200), ("web", 100)])
def test_a_report_without_a_priority_takes_the_default_of_its_channel(
    channel: str, hours: int
) -> None:
    text = CASE.replace("priority: 1}\n", f"channel: {channel}}}\n")
    assert clock(text, "2026-03-01T12:00Z")["remaining_seconds"] == hours * 3600


@pytest.mark.parametrize(
    ("expected", "difference"),
    [
        ("at: 2026-03-01T13:00Z, clock: first_response, exists: true", None),
        ("at: 2026-03-01T13:00Z, clock: first_response, exists: false", "there is such a clock"),
        ("at: 2026-03-01T13:00Z, clock: update, exists: false", None),
        ("at: 2026-03-01T13:00Z, clock: update, state: running", "there is no such clock"),
        (
            "at: 2026-03-01T13:00Z, clock: first_response, cycle: 2, state: met",
            "there is no such clock",
        ),
        ("at: 2026-03-01T11:59Z, clock: first_response, exists: false", None),
        ("at: 2026-03-01T13:00Z, clock: first_response, met_at: null, binding: true", None),
        (
            "at: 2026-03-01T13:00Z, clock: first_response, binding: false",
            "binding: expected false, found true",
        ),
        (
            "at: 2026-03-01T13:00Z, clock: first_response, due_at: 2026-03-05T11:00-05:00",
            None,
        ),
        (
            "at: 2026-03-01T13:00Z, clock: first_response, due_at: null",
            "due_at: expected nothing, found 2026-03-05T16:00:00Z",
        ),
        ("at: 2026-03-02T13:00Z, clock: first_response, changes: [{why: amendment}]", None),
        (
            "at: 2026-03-02T13:00Z, clock: first_response, changes: []",
            "changes: expected [], found",
        ),
        ("at: 2026-03-01T13:00Z, escalation: {available: 0, since: null}", None),
        ("at: 2026-03-01T13:00Z, allowance: {name: x, used: 1}", "there is no allowance `x`"),
    ],
)
def test_an_expectation_compares_what_it_names(expected: str, difference: str | None) -> None:
    found = differences(expected)
    if difference is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(difference)


@pytest.mark.parametrize(
    "expected",
    [
        "at: 2026-03-01T13:00Z",
        "at: 2026-03-01T13:00Z, clock: first_response",
        "at: 2026-03-01T13:00Z, clock: first_response, escalation: {available: 1}",
        "at: 2026-03-01T13:00Z, clock: first_response, cycle: last, state: met",
        "at: 2026-03-01T13:00Z, escalation: 1",
        "clock: first_response, state: met",
    ],
)
def test_an_expectation_that_expects_nothing_clear_is_refused(expected: str) -> None:
    with pytest.raises(PolicyErrors):
        differences(expected)


def test_a_version_that_the_case_does_not_name_is_refused() -> None:
    text = CASE.replace("  plan: basic\n", "  plan: basic\n  version: 2\n")
    with pytest.raises(PolicyErrors, match="no policy has the version `2`; there is 1"):
        clock(text, "2026-03-01T13:00Z")


def test_an_allowance_is_that_of_the_plan_held_then() -> None:
    text = CASE.replace("basic: {hours", "basic: {allowances: {incidents: 1 per month}, hours")
    text = text.replace("base: basic,", "base: basic, allowances: {incidents: 5 per month},")
    text = text.replace(
        "priority: 1}\n", "priority: 1}\n    - {at: 2026-03-03T00:00Z, event: moved, plan: gold}\n"
    )
    case = read_case(read_documents(text)[0], Path())

    def limit(at: str) -> Any:
        found = replay_json(case, tickets(case), instant.parse(at))
        return found["tickets"]["A"]["allowances"]["incidents"]["limit"]

    assert (limit("2026-03-02T00:00Z"), limit("2026-03-04T00:00Z")) == (1, 5)
