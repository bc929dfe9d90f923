"""What a look at one thing finds."""

from enum import Enum
from typing import TypeAlias


class Finding(Enum):
    """How bad it is; the value is how a line begins."""

    GOOD = "ok"
    ADVICE = "advice"
    WRONG = "WRONG"


Found: TypeAlias = tuple[Finding, str]
"""How bad, and in words what and what to do."""
