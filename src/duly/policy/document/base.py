"""What every part of a document shares: strict keys and the small types of values.

The reader hands over plain text (see `duly.policy.reading`), so each type here reads text; the JSON
Schema says what an editor sees, where YAML has made numbers and booleans of it.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from duly.policy.document.fault import fault

KINDS = ("first_response", "next_response", "update", "workaround", "resolution", "root_cause")
Kind = Literal[
    "first_response", "next_response", "update", "workaround", "resolution", "root_cause"
]

_MONTH_DAY = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Part(BaseModel):
    """A mapping in a document: every key is known, and `-` in a file never stands for `_`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    named: ClassVar[str] = "this"
    """What a person would call this part, for messages."""

    @model_validator(mode="before")
    @classmethod
    def _remember(cls, data: Any, info: ValidationInfo) -> Any:
        """Note which model read which mapping: an unknown key is answered with its keys."""
        if info.context is not None:
            info.context.setdefault("models", {})[id(data)] = cls
        return data


def _yes_no(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise fault("yes-no", "write true or false.")


def _number(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise fault("number", f"`{value}` is not a number such as 4 or 99.95.")
    return value


def _date(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _DATE.fullmatch(value):
        raise fault("date", f"`{value}` is not a date; write it as 2026-12-24.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise fault("date", f"there is no {value} in the calendar.") from None


def _date_or_yearly(value: object) -> object:
    match = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return _date(value)
    try:
        date(2024, int(match["month"]), int(match["day"]))
    except ValueError:
        raise fault("date", f"there is no {value} in any year.") from None
    return (int(match["month"]), int(match["day"]))


_WORD_SCHEMA = {"type": ["string", "number"]}

Text = Annotated[str, StringConstraints(min_length=1)]
"""A sentence as published."""

Word = Annotated[str, StringConstraints(min_length=1), WithJsonSchema(_WORD_SCHEMA)]
"""A short text that may look like a number: a version, the key of a level."""

Name = Annotated[
    str,
    StringConstraints(pattern=r"^[^\s.\[\]]+$"),
    WithJsonSchema({"type": ["string", "integer"]}),
]
"""The name of something; without dots and spaces, so that paths and targets can be read."""

YesNo = Annotated[bool, BeforeValidator(_yes_no, json_schema_input_type=bool)]
Number = Annotated[
    Decimal, BeforeValidator(_number), WithJsonSchema({"type": ["number", "string"]})
]
Count = Annotated[int, BeforeValidator(_number), WithJsonSchema({"type": ["integer", "string"]})]
Day = Annotated[
    date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
]
MonthDay = tuple[int, int]
DayOrMonthDay = Annotated[
    date | MonthDay,
    BeforeValidator(_date_or_yearly),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}-)?\d\d-\d\d$"}),
]
"""`2026-12-31`, or `12-24` for the day of every year."""


def _words(value: object) -> object:
    return [value] if isinstance(value, str) else value


Words = Annotated[
    tuple[Word, ...], BeforeValidator(_words, json_schema_input_type=Word | tuple[Word, ...])
]
"""One word or a list of words."""
