"""Calendars painted on a year: of policies, of organisations, of agents."""

from django.http import HttpRequest, HttpResponse

from duly.desk.queries.calendar_year import (
    CalendarYear,
    calendars_of_organisations,
    calendars_of_policies,
    hours_of_agent,
    organisation_calendar,
    policy_calendar,
)
from duly.web.access import Visit, agents
from duly.web.pages import page
from duly.web.reading import year_asked
from duly.web.setup import frame


@agents("GET")
def show_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List every calendar that is kept here."""
    return page(
        request,
        "setup/calendars.html",
        visit,
        **frame.around(visit, "calendars"),
        policies=calendars_of_policies(visit.actor, visit.at),
        organisations=calendars_of_organisations(visit.actor),
    )


@agents("GET")
def of_policy(request: HttpRequest, visit: Visit, key: str, name: str) -> HttpResponse:
    """Paint a calendar of a policy."""
    found = policy_calendar(key, name, year_asked(request, visit.reader), visit.at)
    return _painted(request, visit, found, found.name)


@agents("GET")
def of_organisation(request: HttpRequest, visit: Visit, organisation: int) -> HttpResponse:
    """Paint an organisation's own calendar."""
    year = year_asked(request, visit.reader)
    return _painted(request, visit, organisation_calendar(visit.actor, organisation, year))


@agents("GET")
def of_agent(request: HttpRequest, visit: Visit, person: int) -> HttpResponse:
    """Paint when an agent works."""
    year = year_asked(request, visit.reader)
    return _painted(request, visit, hours_of_agent(visit.actor, person, year))


def _painted(
    request: HttpRequest, visit: Visit, shown: CalendarYear, name: str = ""
) -> HttpResponse:
    return page(
        request,
        "setup/calendar.html",
        visit,
        **frame.around(visit, "calendars"),
        shown=shown,
        name=name or shown.of,
        asked=year_asked(request, visit.reader),
    )
