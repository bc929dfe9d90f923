"""What each right allows, in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from duly.desk.people.role import Right

RIGHTS: Mapping[Right, tuple[Promise, Promise]] = {
    Right.SEE_TICKETS: (_("See tickets"), _("The way in: without it nobody sees the desk at all.")),
    Right.SEE_PRIVATE_TICKETS: (
        _("See tickets of private teams"),
        _("Also of teams that they do not work in."),
    ),
    Right.REPLY: (_("Reply"), _("Write to customers.")),
    Right.NOTE: (_("Leave notes"), _("Write what only the desk reads.")),
    Right.ASSIGN: (_("Assign"), _("Give tickets to people and teams.")),
    Right.PRIORITISE: (_("Set priorities"), _("Promises follow from them.")),
    Right.PROGRESS: (
        _("Move tickets on"),
        _("Resolve, close, let wait, put aside, mark milestones, count time."),
    ),
    Right.OPEN_FOR_CUSTOMER: (
        _("Open tickets for customers"),
        _("For example what somebody says on the telephone."),
    ),
    Right.EXCLUDE: (
        _("Exclude tickets from the agreement"),
        _("By a clause of the policy; it stops every clock of the ticket."),
    ),
    Right.MERGE: (_("Merge tickets"), _("And take a merging back.")),
    Right.REVIEW_MAIL: (_("Review held mail"), _("Decide what becomes of mail that is in doubt.")),
    Right.MANAGE_PEOPLE: (
        _("Manage people and organisations"),
        _("Invite and deactivate, teams, hours of others, customers and their contacts."),
    ),
    Right.MANAGE_ROLES: (
        _("Give rights"),
        _("Change roles and who holds them. Somebody must always be able to."),
    ),
    Right.MANAGE_AGREEMENTS: (
        _("Manage subscriptions"),
        _("Subscribe customers, move them to other versions, amend what they hold."),
    ),
    Right.PUBLISH_POLICIES: (
        _("Publish policies"),
        _("Write drafts and publish versions, which never change afterwards."),
    ),
    Right.SEE_REPORTS: (_("See reports"), _("How promises were kept, over all tickets.")),
    Right.SEE_AUDIT: (_("Read the audit"), _("Who changed the desk itself, and when.")),
    Right.MANAGE_SETUP: (
        _("Set the desk up"),
        _("Mailboxes, outgoing mail, branding, closing."),
    ),
    Right.OPEN_TICKETS: (_("Report"), _("Open tickets for the organisation.")),
    Right.SEE_ORGANISATION_TICKETS: (
        _("See the organisation's tickets"),
        _("Not only their own."),
    ),
    Right.MANAGE_ORGANISATION: (
        _("Manage the organisation"),
        _("Its people, its support list, its hours and choices."),
    ),
}
