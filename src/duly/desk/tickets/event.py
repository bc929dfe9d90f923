"""The history of a ticket: one row per event, never changed and never deleted."""

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTextTransform

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket


class Event(models.Model):
    """What happened, when, by whom: a `kind` of ``tickets.kinds`` and ids and values as `facts`.

    `at` never runs backwards within a ticket; where it had to be raised, `received_at` keeps the
    arrival. A database trigger refuses every change of a row.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="events", db_index=False)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    via = models.CharField(max_length=20)
    received_at = models.DateTimeField(null=True)

    class Meta:
        """In order within the ticket; what time alone did stands there once for each cycle. Rare kinds are sought."""

        ordering: ClassVar = ["ticket_id", "sequence"]
        constraints = (
            models.UniqueConstraint(fields=["ticket", "sequence"], name="event_sequence"),
            models.UniqueConstraint(
                "ticket",
                "kind",
                KeyTextTransform("clock", "facts"),
                KeyTextTransform("cycle", "facts"),
                name="event_of_clock_once",
                condition=models.Q(kind__in=["due_soon", "missed", "level_opened"]),
            ),
        )
        indexes = (
            models.Index(
                fields=["kind", "at"],
                name="event_of_many_tickets",
                condition=models.Q(kind__in=["escalated", "excluded", "spent"]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} on {self.ticket_id}"
