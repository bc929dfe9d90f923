"""Addresses of the pages on which the desk is set up."""

from django.urls import path

from duly.web.setup import mailboxes, outgoing

app_name = "setup"
urlpatterns = [
    path("mailboxes/", mailboxes.show_all, name="mailboxes"),
    path("mailboxes/new/", mailboxes.add, name="new-mailbox"),
    path("mailboxes/<int:mailbox_id>/", mailboxes.change, name="mailbox"),
    path("mailboxes/<int:mailbox_id>/test/", mailboxes.send_test, name="test-mailbox"),
    path("mailboxes/<int:mailbox_id>/believe/", mailboxes.name_server, name="believe"),
    path("outgoing/", outgoing.show, name="outgoing"),
]
