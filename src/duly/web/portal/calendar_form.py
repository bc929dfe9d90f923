"""The form of an organisation's own hours: a week, holidays, and the day from which they hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from duly.desk.queries.own_hours import KeptHours, OwnHours
from duly.web.typed import DayField

WEEKDAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}


class HoursForm(forms.Form):
    """Hours are typed as policies write them, `09:00-12:00, 13:00-17:00`; the policy language judges them."""

    zone = forms.CharField(
        max_length=64, required=False, error_messages={"required": _("Choose a time zone.")}
    )
    country = forms.CharField(max_length=2, required=False)
    subdivision = forms.CharField(max_length=10, required=False)
    closed = forms.CharField(max_length=4000, required=False)
    worked = forms.CharField(max_length=4000, required=False)
    days = forms.CharField(max_length=4000, required=False)
    from_on = DayField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in WEEKDAYS:
            self.fields[key] = forms.CharField(max_length=200, required=False)

    def week(self) -> Iterator[tuple[forms.BoundField, str]]:
        """The boxes of the weekdays with their names."""
        for key, name in WEEKDAYS.items():
            yield self[key], str(name)

    def calendar(self, before: OwnHours | None) -> dict[str, Any]:
        """What was typed, in the words of the policy language; what is empty is left out.

        Which days count is agreed apart: it stays as it was.
        """
        sent = self.cleaned_data
        found: dict[str, Any] = {}
        if before and before.business_days:
            found["business_days"] = list(before.business_days)
        if sent["zone"]:
            found["zone"] = sent["zone"]
        week = {key: _parts(sent[key]) for key in WEEKDAYS if sent[key].strip()}
        if week:
            found["week"] = week
        closed, worked = _lines(sent["closed"]), _lines(sent["worked"])
        if sent["country"]:
            country = {"country": sent["country"].upper(), "also": closed, "except": worked}
            place = sent["subdivision"].upper()
            found["holidays"] = {**country, "subdivision": place} if place else country
        elif closed:
            found["holidays"] = closed
        days = dict(_dated(line) for line in _lines(sent["days"]))
        return {**found, "days": days} if days else found


def hours_form(request: HttpRequest, kept: KeptHours, at: datetime) -> HoursForm:
    """What was sent, else the hours that hold now, from today on where they are counted."""
    if request.method == "POST":
        return HoursForm(request.POST)
    today = at.astimezone(kept.zone).date().isoformat()
    return HoursForm(initial={**filled(kept.now, kept.zone.key), "from_on": today})


def filled(hours: OwnHours | None, zone: str) -> dict[str, str]:
    """What the boxes show at first: the hours that hold now, else none in the organisation's zone."""
    if hours is None:
        return {"zone": zone}
    return {
        "zone": hours.zone or zone,
        "country": hours.country,
        "subdivision": hours.subdivision,
        "closed": "\n".join(hours.closed),
        "worked": "\n".join(hours.worked),
        "days": "\n".join(hours.days),
        **hours.week,
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.replace(",", "\n").splitlines() if line.strip()]


def _dated(line: str) -> tuple[str, list[str]]:
    """Read `2026-12-24: 09:00-13:00`; a date alone is closed."""
    day, _colon, hours = line.partition(":")
    return day.strip(), [hours.strip()] if hours.strip() else []
