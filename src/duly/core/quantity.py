"""The one grammar of targets: the words of a policy such as ``every 2 business days on customer``, and their value."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Unit(StrEnum):
    """What a quantity counts. Contract, section 3."""

    MINUTE = "minute"
    HOUR = "hour"
    BUSINESS_MINUTE = "business minute"
    BUSINESS_HOUR = "business hour"
    BUSINESS_DAY = "business day"
    NEXT_BUSINESS_DAY = "next business day"
    """One business day, to its end whatever mode the policy declares."""
    END_OF_BUSINESS_DAY = "end of business day"
    DAY = "day"
    WEEK = "week"


SECONDS = {
    Unit.MINUTE: 60,
    Unit.HOUR: 3600,
    Unit.BUSINESS_MINUTE: 60,
    Unit.BUSINESS_HOUR: 3600,
}
"""The units of open time."""

_SINGLE = (Unit.NEXT_BUSINESS_DAY, Unit.END_OF_BUSINESS_DAY)


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of a unit, at least one."""

    amount: int
    unit: Unit

    @property
    def seconds(self) -> int | None:
        """The open time asked for; None when days are counted."""
        return self.amount * SECONDS[self.unit] if self.unit in SECONDS else None

    @property
    def on_always(self) -> bool:
        """Whether it runs on ``always`` unless the target names a calendar; the rest runs on the plan's hours."""
        return self.unit in (Unit.MINUTE, Unit.HOUR)

    def __str__(self) -> str:
        if self.unit in _SINGLE:
            return self.unit.value
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


class Untimed(StrEnum):
    """What a cell says instead of a quantity: no due instant follows."""

    BEST_EFFORT = "best effort"
    CONTINUOUS = "continuous"
    NONE = "none"


Within: TypeAlias = Quantity | Untimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is promised: something `within` a quantity of time, or without a due instant."""

    within: Within
    every: bool = False
    """A cadence for updates."""
    suggested: bool = False
    """Does not bind."""
    on: str | None = None
    """The calendar or choice that the target names; None: see `Quantity.on_always`."""

    def __str__(self) -> str:
        quantity = str(self.within)
        if self.every:
            quantity = f"every {quantity.removeprefix('1 ')}"
        suggested = "suggested " if self.suggested else ""
        return f"{suggested}{quantity}" + (f" on {self.on}" if self.on else "")


class TargetError(ValueError):
    """A text is no target; the message says what was read and what is understood."""


_UNITS = "|".join(rf"{unit}s?" for unit in Unit if unit not in _SINGLE)
_TARGET = re.compile(
    r"(?P<suggested>suggested )?(?P<every>every )?"
    rf"(?:(?P<single>{'|'.join(_SINGLE)})|(?:(?P<amount>\d+|other) )?(?P<unit>{_UNITS}))"
    r"(?: on (?P<on>\S+))?",
    re.ASCII,
)
_UNDERSTOOD = (
    "a target reads `[suggested] [every] QUANTITY [on CALENDAR]`, with a quantity such as `30 minutes`, `2 hours`, "
    "`8 business hours`, `3 business days`, `next business day`, `end of business day`, `10 days`, `2 weeks`; "
    "or `best effort`, `continuous`, `none`"
)


def parse(words: str) -> Target:
    """Read a target as a policy writes it.

    Raises:
        TargetError: the text is not of the grammar in section 3 of the contract.
    """
    plain = " ".join(words.split())
    if plain in tuple(Untimed):
        return Target(within=Untimed(plain))
    match = _TARGET.fullmatch(plain)
    if match is None:
        raise TargetError(f"cannot read {plain!r}: {_UNDERSTOOD}")
    every, amount = bool(match["every"]), match["amount"]
    if amount == "other" and not every:
        raise TargetError(f"cannot read {plain!r}: `other` needs `every`, as in `every other week`")
    number = {None: 1, "other": 2}.get(amount) or int(amount)
    if number == 0:
        raise TargetError(f"cannot read {plain!r}: a promise needs at least 1 {match['unit']}")
    unit = Unit(match["single"] or match["unit"].removesuffix("s"))
    return Target(
        within=Quantity(number, unit),
        every=every,
        suggested=bool(match["suggested"]),
        on=match["on"],
    )
