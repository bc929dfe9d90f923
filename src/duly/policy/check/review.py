"""The review of a file: what makes it unusable, then what is wrong in it, then what may not be meant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duly.policy.check import cells, hours, promises, words
from duly.policy.document.read import Document, read
from duly.policy.problems import PolicyErrors, Problem


@dataclass(frozen=True, slots=True)
class Findings:
    """Errors must be mended; warnings may be meant as they are."""

    errors: list[Problem]
    warnings: list[Problem]


def review(given: Path | str, today: date) -> Findings:
    """Review a policy from a file or its text."""
    try:
        document = read(given)
    except PolicyErrors as unusable:
        return Findings(unusable.problems, [])
    return review_document(document, today)


def review_document(document: Document, today: date) -> Findings:
    """Review a policy that could be read; `today` tells which year's holidays come next."""
    return Findings(
        errors=errors(document, today),
        warnings=_ordered(problem for find in WARNINGS for problem in find(document, today)),
    )


def errors(document: Document, today: date) -> list[Problem]:
    """Find what must be mended, and leave out the warnings, which take longer."""
    return _ordered(problem for find in ERRORS for problem in find(document, today))


Finder = Callable[[Document, date], Iterator[Problem]]
ERRORS: tuple[Finder, ...] = (
    hours.never_open,
    hours.days_need_a_zone,
    hours.unknown_countries,
    cells.hours_missing,
    cells.level_of_no_plan,
    words.twice,
    words.percent_over_100,
)
WARNINGS: tuple[Finder, ...] = (
    cells.absent_cell,
    cells.no_otherwise,
    cells.business_day_undeclared,
    cells.day_hours_undeclared,
    hours.holidays_run_out,
    hours.holidays_unknown,
    hours.unused,
    promises.response_after_resolution,
    promises.urgent_is_slower,
    promises.dearer_is_worse,
    words.conflicting_words,
    words.credit_without_promise,
    words.escalation_without_target,
    words.source_of_nothing,
)


def _ordered(problems: Iterator[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code))
