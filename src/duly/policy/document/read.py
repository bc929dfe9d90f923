"""Reading a policy: its text becomes a document that is sound, or every fault is named."""

from dataclasses import dataclass
from pathlib import Path

from duly.policy.check.names import faults
from duly.policy.document.policy import Policy
from duly.policy.document.validate import validate
from duly.policy.problems import PolicyErrors, Problem
from duly.policy.reading.source import Source, leaves, plain
from duly.policy.reading.yaml import read_documents

EMPTY = "a value is missing here; leave out the key, or write `none` to remove what a base has."


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A policy that was read: its values, and where each was written."""

    policy: Policy
    source: Source

    @property
    def key(self) -> str:
        """The policy's key and version, as `photoprism 2024-06`."""
        return f"{self.policy.policy} {self.policy.version}"


def read(text: str | Path) -> Document:
    """Read a policy from its text, or from a file.

    Raises:
        PolicyErrors: it is no policy; each problem says where and how to mend it.
    """
    if isinstance(text, Path):
        return read_source(single(read_file(text), str(text)))
    return read_source(single(read_documents(text), ""))


def read_source(source: Source) -> Document:
    """Read a policy from data that has been parsed already.

    Raises:
        PolicyErrors: it is no policy.
    """
    empty = [path for path, value in leaves(source.data) if value is None and path]
    if empty:
        raise PolicyErrors(
            [source.problem(path, "missing-value", EMPTY, at_key=True) for path in empty]
        )
    choices = source.data.get("choices") if isinstance(source.data, dict) else None
    names = tuple(choices) if isinstance(choices, dict) else ()
    document = Document(validate(Policy, source, choices=names), source)
    problems = list(faults(document.policy, source))
    if problems:
        raise PolicyErrors(problems)
    return document


def read_data(data: object) -> Document:
    """Read a policy from plain data, as it was stored.

    Raises:
        PolicyErrors: it is no policy.
    """
    return read_source(Source(data=plain(data)))


def read_file(path: Path) -> list[Source]:
    """Read the YAML documents of a file.

    Raises:
        PolicyErrors: the file cannot be opened, or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        problem = Problem(code="file", message=f"{error.strerror}.", file=str(path))
        raise PolicyErrors([problem]) from error
    except UnicodeDecodeError as error:
        problem = Problem(code="file", message="the file is not UTF-8 text.", file=str(path))
        raise PolicyErrors([problem]) from error
    return read_documents(text, str(path))


def single(sources: list[Source], file: str) -> Source:
    """Expect one document.

    Raises:
        PolicyErrors: there is none, or several.
    """
    if len(sources) != 1:
        many = "several, parted by `---`, were found" if sources else "the file is empty"
        message = f"one document is expected; {many}."
        raise PolicyErrors([Problem(code="shape", message=message, file=file, line=1, column=1)])
    return sources[0]
