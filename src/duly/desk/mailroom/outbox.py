"""The outbox: events that somebody must be told of, written in the transaction of the event."""

from django.db import models

from duly.desk.tickets.event import Event


class Outbox(models.Model):
    """One narrow row for each such event, deleted by the transaction that makes its deliveries."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()

    class Meta:
        """An outbox holds rows, not outboxes."""

        verbose_name_plural = "outbox"

    def __str__(self) -> str:
        return f"event {self.event_id}"
