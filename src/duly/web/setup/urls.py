"""Addresses of the pages on which the desk is set up."""

from django.urls import path

from duly.web.setup import calendars, closing, drafts, home, mailboxes, outgoing, policies, posting

app_name = "setup"
urlpatterns = [
    path("", home.show, name="home"),
    path("policies/", policies.show_all, name="policies"),
    path("policies/new/", drafts.new, name="new-draft"),
    path("policies/drafts/<int:draft_id>/", drafts.show, name="draft"),
    path("policies/drafts/<int:draft_id>/drop/", drafts.drop, name="drop-draft"),
    path("policies/drafts/<int:draft_id>/review/", drafts.review, name="review-draft"),
    path("policies/versions/<int:version_id>/move/", policies.move, name="move"),
    path("policies/of/<slug:key>/", policies.show, name="policy"),
    path("calendars/", calendars.show_all, name="calendars"),
    path("calendars/of/<slug:key>/<str:name>/", calendars.of_policy, name="calendar"),
    path(
        "calendars/organisations/<int:organisation>/",
        calendars.of_organisation,
        name="organisation-calendar",
    ),
    path("calendars/agents/<int:person>/", calendars.of_agent, name="agent-hours"),
    path("mailboxes/", mailboxes.show_all, name="mailboxes"),
    path("mailboxes/new/", mailboxes.add, name="new-mailbox"),
    path("mailboxes/<int:mailbox_id>/", mailboxes.change, name="mailbox"),
    path("mailboxes/<int:mailbox_id>/test/", mailboxes.send_test, name="test-mailbox"),
    path("mailboxes/<int:mailbox_id>/address/", posting.make_address, name="post-address"),
    path("mailboxes/<int:mailbox_id>/believe/", mailboxes.name_server, name="believe"),
    path("closing/", closing.show, name="closing"),
    path("outgoing/", outgoing.show, name="outgoing"),
]
