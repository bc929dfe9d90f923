"""My day, and the load of the teams: who owes what next, and who is there to do it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from duly.desk.access.screens import may_manage_screens
from duly.desk.queries.freshness import desk_number
from duly.desk.queries.load import team_loads
from duly.desk.queries.my_day import my_day
from duly.desk.queries.working import Working
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.agent.forms import new_key
from duly.web.fresh import fresh_address
from duly.web.pages import page
from duly.web.state import state_for_agents, tails
from duly.web.words import Reader, short


@agents("GET")
def show_day(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the reader's own day."""
    number = desk_number()
    return page(
        request,
        "agent/day.html",
        visit,
        **shell.around(visit.actor, "day"),
        day=my_day(visit.actor, visit.person.hours, visit.reader.zone, visit.at),
        person=visit.person.pk,
        number=number,
        fresh=fresh_address(),
        tails=tails(),
    )


@agents("GET")
def show_load(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show who has how much and who works now."""
    number = desk_number()
    return page(
        request,
        "agent/load.html",
        visit,
        **shell.around(visit.actor, "load"),
        loads=team_loads(visit.actor, visit.at),
        working_words=working_words,
        may_manage_screens=may_manage_screens(visit.actor),
        key=new_key(),
        number=number,
        fresh=fresh_address(),
        state=state_for_agents,
        tails=tails(),
    )


def working_words(state: Working | None, reader: Reader) -> str:
    """Say whether somebody works now, and what changes next."""
    if state is None:
        return _("not in this team")
    if state.away_until is not None:
        return _("away until %(instant)s") % {"instant": short(state.away_until, reader)}
    if not state.has_hours:
        return _("hours not said")
    if state.until is not None:
        return _("works until %(instant)s") % {"instant": short(state.until, reader)}
    if state.next_at is not None:
        return _("works from %(instant)s") % {"instant": short(state.next_at, reader)}
    return _("not for a while")
