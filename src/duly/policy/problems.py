"""What is wrong with a file: a problem has a code, a place and a sentence that mends it."""

from dataclasses import asdict, dataclass
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a document: keys as text, positions in lists as numbers."""


def path_text(path: Path) -> str:
    """Write ``plans.gold.credits[0].when``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault in a file. Lines and columns count from 1."""

    file: str = ""
    line: int = 0
    column: int = 0
    path: str = ""
    code: str
    message: str

    def __str__(self) -> str:
        """Write it as compilers do, so that editors can jump to the place."""
        place = f"{self.file or '<text>'}:{self.line}:{self.column}"
        return f"{place}: {self.path + ': ' if self.path else ''}{self.message} [{self.code}]"

    def as_json(self) -> dict[str, str | int]:
        """Give the keys of ``duly policy check --json``."""
        return asdict(self)


class PolicyErrors(Exception):
    """A file cannot be used; `problems` says why, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (problem.line, problem.column))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnusableInputError(Exception):
    """Inputs that are well formed but cannot be used together; the message says what to give."""


class NotGivenError(UnusableInputError):
    """What a policy leaves to the customer was not given: a `choice` by its name, else something of their calendar."""

    def __init__(self, text: str, choice: str = "") -> None:
        super().__init__(text)
        self.choice = choice
