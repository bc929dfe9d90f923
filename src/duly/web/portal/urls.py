"""Addresses of the portal."""

from django.urls import path

from duly.web.portal import evidence, opening, plan, views

app_name = "portal"
urlpatterns = [
    path("plan/", plan.show_plan, name="plan"),
    path("tickets/", views.home, name="home"),
    path("tickets/new/", opening.new, name="new"),
    path("tickets/open/", opening.open_new, name="open"),
    path("tickets/new/promised/", opening.promised, name="promised"),
    path("tickets/<int:number>/", views.show_ticket, name="ticket"),
    path("tickets/<int:number>/reply/", views.send_reply, name="reply"),
    path("tickets/<int:number>/draft/", views.keep_draft, name="draft"),
    path("tickets/<int:number>/resolve/", views.end, name="resolve"),
    path("tickets/<int:number>/escalate/", views.rise, name="escalate"),
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
