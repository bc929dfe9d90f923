"""Addresses that everybody may ask for."""

from django.urls import path

from duly.web import files, original
from duly.web.fresh import fresh
from duly.web.public import inbound, look, mail_reports, plans, quote, rating, screen, views

urlpatterns = [
    path("", views.home, name="home"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<slug:key>/", plans.plan, name="plan"),
    path("plans/<slug:key>/calendars/<str:name>/", plans.calendar, name="plan-calendar"),
    path("plans/<slug:key>/quote/", quote.quote, name="quote"),
    path("rating/<str:key>/", rating.by_letter, name="rating"),
    path("fresh/<str:subject>/", fresh, name="fresh"),
    path("files/<int:number>/", files.file, name="file"),
    path("pictures/<str:key>/", files.picture, name="picture"),
    path("messages/<int:message>/original/", original.show, name="original"),
    path("mail/in/<int:mailbox_id>/", inbound.receive, name="mail-in"),
    path("mail/reports/", mail_reports.receive, name="mail-reports"),
    path("wall/<str:secret>/", screen.show_screen, name="screen"),
    path("theme/", views.theme, name="theme"),
    path("brand/<str:edition>/style.css", look.style, name="brand-style"),
    path("brand/<str:edition>/logo", look.picture, name="brand-logo"),
    path("assets/<str:edition>/<str:name>", views.asset, name="asset"),
]
