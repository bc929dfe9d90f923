"""Drafts: what somebody has begun to write, kept until it is sent."""

from enum import StrEnum

from django.db import models

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket


class DraftOf(StrEnum):
    """What a draft will become."""

    REPLY = "reply"
    NOTE = "note"


class Draft(models.Model):
    """One unfinished text for each person, ticket and purpose, with `files` that were set aside for it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="drafts", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts", db_index=False)
    of = models.CharField(max_length=10)
    text = models.TextField()
    files = models.JSONField(default=list)
    saved_at = models.DateTimeField()

    class Meta:
        """Saved in place."""

        constraints = (
            models.UniqueConstraint(fields=["ticket", "person", "of"], name="draft_once"),
        )

    def __str__(self) -> str:
        return f"draft of a {self.of} on {self.ticket_id}"
