"""The addresses that letters name; the worker knows their names and nothing of the pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(str(number))


urlpatterns = [
    path("desk/", include(([path("tickets/<int:number>/", page, name="ticket")], "agent"))),
    path("", include(([path("tickets/<int:number>/", page, name="ticket")], "portal"))),
    path(
        "desk/setup/",
        include(([path("mailboxes/<int:number>/", page, name="mailbox")], "setup")),
    ),
]
