"""The cases of the files and folders named on the command line."""

from pathlib import Path

from duly.policy.cases.case import Case, read_cases
from duly.policy.problems import UnusableInputError


def case_files(paths: tuple[Path, ...]) -> list[Path]:
    """List the files; a folder stands for every case in it.

    Raises:
        UnusableInputError: there is no case in a folder, so nothing would be tested.
    """
    return [file for path in paths for file in (_inside(path) if path.is_dir() else [path])]


def _inside(folder: Path) -> list[Path]:
    found = [file for file in sorted(folder.rglob("*.y*ml")) if _is_case(file)]
    if not found:
        raise UnusableInputError(
            f"{folder}: there is no case in this folder; a case is a .yaml file that has `tickets:`."
        )
    return found


def _is_case(file: Path) -> bool:
    """Leave out the policies that share a folder with their cases."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return any(line.startswith("tickets:") for line in lines)


def numbered_case(path: Path, number: int) -> Case:
    """Read one case of a file, counted from 1.

    Raises:
        PolicyErrors: the file holds no readable case.
        UnusableInputError: it holds fewer cases.
    """
    found = list(read_cases(path))
    if not 1 <= number <= len(found):
        raise UnusableInputError(f"{path}: there is no case {number}; the file holds {len(found)}.")
    return found[number - 1]
