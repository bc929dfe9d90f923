"""Batches: one deed done to many tickets, with how it ended on each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from duly.desk.people.person import Person


class Batch(models.Model):
    """What somebody did to many tickets at once.

    `outcomes` holds by ticket id either `why` it was not done, or what was `before` and at which `sequence` the ticket
    stood afterwards; once taken back, `back` is empty or says why it could not be.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    verb = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)
    tickets = ArrayField(models.BigIntegerField())
    outcomes = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        """A form that is sent twice is one batch."""

        constraints = (models.UniqueConstraint(fields=["person", "key"], name="batch_once"),)

    def __str__(self) -> str:
        return f"{self.verb} on {len(self.tickets)} tickets"
