"""Cases run for somebody who reads along: what each one shows, and of each failure the story and the sum."""

from collections.abc import Iterator
from dataclasses import dataclass

from duly.policy.cases.case import Case, read_cases_about
from duly.policy.cases.expectations import Failure, failures
from duly.policy.cases.explanation import explanation
from duly.policy.cases.history import Tickets, tickets
from duly.policy.cases.timeline import timeline
from duly.policy.document.read import Document
from duly.policy.problems import PolicyErrors, Problem, UnusableInputError


@dataclass(frozen=True, slots=True)
class Failed:
    """An expectation that does not hold, with what really happened, line by line."""

    failure: Failure
    story: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case; without failures it holds."""

    name: str
    failed: tuple[Failed, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What came of all; `unusable` names what could not be run."""

    outcomes: tuple[Outcome, ...] = ()
    unusable: tuple[Problem, ...] = ()

    @property
    def are_good(self) -> bool:
        """Whether every case could be run and holds."""
        return not self.unusable and not any(each.failed for each in self.outcomes)


def run(text: str, document: Document) -> Results:
    """Run the cases of a text about a policy; where one names a policy by its path, this one is meant."""
    if not text.strip():
        return Results()
    outcomes: list[Outcome] = []
    try:
        outcomes.extend(map(_outcome, read_cases_about(text, document)))
    except PolicyErrors as errors:
        return Results(tuple(outcomes), tuple(errors.problems))
    except UnusableInputError as error:
        return Results(tuple(outcomes), (Problem(code="unusable", message=str(error)),))
    return Results(tuple(outcomes))


def story(found: Tickets, failure: Failure) -> Iterator[str]:
    """Tell how the ticket of a failure stands, and how its clock was reckoned if it has one."""
    yield from timeline(found, failure.ticket, failure.at)
    if failure.clock is None:
        return
    try:
        told = explanation(found, failure.ticket, failure.clock, failure.cycle, failure.at)
    except UnusableInputError:
        return
    yield from told.lines()


def _outcome(case: Case) -> Outcome:
    found = tickets(case)
    failed = (Failed(each, tuple(story(found, each))) for each in failures(case, found))
    return Outcome(case.name, tuple(failed))
