"""Replies on their way out: sent by their author, who may still take them back; not yet a part of any history."""

from django.db import models
from django.db.models import Q

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket


class PendingReply(models.Model):
    """One for each author on a ticket. It meets no promise before it has left.

    Without `leaves_at` it could not leave; `problem` says why, and its text and files are its author's draft again.
    """

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="pending_replies", db_index=False
    )
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    text = models.TextField()
    files = models.JSONField(default=list)
    then = models.CharField(max_length=10, blank=True, default="")
    key = models.CharField(max_length=100, null=True)  # noqa: DJ001 - as a message's
    leaves_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, default="")

    class Meta:
        """Those that leave next are found by an index."""

        verbose_name_plural = "pending replies"
        constraints = (
            models.UniqueConstraint(fields=["ticket", "person"], name="pending_reply_once"),
        )
        indexes = (
            models.Index(
                fields=["leaves_at"],
                name="pending_reply_next",
                condition=Q(leaves_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"reply by {self.person_id} on its way from {self.ticket_id}"
