"""Tables of who may do what: read from text, held against what happens."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from django.db import transaction

from duly.desk.access.actor import Actor
from duly.desk.errors import Invalid, NotAllowed, NotFound, NotPossible

Deed: TypeAlias = Callable[[Actor, int], object]
"""What an actor tries with the object of that id."""
Table: TypeAlias = dict[tuple[str, str, str], str]
"""The answer for an actor, a verb and an object."""

NOT_ASKED = "-"


def read(name: str) -> Table:
    """Read a table; a row speaks for every actor and verb that it lists.

    Raises:
        ValueError: two rows speak of the same.
    """
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line.strip() and line[0] != "#"]
    _, _, *objects = lines[0]
    table: Table = {}
    for actors, verbs, *cells in lines[1:]:
        for actor in actors.split(","):
            for verb in verbs.split(","):
                for it, cell in zip(objects, cells, strict=True):
                    if (actor, verb, it) in table:
                        raise ValueError(f"{name} speaks twice of {actor} {verb} {it}")
                    table[actor, verb, it] = cell
    return table


def outcome(deed: Deed, actor: Actor, it: int) -> str:
    """Try a deed, take it back, and say how it ended."""
    try:
        with transaction.atomic():
            deed(actor, it)
            transaction.set_rollback(True)
    except NotFound:
        return "."
    except NotAllowed:
        return "x"
    except (NotPossible, Invalid):
        return "n"
    return "y"


def differences(
    table: Table, deeds: Mapping[str, Deed], actors: Mapping[str, Actor], objects: Mapping[str, int]
) -> str:
    """Ask everything that the table speaks of, and say where the answer is another, a line each."""
    wrong = []
    for (actor, verb, it), expected in table.items():
        if expected == NOT_ASKED:
            continue
        found = outcome(deeds[verb], actors[actor], objects[it])
        if found != expected:
            wrong.append(f"{actor} {verb} {it}: {found} instead of {expected}")
    return "\n".join(wrong)
