"""Addresses of the workspace."""

from django.urls import path

from duly.web.agent import (
    doing,
    evidence,
    macros,
    mail,
    many,
    organisations,
    queue,
    saved_views,
    searching,
    steps,
    views,
    writing,
)

app_name = "agent"
urlpatterns = [
    path("", queue.show_queue, name="queue"),
    path("queue/<str:view>/", queue.show_queue, name="queue"),
    path("team/<int:team>/", queue.show_team, name="team"),
    path("many/", many.act, name="many"),
    path("many/<int:batch_id>/", many.show, name="batch"),
    path("many/<int:batch_id>/back/", many.take_back, name="take-back-many"),
    path("filter/", queue.show_filter, name="filter"),
    path("views/", saved_views.show_views, name="views"),
    path("views/save/", saved_views.save, name="save-view"),
    path("views/<int:view_id>/", queue.show_view, name="view"),
    path("views/<int:view_id>/<str:verb>/", saved_views.change, name="change-view"),
    path("organisations/", organisations.show_organisations, name="organisations"),
    path("organisations/<int:organisation>/", organisations.show_organisation, name="organisation"),
    path("search/", searching.show_search, name="search"),
    path("mail/", mail.show_held, name="held-mail"),
    path("mail/<int:mail_id>/", mail.show, name="mail"),
    path("mail/<int:mail_id>/raw/", mail.download, name="raw-mail"),
    path("mail/<int:mail_id>/<str:verb>/", mail.decide, name="decide-mail"),
    path("tickets/<int:number>/", views.show_ticket, name="ticket"),
    path("tickets/<int:number>/reply/", writing.send_reply, name="reply"),
    path("tickets/<int:number>/take-back/", writing.take_reply_back, name="take-back"),
    path("undo-time/", writing.choose_undo_time, name="undo-time"),
    path("tickets/<int:number>/note/", writing.send_note, name="note"),
    path("tickets/<int:number>/draft/<str:of>/", writing.keep_draft, name="draft"),
    path("tickets/<int:number>/macros/", macros.show_macros, name="macros"),
    path("tickets/<int:number>/macros/<int:macro_id>/", macros.pick_macro, name="use-macro"),
    path("tickets/<int:number>/assign/", doing.give, name="assign"),
    path("tickets/<int:number>/priority/", doing.set_priority, name="prioritise"),
    path("tickets/<int:number>/do/<str:verb>/", doing.do, name="do"),
    path("tickets/<int:number>/step/<str:verb>/", steps.step, name="step"),
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
