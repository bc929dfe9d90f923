"""One value of a text written anew, everything around it left as its author wrote it."""

import re

from duly.policy.problems import Path
from duly.policy.reading.source import Source

_SCALAR = re.compile(r""""[^"\n]*"|'[^'\n]*'|[^\s,}\]#]+""")


def restated(text: str, source: Source, path: Path, value: str) -> str:
    """Put a plain value in the place of the one at `path`, which `source` read from this text.

    Raises:
        KeyError: nothing is written there.
    """
    place = source.values[path]
    lines = text.splitlines(keepends=True)
    line = lines[place.line - 1]
    found = _SCALAR.match(line, place.column - 1)
    if found is None:
        raise KeyError(path)
    lines[place.line - 1] = line[: found.start()] + value + line[found.end() :]
    return "".join(lines)
