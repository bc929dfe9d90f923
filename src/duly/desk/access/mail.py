"""Who may look at held mail and decide what becomes of it."""

from django.db.models import Q, QuerySet

from duly.desk.access.actor import Actor
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.people.role import Right


def may_review(actor: Actor) -> bool:
    """Agents with the right; what was held may hold anything, so customers never see it."""
    return actor.has(Right.REVIEW_MAIL)


def mails_visible_to(actor: Actor) -> QuerySet[RawMail]:
    """Every mail, save those of private teams that the actor is not in."""
    if not may_review(actor):
        return RawMail.objects.none()
    barred = list(actor.barred_teams)
    return RawMail.objects.exclude(Q(mailbox__team__in=barred) | Q(ticket__team__in=barred))


def may_manage_mailboxes(actor: Actor) -> bool:
    """Set up where mail arrives."""
    return actor.has(Right.MANAGE_SETUP)
