"""Terms whose clocks count on from a change of priority, or from the start, and moves to other terms."""

from typing import Any

from duly.core.clock.values import Kind
from duly.core.terms import Rules
from tests.core.tickets import terms, ticket

TARGETS: dict[str, Any] = {
    "first_response": {"1": "2 business hours", "2": "4 business hours"},
    "resolution": {"1": "8 business hours", "2": "16 business hours"},
}
FROM_CHANGE = terms(**TARGETS)
FROM_START = terms(
    **TARGETS,
    rules=Rules(priority_change={Kind.FIRST_RESPONSE: "from_start", Kind.RESOLUTION: "from_start"}),
)
LOW = "mon 09:00 opened priority=2"
URGENT = "mon 09:00 opened priority=1"


def moved(*lines: str, binding: str = "silver") -> list:  # type: ignore[type-arg]
    return ticket(*(line.replace("moved", f"moved binding={binding}") for line in lines))
