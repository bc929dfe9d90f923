"""What a report told besides its words: the answers to what its plan asks for."""

from django.db import models

from duly.desk.tickets.ticket import Ticket


class Answer(models.Model):
    """The answer to one field of the policy's intake, named by its key."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="answers", db_index=False)
    key = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        """One answer to each field."""

        constraints = (models.UniqueConstraint(fields=["ticket", "key"], name="answer_once"),)

    def __str__(self) -> str:
        return f"{self.key} of {self.ticket_id}"
