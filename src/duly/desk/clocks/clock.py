"""Clocks as rows: each cycle of each promise as the last fold left it."""

from django.db import models
from django.db.models import Q

from duly.core.clock.values import State
from duly.desk.agreements.subscription import Binding
from duly.desk.tickets.ticket import Ticket


class Clock(models.Model):
    """One cycle of one kind on one ticket, in the words of ``duly.core.clock.values.Clock``.

    A projection of the history: written by the door alone. `remaining_seconds` is kept only while
    paused, when it does not change by itself.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=20)
    cycle = models.PositiveIntegerField()
    state = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    soon_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    late_seconds = models.PositiveIntegerField(null=True)
    remaining_seconds = models.PositiveIntegerField(null=True)
    is_binding = models.BooleanField()
    target = models.CharField(max_length=200)
    calendar = models.CharField(max_length=100, blank=True, default="")
    priority = models.CharField(max_length=50)
    terms = models.ForeignKey(Binding, models.PROTECT, related_name="+", db_index=False)
    changes = models.JSONField(default=list)
    was = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        """Found by ticket; settled ones in the order of their beginning, and with all that reports sum up, by terms."""

        constraints = (
            models.UniqueConstraint(fields=["ticket", "kind", "cycle"], name="clock_cycle"),
        )
        indexes = (
            models.Index(
                fields=["started_at", "terms", "kind"],
                name="clock_settled",
                condition=Q(state__in=[State.MET.value, State.MISSED.value]),
            ),
            models.Index(
                fields=[
                    *("terms", "started_at", "kind", "state"),
                    *("is_binding", "priority", "met_at"),
                ],
                name="clock_kept",
                condition=Q(state__in=[State.MET.value, State.MISSED.value], due_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.cycle} on {self.ticket_id}"
