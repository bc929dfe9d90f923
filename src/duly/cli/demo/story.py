"""How a ticket of the demonstration is told: who did what, so many open hours ago (``tickets.yaml``)."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter
from ruamel.yaml import YAML

TICKETS = Path(__file__).with_name("tickets.yaml")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did, `ago` hours of the provider's open time before now."""

    ago: float
    who: str
    verb: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A ticket from its opening on; without a severity nobody has set one yet."""

    ago: float
    who: str
    subject: str
    text: str
    severity: str | None = None
    team: str = "photos"
    steps: tuple[Step, ...] = ()


def stories() -> list[Story]:
    """Read the tickets of the demonstration."""
    plain = YAML(typ="safe").load(TICKETS.read_text(encoding="utf-8"))
    for story in plain:
        names = ("ago", "who", "verb", "text")
        steps = story.get("steps", ())
        story["steps"] = [dict(zip(names, step, strict=False)) for step in steps]
    return TypeAdapter(list[Story]).validate_python(plain)
