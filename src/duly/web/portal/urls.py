"""Addresses of the portal."""

from django.urls import path

from duly.web.portal import evidence, hours, opening, organisation, plan, rating, searching, views
from duly.web.reports import reviews

app_name = "portal"
urlpatterns = [
    path("organisation/", organisation.show_all, name="organisations"),
    path("organisation/<int:organisation>/", organisation.show, name="organisation"),
    path("organisation/<int:organisation>/list/", organisation.arrange, name="support-list"),
    path("organisation/<int:organisation>/technical/", organisation.technical, name="technical"),
    path("organisation/<int:organisation>/invite/", organisation.invite, name="invite"),
    path("organisation/<int:organisation>/end/", organisation.end_place, name="end-place"),
    path("organisation/<int:organisation>/zone/", organisation.change_zone, name="zone"),
    path("organisation/<int:organisation>/hours/", hours.own_hours, name="hours"),
    path(
        "organisation/<int:organisation>/choice/<int:subscription>/<str:choice>/",
        hours.own_choice,
        name="choice",
    ),
    path("plan/", plan.show_plan, name="plan"),
    path("review/<int:organisation>/<slug:month>/", reviews.show_own, name="review"),
    path("review/<int:organisation>/<slug:month>.csv", reviews.show_own_file, name="review-csv"),
    path("tickets/", views.home, name="home"),
    path("tickets/search/", searching.show_search, name="search"),
    path("tickets/new/", opening.new, name="new"),
    path("tickets/open/", opening.open_new, name="open"),
    path("tickets/new/promised/", opening.promised, name="promised"),
    path("tickets/<int:number>/", views.show_ticket, name="ticket"),
    path("tickets/<int:number>/reply/", views.send_reply, name="reply"),
    path("tickets/<int:number>/draft/", views.keep_draft, name="draft"),
    path("tickets/<int:number>/resolve/", views.end, name="resolve"),
    path("tickets/<int:number>/rate/", rating.rate_here, name="rate"),
    path("tickets/<int:number>/escalate/", views.rise, name="escalate"),
    path("tickets/<int:number>/priority/", views.set_priority, name="prioritise"),
    path("tickets/<int:number>/object/", views.object_to, name="object"),
    path(
        "tickets/<int:number>/why/<str:kind>/<int:cycle>/",
        views.show_why,
        name="why",
    ),
    path("tickets/<int:number>/evidence/", evidence.show_evidence, name="evidence"),
    path(
        "tickets/<int:number>/evidence.json",
        evidence.download_evidence,
        name="evidence-file",
    ),
]
