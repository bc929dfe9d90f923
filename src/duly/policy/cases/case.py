"""A case as its file states it, and the policies it is about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field

from duly.policy.document.base import Name, Part, Text
from duly.policy.document.read import Document, read, read_file, read_source
from duly.policy.document.subscription import Subscription
from duly.policy.document.validate import validate
from duly.policy.problems import UnusableInputError
from duly.policy.reading.source import Data, Source
from duly.policy.reading.yaml import read_documents


class CaseFile(Part):
    """The keys of a case."""

    named = "a case"
    name: Text
    policy: Any
    subscription: Subscription
    calendars: dict[Name, Any] = Field(default_factory=dict)
    tickets: dict[Text, tuple[dict[str, Any], ...]] = Field(min_length=1)
    expect: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case and its policies; the first holds at the start unless a version is named."""

    stated: CaseFile
    source: Source
    documents: tuple[Document, ...]

    @property
    def name(self) -> str:
        """What the case shows."""
        return self.stated.name

    def document(self, version: str | None) -> Document:
        """Find the policy of a version.

        Raises:
            UnusableInputError: the case names no policy of that version.
        """
        for document in self.documents:
            if version in (None, document.policy.version):
                return document
        known = ", ".join(document.policy.version for document in self.documents)
        raise UnusableInputError(f"no policy has the version `{version}`; there is {known}.")


def read_cases(path: Path) -> Iterator[Case]:
    """Read the cases of a file, one for each YAML document.

    Raises:
        PolicyErrors: the file, or a policy it names, cannot be read.
    """
    for source in read_file(path):
        yield read_case(source, path.parent)


def read_case(source: Source, folder: Path) -> Case:
    """Read one case; paths are relative to the folder.

    Raises:
        PolicyErrors: it is no case, or its policy cannot be read.
    """
    return _case(source, lambda path: _of_file(folder / path))


def read_cases_about(text: str, document: Document) -> Iterator[Case]:
    """Read the cases of a text, one for each YAML document; a path, whatever it is, stands for the document.

    Raises:
        PolicyErrors: the text, or a policy inside it, cannot be read.
    """
    for source in read_documents(text):
        yield _case(source, lambda _: document)


def _case(source: Source, find: Callable[[str], Document]) -> Case:
    stated = validate(CaseFile, source)
    data = source.data
    assert isinstance(data, dict)
    policies = data["policy"]
    several = policies if isinstance(policies, list) else [policies]
    documents = tuple(
        _replaced(_policy(each, source, find), stated, data.get("calendars")) for each in several
    )
    if not documents:
        raise source.refuse(("policy",), "missing-value", "name at least one policy.")
    return Case(stated, source, documents)


@lru_cache(maxsize=64)
def _read(path: Path, changed_ns: int) -> Document:  # noqa: ARG001 - a changed file is another
    return read(path)


def _of_file(path: Path) -> Document:
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


def _policy(given: Data, source: Source, find: Callable[[str], Document]) -> Document:
    if isinstance(given, str):
        return find(given)
    if isinstance(given, dict):
        return read_source(_inline(source, given))
    raise source.refuse(("policy",), "shape", "a path, a policy or a list of them is expected.")


def _inline(source: Source, given: dict[str, Data]) -> Source:
    """Make the policy inside a case a source of its own that keeps its places."""
    root: tuple[str | int, ...] = ("policy",)
    policies = source.data.get("policy") if isinstance(source.data, dict) else None
    if isinstance(policies, list):
        root = ("policy", next(i for i, each in enumerate(policies) if each is given))
    size = len(root)
    return replace(
        source,
        data=given,
        keys={path[size:]: at for path, at in source.keys.items() if path[:size] == root},
        values={path[size:]: at for path, at in source.values.items() if path[:size] == root},
    )


def _replaced(document: Document, stated: CaseFile, calendars: Data) -> Document:
    """Put the case's calendars in the place of the policy's."""
    data = document.source.data
    if not stated.calendars or not isinstance(data, dict) or not isinstance(calendars, dict):
        return document
    known = data.get("calendars")
    merged = {**(known if isinstance(known, dict) else {}), **calendars}
    return read_source(replace(document.source, data={**data, "calendars": merged}))
