"""Whether mail to somebody comes back."""

from dataclasses import dataclass
from datetime import datetime

from duly.desk.people.person import Person


@dataclass(frozen=True, slots=True)
class Unreached:
    """It does: since when, and why."""

    since: datetime
    because: str


def unreached(person: Person) -> Unreached | None:
    """What is known of a person's address."""
    if person.unreached_at is None:
        return None
    return Unreached(person.unreached_at, person.unreached_because)
