"""Addresses of what belongs to whoever is signed in."""

from django.urls import path

from duly.web.me import sessions, wishes

app_name = "me"
urlpatterns = [
    path("settings/", wishes.show, name="settings"),
    path("settings/sessions/", sessions.sessions, name="sessions"),
]
