"""Reading: what a file says reaches the document unharmed, and what is wrong is named with its place."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from duly.policy import PolicyErrors, Problem, read, read_data
from duly.policy.reading.yaml import read_documents

SMALL = """\
duly: 1
policy: small
version: "2026-01"
effective: 2026-01-01
priorities: [1, 2]
plans:
  only:
    targets:
      first_response: {1: 2 hours, 2: none}
"""


def problem(text: str) -> Problem:
    with pytest.raises(PolicyErrors) as caught:
        read(text)
    assert len(caught.value.problems) == 1, caught.value
    return caught.value.problems[0]


def test_the_smallest_policy_is_read() -> None:
    policy = read(SMALL).policy
    assert policy.effective == date(2026, 1, 1)
    assert list(policy.priorities.by_key) == ["1", "2"]
    assert policy.plans["only"].targets.kinds["first_response"].cells == {
        "1": "2 hours",
        "2": "none",
    }


def test_json_is_read_alike_and_a_stored_document_comes_back() -> None:
    import json

    document = read(SMALL)
    assert read(json.dumps(document.source.data)).policy == document.policy
    assert read_data(document.source.data).policy == document.policy


def test_scalars_stay_the_text_that_was_written() -> None:
    source = read_documents("on: off\nno: NO\nsum: 1499.00\ntime: 09:30\nday: 2026-12-24\n1: x\n")[
        0
    ]
    assert source.data == {
        "on": "off",
        "no": "NO",
        "sum": "1499.00",
        "time": "09:30",
        "day": "2026-12-24",
        "1": "x",
    }


def test_money_is_exact() -> None:
    text = SMALL.replace("    targets:", "    uptime: {target: 99.950}\n    targets:")
    uptime = read(text).policy.plans["only"].uptime
    assert uptime is not None
    assert str(uptime.target) == "99.950"
    assert uptime.target == Decimal("99.95")


def test_a_key_given_twice_names_both_lines() -> None:
    found = problem(SMALL + "policy: other\n")
    assert (found.code, found.line, found.column, found.path) == ("duplicate-key", 10, 1, "policy")
    assert "line 2" in found.message


def test_a_number_and_its_text_are_one_key() -> None:
    assert (
        problem(SMALL.replace("{1: 2 hours,", '{1: 2 hours, "1": 3 hours,')).code == "duplicate-key"
    )


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("{mon,wed,fri: 09:00-17:00}", '"mon,wed,fri"'),
        ("{price: 8 % of fee, from 60000 USD spend}", '"8 % of fee, from 60000 USD spend"'),
        ("{a: x, y, z: 1}", '"x, y"'),
    ],
)
def test_a_comma_that_swallowed_a_value_says_what_to_quote(written: str, quoted: str) -> None:
    with pytest.raises(PolicyErrors) as caught:
        read_documents(f"key: {written}\n")
    found = caught.value.problems[0]
    assert found.code == "unquoted-comma"
    assert f"quote this: {quoted}" in found.message


def test_an_empty_text_in_braces_is_no_swallowed_comma() -> None:
    assert read_documents('{"a": "", "b": null}')[0].data == {"a": "", "b": None}


def test_an_unknown_key_is_answered_with_the_nearest() -> None:
    found = problem(SMALL.replace("targets:", "tragets:"))
    assert (found.code, found.line, found.column) == ("unknown-key", 8, 5)
    assert found.path == "plans.only.tragets"
    assert "did you mean `targets`?" in found.message


def test_several_faults_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(SMALL.replace("2026-01-01", "soon").replace("2 hours", "two hours"))
    file.write_text(file.read_text().replace("plans:", "provder: x\nplans:"))
    with pytest.raises(PolicyErrors) as caught:
        read(file)
    assert [each.code for each in caught.value.problems] == ["date", "unknown-key"]
    assert str(caught.value.problems[0]).startswith(f"{file}:4:12: effective: ")


def test_an_alias_cannot_make_a_small_file_huge() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for before, name in zip("abcde", "bcdef", strict=True):
        bomb += f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    with pytest.raises(PolicyErrors) as caught:
        read_documents(bomb)
    assert caught.value.problems[0].code == "too-large"


def test_a_file_that_is_not_there_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(PolicyErrors) as caught:
        read(tmp_path / "none.yaml")
    assert caught.value.problems[0].code == "file"


def test_a_key_without_a_value_is_a_fault() -> None:
    found = problem(SMALL.replace("    targets:", "    price:\n    targets:"))
    assert (found.code, found.path, found.line) == ("missing-value", "plans.only.price", 8)
