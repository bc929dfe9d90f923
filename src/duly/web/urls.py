"""The addresses of our pages, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("duly.web.public.urls")),
    path("", include("duly.web.portal.urls")),
    path("", include("duly.web.me.urls")),
    path("desk/", include("duly.web.agent.urls")),
    path("desk/setup/", include("duly.web.setup.urls")),
    path("desk/reports/", include("duly.web.reports.urls")),
]
