"""`duly policy test`: run cases and tell which fail, with the ticket's story and the sum behind the clock."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from duly.cli.policy.command import (
    FILE,
    UNUSABLE,
    PolicyCommand,
    json_option,
    print_json,
    progress,
    say,
)
from duly.cli.policy.files import case_files
from duly.core import instant
from duly.policy.cases.case import Case, read_cases
from duly.policy.cases.expectations import Failure, failures
from duly.policy.cases.history import Tickets, tickets
from duly.policy.cases.run import story
from duly.policy.problems import PolicyErrors, Problem


@dataclass(slots=True)
class Results:
    """What came out so far."""

    passed: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    unusable: list[Problem] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """2 when something could not be run, 1 when a case fails."""
        return UNUSABLE if self.unusable else 1 if self.failed else 0


@click.command(cls=PolicyCommand)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="CASE…")
@json_option
@click.pass_context
def test(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Run the cases of files, or of folders."""
    results = Results()
    with progress(case_files(files)) as remaining:
        stories = [line for file in remaining for line in _run(file, results)]
    if as_json:
        print_json(
            {
                "passed": results.passed,
                "failed": results.failed,
                "unusable": [problem.as_json() for problem in results.unusable],
            }
        )
    else:
        _say(results, stories)
    ctx.exit(results.exit_code)


def _run(file: Path, results: Results) -> list[str]:
    stories: list[str] = []
    try:
        for case in read_cases(file):
            stories += _run_case(case, results)
    except PolicyErrors as errors:
        results.unusable += errors.problems
    return stories


def _run_case(case: Case, results: Results) -> list[str]:
    found = tickets(case)
    failed = list(failures(case, found))
    if not failed:
        results.passed += 1
        return []
    results.failed.append(_json(case, failed))
    title = click.style(f"{case.source.file}: {case.name}", fg="red", bold=True)
    return [title, *(line for failure in failed for line in _story(found, failure))]


def _json(case: Case, failed: list[Failure]) -> dict[str, Any]:
    return {
        "file": case.source.file,
        "name": case.name,
        "failures": [
            {
                "line": failure.place.line,
                "at": instant.text(failure.at),
                "ticket": failure.ticket,
                "clock": failure.clock,
                "cycle": failure.cycle,
                "differences": list(failure.differences),
            }
            for failure in failed
        ],
    }


def _story(found: Tickets, failure: Failure) -> list[str]:
    what = failure.clock or "rights"
    return [
        f"  line {failure.place.line}: {failure.ticket}, {what}, at {instant.text(failure.at)}",
        *(click.style(f"    {each}", fg="red") for each in failure.differences),
        *(f"    {line}" for line in story(found, failure)),
    ]


def _say(results: Results, stories: list[str]) -> None:
    for problem in results.unusable:
        say(problem)
    for line in stories:
        click.echo(line)
    said = f"{results.passed} passed"
    said += f", {len(results.failed)} failed" if results.failed else ""
    said += f", {len(results.unusable)} could not be run" if results.unusable else ""
    click.secho(said, fg="red" if results.exit_code else "green", err=True)
