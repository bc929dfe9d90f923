"""Addresses of the pages on which the desk is set up."""

from django.urls import path

from duly.web.setup import (
    calendars,
    closing,
    drafts,
    home,
    mailboxes,
    oauth,
    outgoing,
    people,
    policies,
    posting,
    roles,
    teams,
)

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
    path("people/", people.show_all, name="people"),
    path("people/<int:person>/", people.show, name="agent"),
    path("people/<int:person>/invite/", people.invite_again, name="invite-again"),
    path("people/<int:person>/do/<str:verb>/", people.do, name="do-agent"),
    path("teams/", teams.show_all, name="teams"),
    path("teams/<int:team>/", teams.change, name="team"),
    path("roles/", roles.show_all, name="roles"),
    path("roles/new/", roles.new, name="new-role"),
    path("roles/<slug:key>/", roles.change, name="role"),
    path("roles/<slug:key>/drop/", roles.drop, name="drop-role"),
    path("mailboxes/", mailboxes.show_all, name="mailboxes"),
    path("mailboxes/new/", mailboxes.add, name="new-mailbox"),
    path("mailboxes/<int:mailbox_id>/", mailboxes.change, name="mailbox"),
    path("mailboxes/<int:mailbox_id>/test/", mailboxes.send_test, name="test-mailbox"),
    path("mailboxes/signed-in/", oauth.granted, name="signed-in"),
    path("mailboxes/<int:mailbox_id>/sign-in/", oauth.ask, name="sign-in"),
    path("mailboxes/<int:mailbox_id>/address/", posting.make_address, name="post-address"),
    path("mailboxes/<int:mailbox_id>/believe/", mailboxes.name_server, name="believe"),
    path("closing/", closing.show, name="closing"),
    path("outgoing/", outgoing.show, name="outgoing"),
]
