"""Words on a ticket: public messages and notes are two types, so that a note is never mailed."""

from django.db import models
from django.db.models import Q

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket


class Message(models.Model):
    """Public words, by the customer or an agent. `key` makes a form sent twice count once.

    A mail may have `html` beside its text, made harmless; from line `folded_from` on its text is signature and
    earlier mails.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    is_from_agent = models.BooleanField()
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    folded_from = models.PositiveIntegerField(null=True)
    written_at = models.DateTimeField()
    key = models.CharField(max_length=100, null=True)  # noqa: DJ001 - NULLs are not unique

    class Meta:
        """One message for each key of an author."""

        constraints = (models.UniqueConstraint(fields=["author", "key"], name="message_key"),)
        indexes = (
            models.Index(
                fields=["written_at"],
                name="message_of_customers",
                condition=Q(is_from_agent=False),
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk} on {self.ticket_id}"


class Note(models.Model):
    """Internal words, for agents alone."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="notes")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    written_at = models.DateTimeField()
    key = models.CharField(max_length=100, null=True)  # noqa: DJ001 - NULLs are not unique

    class Meta:
        """One note for each key of an author."""

        constraints = (models.UniqueConstraint(fields=["author", "key"], name="note_key"),)

    def __str__(self) -> str:
        return f"note {self.pk} on {self.ticket_id}"
