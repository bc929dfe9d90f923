"""Deliveries: one message to one person, with its lease, its attempts and what became of it."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from duly.desk.people.person import Person
from duly.desk.tickets.event import Event


class DeliveryState(StrEnum):
    """How far a delivery is.

    A `dropped` one lost its reason before it was sent: a right withdrawn, a clock answered. A `held` one waited when a
    backup was made that was restored since: somebody says whether it is still to be sent.
    """

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    HELD = "held"


class Delivery(models.Model):
    """One message to one person: about one event, or a summary of many that piled up.

    Whoever sends it first takes a lease by moving `next_attempt_at` ahead, so a sender that dies
    gives it back by itself. `message_id` is made with the row and serves every attempt.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="deliveries")
    is_summary = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=DeliveryState.WAITING.value)
    message_id = models.CharField(max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=500, blank=True, default="")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """The relay reads what is to be tried next, a page how much is held."""

        verbose_name_plural = "deliveries"
        indexes = (
            models.Index(
                fields=["next_attempt_at"],
                name="delivery_next",
                # Not the state: asked for one delivery that waits, PostgreSQL would walk all that do.
                condition=Q(next_attempt_at__isnull=False),
            ),
            models.Index(
                fields=["made_at"],
                name="delivery_held",
                condition=Q(state=DeliveryState.HELD.value),
            ),
        )

    def __str__(self) -> str:
        return f"delivery {self.pk} to {self.person_id}"


class Notice(models.Model):
    """That a person is told of an event, by which delivery: once, however often it is tried."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="notices", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="notices")

    class Meta:
        """One message per person and event."""

        constraints = (models.UniqueConstraint(fields=["event", "person"], name="notice_once"),)

    def __str__(self) -> str:
        return f"event {self.event_id} to {self.person_id}"
