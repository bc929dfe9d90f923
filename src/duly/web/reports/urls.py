"""Addresses of the reports."""

from django.urls import path

from duly.web.reports import attainment

app_name = "reports"
urlpatterns = [
    path("", attainment.show, name="attainment"),
    path("promises-kept.csv", attainment.show_file, name="attainment-csv"),
    path("promises/", attainment.show_promises, name="promises"),
    path("promises.csv", attainment.show_promises_file, name="promises-csv"),
]
