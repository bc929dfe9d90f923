"""Reading YAML: strict, without side effects, with a position for everything."""

from collections.abc import Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from duly.policy.problems import Path as DataPath
from duly.policy.problems import PolicyErrors, Problem
from duly.policy.reading.source import Data, Place, Source

MOST_VALUES = 100_000
"""Aliases can make a small file huge; no policy needs more values than this."""

MOST_DEEP = 40
"""Nothing in a policy is nested deeper; aliases could nest for ever."""

CORE = "tag:yaml.org,2002:"


def read_documents(text: str, file: str = "") -> list[Source]:
    """Read every YAML document of a text.

    Raises:
        PolicyErrors: the text is not YAML, or uses what a policy must not: duplicate keys, tags,
            entries without a value inside braces.
    """
    yaml = YAML(typ="safe", pure=True)
    try:
        nodes = [node for node in yaml.compose_all(text) if node is not None]
    except MarkedYAMLError as error:
        raise PolicyErrors([_syntax(error, file)]) from error
    except YAMLError as error:
        raise PolicyErrors([_unreadable(str(error), file)]) from error
    except RecursionError as error:
        raise PolicyErrors([_unreadable("it is nested too deep", file)]) from error
    return [_Reader(file).read(node) for node in nodes]


def _unreadable(said: str, file: str) -> Problem:
    message = f"this cannot be read: {said.splitlines()[0]}."
    return Problem(code="syntax", message=message, file=file, line=1, column=1)


def _syntax(error: MarkedYAMLError, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = "; ".join(part for part in (error.context, error.problem) if part)
    message = f"this is not YAML: {said}."
    if "mapping values are not allowed" in said:
        message += ' A ": " inside a text needs quotes around the whole text.'
    elif "found character '\\t'" in said:
        message += " Indent with spaces."
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(code="syntax", message=message, file=file, line=line, column=column)


class _Reader:
    """Turns nodes into data, and collects what is wrong on the way."""

    def __init__(self, file: str) -> None:
        self.source = Source(file)
        self.problems: list[Problem] = []
        self.count = 0

    def read(self, node: Node) -> Source:
        self.source.data = self.value(node, ())
        if self.problems:
            raise PolicyErrors(self.problems)
        return self.source

    def value(self, node: Node, path: DataPath) -> Data:
        self.count += 1
        if self.count > MOST_VALUES or len(path) > MOST_DEEP:
            message = f"more than {MOST_VALUES:,} values, or nested deeper than {MOST_DEEP}."
            raise self.source.refuse((), "too-large", message)
        self.source.values[path] = _place(node)
        tag = node.tag or ""
        if not tag.startswith(CORE) or tag == f"{CORE}binary":
            self.fault(path, "tag", f"the tag {tag} is not allowed; write plain text.")
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return _scalar(node)

    def mapping(self, node: MappingNode, path: DataPath) -> dict[str, Data]:
        result: dict[str, Data] = {}
        swallowed = _swallowed(node)
        if swallowed:
            message = f'quote this: "{swallowed[1]}" (inside {{ }} a comma begins a new entry).'
            self.fault(path, "unquoted-comma", message, _place(swallowed[0]))
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self.fault(path, "key", "a key must be plain text.", _place(key_node))
                continue
            key = str(key_node.value)
            here = (*path, key)
            if key in result:
                first = self.source.keys[here].line
                message = f"`{key}` is given twice (first in line {first}); keep one."
                self.fault(here, "duplicate-key", message, _place(key_node))
                continue
            self.source.keys[here] = _place(key_node)
            result[key] = self.value(value_node, here)
        return result

    def fault(self, path: DataPath, code: str, message: str, place: Place | None = None) -> None:
        problem = self.source.problem(path, code, message)
        if place:
            problem = Problem(
                code=code,
                message=message,
                path=problem.path,
                file=problem.file,
                line=place.line,
                column=place.column,
            )
        self.problems.append(problem)


def _place(node: Node) -> Place:
    return Place(node.start_mark.line + 1, node.start_mark.column + 1)


def _scalar(node: ScalarNode) -> str | None:
    if node.tag == f"{CORE}null" and node.style is None:
        return None
    return str(node.value)


def _swallowed(node: MappingNode) -> tuple[Node, str] | None:
    """Find the text that a comma cut: in ``{mon,wed,fri: x}`` `mon` and `wed` have no value."""
    entries: Sequence[tuple[Node, Node]] = node.value
    if not node.flow_style:
        return None
    for index, (key, value) in enumerate(entries):
        if not _is_bare(key, value):
            continue
        if index and isinstance(entries[index - 1][1], ScalarNode):
            before = entries[index - 1][1]
            rest = _run(entries[index:])
            return before, f"{before.value}, {', '.join(rest)}"
        rest = _run(entries)
        following = entries[len(rest)][0].value if len(rest) < len(entries) else ""
        return key, ",".join([*rest, following]).rstrip(",")
    return None


def _is_bare(key: Node, value: Node) -> bool:
    if not isinstance(key, ScalarNode) or not isinstance(value, ScalarNode):
        return False
    return value.value == "" and value.style is None


def _run(entries: Sequence[tuple[Node, Node]]) -> list[str]:
    """Take the keys without a value from the start on."""
    taken: list[str] = []
    for key, value in entries:
        if not _is_bare(key, value):
            break
        taken.append(str(key.value))
    return taken
