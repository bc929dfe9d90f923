"""The rules of a policy that bear on a clock, said in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def rules(named: Mapping[str, str]) -> list[tuple[str, str]]:
    """Say each rule: its name, and what it does."""
    return [(str(NAMES[name]), _say(name, value)) for name, value in named.items()]


def _say(name: str, value: str) -> str:
    if name == "pauses":
        return _("nothing pauses it") if value == "none" else _("waiting on: %s") % _reasons(value)
    return str(VALUES[name][value])


def _reasons(value: str) -> str:
    return ", ".join(str(REASONS.get(each, each.replace("_", " "))) for each in value.split(", "))


REASONS = {"customer": gettext_lazy("the customer"), "third_party": gettext_lazy("somebody else")}
"""Whom every desk may wait for; other reasons are said in the policy's own words."""

NAMES = {
    "business_day": gettext_lazy("Business days"),
    "outside_hours": gettext_lazy("Received outside hours"),
    "pauses": gettext_lazy("Pauses"),
    "priority_change": gettext_lazy("Priority changed"),
    "reopen": gettext_lazy("Reopened"),
}
VALUES = {
    "business_day": {
        "end_of_nth_day": gettext_lazy("last to the close of the day"),
        "same_local_time": gettext_lazy("last to the same time of day"),
        "open_hours": gettext_lazy("are so many open hours"),
    },
    "outside_hours": {
        "as_received": gettext_lazy("counts from its own date"),
        "next_opening": gettext_lazy("counts from the next opening"),
    },
    "priority_change": {
        "from_change": gettext_lazy("a new promise starts at the change"),
        "from_start": gettext_lazy("the promise keeps its start"),
    },
    "reopen": {
        "continue": gettext_lazy("the same promise goes on"),
        "restart": gettext_lazy("a new promise starts"),
    },
}
