"""Who is meant by `@Name` in the words of a note."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import TypeAlias

MENTIONED = "mentioned"
"""The fact of a note that names the people whom it mentions."""
Named: TypeAlias = tuple[int, str]
"""A person by id, and their name."""
MOST, LONGEST = 200, 300
_AT = re.compile(r"(?<![\w@.])@(?=\w)")


def may_mention(text: str) -> bool:
    """Whether the words may mention anybody."""
    return _AT.search(text) is not None


def mentioned(text: str, people: Iterable[Named]) -> set[int]:
    """The people whose name stands behind an `@`, in full, or its first word where that is one person's alone.

    Of two names the longer one counts. Lines that repeat an earlier mail mention nobody, and who is behind more than
    two hundred others is not looked for.
    """
    known = _called(list(people))
    own = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    places = (at.end() for at in islice(_AT.finditer(own), MOST))
    found = {_behind(own[place : place + LONGEST].casefold(), known) for place in places}
    return {person for person in found if person is not None}


def _called(people: list[Named]) -> dict[str, int]:
    """Every way to call somebody, the longest first; what calls two calls nobody."""
    ways = [(way, person) for person, name in people for way in _ways(name)]
    alone = Counter(way for way, _ in ways)
    return {way: person for way, person in sorted(ways, key=_longest) if alone[way] == 1}


def _ways(name: str) -> set[str]:
    words = " ".join(name.split()).casefold()
    return {words, words.partition(" ")[0]} - {""}


def _longest(way: Named | tuple[str, int]) -> int:
    return -len(str(way[0]))


def _behind(text: str, known: dict[str, int]) -> int | None:
    ends = (way for way in known if re.match(rf"{re.escape(way)}(?!\w)", text))
    return next((known[way] for way in ends), None)
