"""Screens: displays on a wall that show what is due next without anybody being signed in."""

from django.db import models

from duly.desk.people.person import Person
from duly.desk.people.team import Team

LONGEST_NAME = 60


class Screen(models.Model):
    """A display with an address of its own, which works until it is revoked. It never shows words of tickets."""

    name = models.CharField(max_length=LONGEST_NAME)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    names_customers = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
