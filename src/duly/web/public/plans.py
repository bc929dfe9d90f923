"""The published plans, and what a report now would be promised: for everybody."""

import re

from django.http import HttpRequest, HttpResponse

from duly.channels import wall_clock
from duly.desk.queries.calendar_year import policy_calendar
from duly.desk.queries.published import Hours, plan_page, promised_if, published
from duly.web.access import anybody
from duly.web.pages import page
from duly.web.reading import reader_of, year_asked

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@anybody("GET")
def plans(request: HttpRequest) -> HttpResponse:
    """List the policies."""
    return page(request, "public/plans.html", policies=published())


@anybody("GET")
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Show a policy; an unknown plan or level is taken for the first one."""
    at = wall_clock.now()
    shown = plan_page(key, at)
    if not shown.plans:
        return page(request, "public/plan.html", shown=shown)
    asked = request.GET.get("plan", "")
    chosen = next((one for one in shown.plans if one.key == asked), shown.plans[-1])
    severity = request.GET.get("priority", "")
    level = next((one for one in chosen.levels if one.key == severity), chosen.levels[0])
    hours = _hours(request, reader_of(request, at).zone.key)
    return page(
        request,
        "public/plan.html",
        shown=shown,
        plan=chosen,
        level=level,
        hours=hours,
        promises=promised_if(shown.version_id, chosen.key, level.key, at, hours),
    )


def _hours(request: HttpRequest, zone: str) -> Hours:
    """The business hours that were asked about; what are none are taken for nine to five."""
    opens, closes = (request.GET.get(name, "") for name in ("opens", "closes"))
    if TIME.fullmatch(opens) and TIME.fullmatch(closes) and opens < closes:
        return Hours(zone, opens, closes)
    return Hours(zone)


@anybody("GET")
def calendar(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Paint the open hours of a policy on a year."""
    at = wall_clock.now()
    year = year_asked(request, reader_of(request, at))
    return page(
        request,
        "public/calendar.html",
        shown=policy_calendar(key, name, year, at),
        key=key,
        name=name,
        asked=year,
    )
