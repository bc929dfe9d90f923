"""Addresses of the reports."""

from django.urls import path

from duly.web.reports import (
    answers,
    attainment,
    backlog,
    hours,
    promises,
    reviews,
    satisfaction,
    tickets,
)

app_name = "reports"
urlpatterns = [
    path("", attainment.show, name="attainment"),
    path("promises-kept.csv", attainment.show_file, name="attainment-csv"),
    path("promises/", promises.show, name="promises"),
    path("promises.csv", promises.show_file, name="promises-csv"),
    path("tickets/", tickets.show, name="tickets"),
    path("tickets.csv", tickets.show_file, name="tickets-csv"),
    path("answers/", answers.show, name="answers"),
    path("answers.csv", answers.show_file, name="answers-csv"),
    path("load/", hours.show, name="hours"),
    path("load.csv", hours.show_file, name="hours-csv"),
    path("backlog/", backlog.show, name="backlog"),
    path("backlog.csv", backlog.show_file, name="backlog-csv"),
    path("satisfaction/", satisfaction.show, name="satisfaction"),
    path("satisfaction.csv", satisfaction.show_file, name="satisfaction-csv"),
    path("reviews/", reviews.show_all, name="reviews"),
    path("reviews/<int:organisation>/<slug:month>/", reviews.show, name="review"),
    path("reviews/<int:organisation>/<slug:month>.csv", reviews.show_file, name="review-csv"),
]
