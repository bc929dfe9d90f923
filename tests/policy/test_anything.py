"""Whatever stands in a file, it is read or it is refused with a place; nothing crashes later."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from duly.core.terms import Terms
from duly.policy import Document, PolicyErrors, UnusableInputError, bind, read, read_data
from duly.policy.cases.case import read_case
from duly.policy.cases.expectations import Failure, failures
from duly.policy.cases.history import tickets
from duly.policy.check.meaning import stand_in
from duly.policy.check.review import review_document
from duly.policy.page import html, markdown, text
from duly.policy.page.build import page
from duly.policy.problems import path_text
from duly.policy.reading.source import Source, leaves
from duly.policy.reading.yaml import read_documents

pytestmark = pytest.mark.slow

CASES = [
    source
    for file in ("photoprism/incidents", "segment/escalation", "segment/amendment-begins")
    for source in read_documents(Path(f"policies/cases/{file}.yaml").read_text())
]
POLICIES = [
    read(Path(f"policies/{name}.yaml")).source.data
    for name in ("segment", "neptune", "photoprism", "ujet-2025")
]
WORDS = (
    *("", "none", "unknown", "customer", "always", "office", "1", "P1", "own", "true", "-1", "1e9"),
    *("2 business days", "every 2 hours on customer", "next business day on nowhere", "0 hours"),
    *("2026-02-30", "12-25", "24:00-00:00", "25:00-26:00", "CET", "Europe/Berlin", "UTC", "\u202e"),
    *("8 % of licence_fee, from 1 USD total_spend", "1.00 EUR per 3 contacts", "99999 per year"),
)
VALUES = st.recursive(
    st.none() | st.sampled_from(WORDS) | st.text(max_size=12),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(("within", "when", "zone", "week", "key", "x")), inside)
    ),
    max_leaves=4,
)


@st.composite
def changed(draw: st.DrawFn, originals: list[Any]) -> Any:
    """Take something sound and put something else in a few of its places."""
    data: Any = deepcopy(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(1, 3))):
        paths = [path for path, _ in leaves(data) if path]
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        path = path[: draw(st.integers(1, len(path)))]
        inside = data
        for step in path[:-1]:
            inside = inside[step]
        if draw(st.booleans()) and isinstance(inside, dict):
            del inside[path[-1]]
        else:
            inside[path[-1]] = draw(VALUES)
    return data


def attempt(data: Any) -> Document | PolicyErrors:
    try:
        return read_data(data)
    except PolicyErrors as errors:
        return errors


def attempt_to_bind(document: Document, plan: str) -> Terms | UnusableInputError:
    try:
        return bind(document, stand_in(document, plan))
    except UnusableInputError as error:
        return error


def attempt_to_parse(given_text: str) -> list[Source] | PolicyErrors:
    try:
        return read_documents(given_text, "file.yaml")
    except PolicyErrors as errors:
        return errors


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changed(POLICIES))
def test_a_policy_is_usable_or_refused_with_a_reason(data: Any) -> None:
    document = attempt(data)
    if isinstance(document, PolicyErrors):
        assert all(problem.code and problem.message for problem in document.problems)
        return
    review_document(document, date(2026, 11, 21))
    built = page(document)
    assert html.render(built)
    assert markdown.render(built)
    assert text.render(built)
    for plan in document.policy.plans:
        bound = attempt_to_bind(document, plan)
        assert str(bound)
        assert isinstance(bound, UnusableInputError) or bound.plan == plan


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abc:-[]{},\"'#&*!|>%@`? \n\t01", max_size=60))
@example("? [a]\n: b")
@example("a: &a [*a]")
@example("&a {*a : 1}")
@example("[" * 5000)
@example("%YAML 1.1\n---\na: yes")
@example("!!python/object/apply:os.system ['true']")
@example("\ufeffa: 1")
def test_any_text_is_yaml_or_refused_with_a_place(given_text: str) -> None:
    sources = attempt_to_parse(given_text)
    if isinstance(sources, PolicyErrors):
        assert all(problem.line >= 1 and problem.column >= 1 for problem in sources.problems)
        return
    for source in sources:
        for path, value in leaves(source.data):
            assert value is None or isinstance(value, str)
            assert path in source.values, path_text(path)


def attempt_to_run(data: Any) -> list[Failure] | PolicyErrors | UnusableInputError:
    try:
        case = read_case(Source(data=data), Path("policies/cases/segment"))
        return list(failures(case, tickets(case)))
    except (PolicyErrors, UnusableInputError) as error:
        return error


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changed([source.data for source in CASES]))
def test_a_case_runs_or_is_refused_with_a_reason(data: Any) -> None:
    outcome = attempt_to_run(data)
    assert isinstance(outcome, list) or str(outcome)
