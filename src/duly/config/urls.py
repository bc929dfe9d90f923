"""The root of the URLs: every address of the desk is found from here."""

from django.urls import include, path, re_path

from duly.web.errors import not_found

urlpatterns = [
    # People are known by the one address that the desk proved: nobody adds another, takes one unproved, or signs up.
    # Their sessions stand under their settings.
    re_path("^account/(signup|email|confirm-email|sessions)/", not_found),
    path("account/", include("allauth.urls")),
    path("", include("duly.web.urls")),
]

handler400 = "duly.web.errors.unreadable"
handler404 = "duly.web.errors.not_found"
handler500 = "duly.web.errors.failed"
