"""Macros: prepared words and steps, picked by agents while they write."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from duly.desk.people.person import Person
from duly.desk.people.team import Team


class Macro(models.Model):
    """Words to be inserted, steps to be taken, or both. It is its owner's alone, a team's, or everybody's.

    `takes` gives the ticket to whoever uses the macro; `then` is what follows when the words are sent. A removed one is
    kept for a while, so that removing can be undone.
    """

    name = models.CharField(max_length=100)
    text = models.TextField(blank=True, default="")
    tags = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    priority = models.CharField(max_length=50, blank=True, default="")
    takes = models.BooleanField(default=False)
    assigns_to = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    then = models.CharField(max_length=10, blank=True, default="")
    owner = models.ForeignKey(Person, models.CASCADE, null=True, related_name="macros")
    team = models.ForeignKey(Team, models.CASCADE, null=True, related_name="macros")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """Of one person, of one team, or of nobody in particular."""

        constraints = (
            models.CheckConstraint(condition=Q(owner=None) | Q(team=None), name="macro_of_one"),
        )

    def __str__(self) -> str:
        return self.name
