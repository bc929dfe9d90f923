"""A screen on a wall: nobody is signed in there, and its address is all that it knows."""

from django.http import HttpRequest, HttpResponse

from duly.channels import wall_clock
from duly.desk.queries.freshness import desk_number
from duly.desk.queries.wall import wall_on
from duly.web.access import anybody
from duly.web.wall import screen_of, wall_page


@anybody("GET")
def show_screen(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the wall to whoever has the address, for as long as it is not revoked."""
    screen_id, number = screen_of(secret), desk_number()
    answer = wall_page(request, wall_on(screen_id, wall_clock.now()), number)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
