"""What stands around every report: the workspace, and the other reports."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from duly.desk.access.reports import may_see_reports
from duly.desk.access.require import require
from duly.desk.queries.reports.period import Period
from duly.web.access import Visit
from duly.web.agent import shell
from duly.web.reports.asking import address, period_words, presets


@dataclass(frozen=True, slots=True)
class Part:
    """A report: how it is called and where it is."""

    name: str
    label: str
    address: str


def around(visit: Visit, here: str) -> dict[str, Any]:
    """The values that the frame of a report asks for.

    Raises:
        NotFound: the reader does not read reports.
    """
    require(may_see_reports(visit.actor))
    return shell.around(visit.actor, "reports") | {"parts": parts(), "part": here}


def in_period(visit: Visit, here: str, shown: Period, words: dict[str, str]) -> dict[str, Any]:
    """The same for a report about a period, with its form."""
    return around(visit, here) | period_values(visit, here, shown, words)


def period_values(visit: Visit, here: str, shown: Period, words: dict[str, str]) -> dict[str, Any]:
    """The values that the form of a period asks for."""
    return {
        "period": shown,
        "period_words": period_words(shown, visit),
        "presets": list(presets(here, words, visit, shown)),
        "kept": {name: word for name, word in words.items() if name not in ("first", "last")},
        "as_csv": address(f"{here}-csv", words),
    }


def parts() -> list[Part]:
    """The reports."""
    labels = {
        "attainment": _("Promises kept"),
        "answers": _("Answers and resolutions"),
        "hours": _("Load and cover"),
        "backlog": _("Backlog"),
        "satisfaction": _("Satisfaction"),
        "reviews": _("Service reviews"),
    }
    return [Part(name, label, reverse(f"reports:{name}")) for name, label in labels.items()]
