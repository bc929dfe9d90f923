"""How the help was, said from a letter: the link only asks, for programs follow links too; the button answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from duly.channels import wall_clock
from duly.desk.actions.tickets.rate import rate
from duly.desk.errors import Invalid
from duly.desk.queries.rating import asked
from duly.web.access import anybody
from duly.web.pages import page
from duly.web.reading import speak


@anybody("GET", "POST")
def by_letter(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whoever holds the key of a letter, or keep what they say."""
    question = asked(key)
    speak(question.language)
    problem = ""
    if request.method == "POST":
        try:
            rate(
                actor=question.actor,
                ticket_id=question.ticket_id,
                verdict=request.POST.get("verdict", ""),
                words=request.POST.get("words", ""),
                at=wall_clock.now(),
            )
        except Invalid as wrong:
            problem = str(wrong)
        else:
            messages.success(request, _("Thank you. Those who helped you can read it."))
            return redirect("rating", key)
    response = page(
        request,
        "public/rating.html",
        status=422 if problem else 200,
        question=question,
        problem=problem,
        chosen=request.GET.get("verdict", ""),
    )
    response["Cache-Control"] = "no-store"
    return response
