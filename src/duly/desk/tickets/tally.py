"""Tallies: how much is in the queue, in each saved view and among held mails, as the worker counted it last."""

from enum import StrEnum

from django.db import models

from duly.desk.people.person import Person
from duly.desk.people.team import Team
from duly.desk.tickets.saved_view import SavedView


class Of(StrEnum):
    """What was counted."""

    QUEUE = "queue"
    NOBODY = "nobody"
    VIEW = "view"
    HELD = "held"


class Tally(models.Model):
    """What one team and one agent have of it, so that each reader's count leaves out what they do not see.

    `missed` are past their due and unanswered, `pressing` are those and what is due within a day. A row is never
    changed but replaced: the highest id rises whenever a count changes.
    """

    of = models.CharField(max_length=10)
    view = models.ForeignKey(SavedView, models.CASCADE, null=True, related_name="tallies")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="+")
    assignee = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    tickets = models.PositiveIntegerField()
    missed = models.PositiveIntegerField(default=0)
    pressing = models.PositiveIntegerField(default=0)

    class Meta:
        """Shown as tallies in the plural."""

        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.tickets} of {self.of}"
