"""How the help was, said on the ticket's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.desk.actions.tickets.rate import rate
from duly.desk.errors import Invalid
from duly.desk.queries.reading import ticket_id
from duly.web.access import Visit, customers


@customers("POST")
def rate_here(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Keep what the requester says."""
    try:
        rate(
            actor=visit.actor,
            ticket_id=ticket_id(visit.actor, number),
            verdict=request.POST.get("verdict", ""),
            words=request.POST.get("words", ""),
            at=visit.at,
        )
    except Invalid as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Thank you. Those who helped you can read it."))
    return redirect("portal:ticket", number)
