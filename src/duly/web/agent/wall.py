"""The wall as agents see it, and the screens that show it to nobody in particular."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.setup.screens import put_up_screen, revoke_screen
from duly.desk.queries.choices import takers
from duly.desk.queries.freshness import desk_number
from duly.desk.queries.wall import screens, wall_of
from duly.desk.tickets.screen import LONGEST_NAME
from duly.web.access import Visit, agents
from duly.web.agent import shell
from duly.web.pages import page
from duly.web.typed import whole
from duly.web.wall import address_of, wall_page


@agents("GET")
def show_wall(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the wall to somebody who is signed in, with subjects and names."""
    number = desk_number()
    return wall_page(request, wall_of(visit.actor, visit.at), number, visit)


@agents("GET")
def show_screens(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the screens with their addresses."""
    return page(
        request,
        "agent/screens.html",
        visit,
        **shell.around(visit.actor),
        screens=[
            (one, request.build_absolute_uri(address_of(one.id))) for one in screens(visit.actor)
        ],
        team_options=takers(visit.actor)[1],
        longest=LONGEST_NAME,
    )


@agents("POST")
def put_up(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Put up a screen."""
    put_up_screen(
        actor=visit.actor,
        name=request.POST.get("name", ""),
        team_id=whole(request.POST.get("team", "")),
        names_customers="names_customers" in request.POST,
        at=visit.at,
    )
    messages.success(request, _("Open its address on the screen."))
    return redirect("agent:screens")


@agents("POST")
def revoke(request: HttpRequest, visit: Visit, screen_id: int) -> HttpResponse:
    """Revoke the address of a screen."""
    revoke_screen(actor=visit.actor, screen_id=screen_id, at=visit.at)
    messages.success(request, _("Revoked: its address shows nothing any more."))
    return redirect("agent:screens")
