"""The root of the URLs: every address of the desk is found from here."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("duly.web.urls")),
]

handler404 = "duly.web.errors.not_found"
handler500 = "duly.web.errors.failed"
