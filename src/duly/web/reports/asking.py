"""What an address asks of a report: the period, the kind of promise, what it is narrowed down to; and back again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from duly.core.clock.values import Kind
from duly.desk.queries.reports.attainment import Asked, By
from duly.desk.queries.reports.period import Period, Span, named, period
from duly.desk.queries.reports.promises import Behind, Outcome, Which
from duly.web.access import Visit
from duly.web.typed import calendar_day, whole
from duly.web.words import day


@dataclass(frozen=True, slots=True)
class Preset:
    """A period by its name; `is_here` says that it is the one shown."""

    label: str
    address: str
    is_here: bool


def period_asked(request: HttpRequest, visit: Visit) -> Period:
    """The period of an address. Days that are none are left out, as if they had not been said."""
    first, last = (calendar_day(request.GET.get(name, "")) for name in ("first", "last"))
    return period(first, last, at=visit.at, zone=_zone(request) or visit.reader.zone)


def _zone(request: HttpRequest) -> ZoneInfo | None:
    """The zone of a service review is its customer's; other figures are of the reader's."""
    asked = request.GET.get("zone", "")
    return ZoneInfo(asked) if asked in available_timezones() else None


def rest_of(request: HttpRequest) -> dict[str, str]:
    """The words of an address as they are, for the file of the same."""
    return {name: request.GET[name] for name in request.GET}


def asked(request: HttpRequest, visit: Visit) -> Asked:
    """Which promises an address is about."""
    kind = request.GET.get("kind", "")
    found = Asked(period_asked(request, visit), Kind(kind) if kind in tuple(Kind) else None)
    for by in By:
        if by.value in request.GET and _is_key(by, request.GET[by.value]):
            found = found.narrowed(by, request.GET[by.value])
    return found


def by_asked(request: HttpRequest) -> By:
    """What the sums are for; the months, unless something else is asked for."""
    by = request.GET.get("by", "")
    return By(by) if by in tuple(By) else By.MONTH


def which_asked(request: HttpRequest) -> Which:
    """Which of the promises are listed."""
    outcome, binding = request.GET.get("outcome", ""), request.GET.get("binding", "")
    return Which(
        Outcome(outcome) if outcome in tuple(Outcome) else None,
        {"yes": True, "no": False}.get(binding),
    )


def behind_asked(request: HttpRequest) -> Behind | None:
    """Where a list goes on."""
    started, _comma, pk = request.GET.get("after", "").partition(",")
    try:
        found = Behind(datetime.fromisoformat(started), int(pk))
    except ValueError:
        return None
    return found if found.started_at.tzinfo else None


def words_of(found: Asked) -> dict[str, str]:
    """The same as an address says it, without the period when it is the usual one."""
    words = {"first": found.period.first.isoformat(), "last": found.period.last.isoformat()}
    if found.kind is not None:
        words["kind"] = found.kind.value
    return words | {by.value: key for by, key in found.only.items()}


def address(name: str, words: Mapping[str, str], **more: str) -> str:
    """The address of a report with these words."""
    return f"{reverse(f'reports:{name}')}?{urlencode({**words, **more})}"


def presets(name: str, words: Mapping[str, str], visit: Visit, here: Period) -> Iterator[Preset]:
    """The periods offered by name, everything else staying as it is."""
    labels = {
        Span.THIS_MONTH: _("This month"),
        Span.LAST_MONTH: _("Last month"),
        Span.QUARTER: _("Three months"),
        Span.YEAR: _("Twelve months"),
    }
    for span, label in labels.items():
        meant = named(span, at=visit.at, zone=visit.reader.zone)
        days = {"first": meant.first.isoformat(), "last": meant.last.isoformat()}
        yield Preset(label, address(name, {**words, **days}), meant == here)


def period_words(shown: Period, visit: Visit) -> str:
    """Say a period: from which day to which, in whose zone."""
    return _("%(first)s to %(last)s, %(zone)s") % {
        "first": day(shown.first, visit.reader),
        "last": day(shown.last, visit.reader),
        "zone": shown.zone.key,
    }


def _is_key(by: By, key: str) -> bool:
    match by:
        case By.MONTH:
            return calendar_day(key) is not None
        case By.ORGANISATION | By.TEAM:
            return key == "" or whole(key) is not None
        case By.PLAN | By.PRIORITY:
            return ":" in key
        case By.KIND:
            return key in tuple(Kind)
