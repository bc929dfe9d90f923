"""What the provider of outgoing mail reports: a letter that came back, a reader who does not want them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from duly.channels import wall_clock
from duly.channels.mail_out.reports import NotAReport, NotTheProvider, reports
from duly.desk.actions.deliveries.undelivered import reported
from duly.desk.queries.outgoing import reporting
from duly.web.access import anybody


@csrf_exempt
@anybody("POST", "GET")
def receive(request: HttpRequest) -> HttpResponse:
    """Write down what a report says; one about mails that nobody here knows is left."""
    if request.method != "POST":
        return _said(
            200, "Reports are posted here."
        )  # some providers look whether somebody is there
    known = reporting()
    try:
        if known is None:
            raise NotTheProvider
        for one in reports(known.provider, known.secret, request):
            reported(
                message_id=one.message_id,
                because=one.because,
                complains=one.complains,
                at=wall_clock.now(),
            )
    except NotTheProvider:
        return _said(403, "The secret is wrong.")
    except NotAReport:
        return _said(422, "This is no report.")
    return _said(200, "Thank you.")


def _said(status: int, words: str) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
