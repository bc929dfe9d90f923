"""Saved views: a selection of the queue under a name, for its owner, a team or everybody."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from duly.desk.people.person import Person
from duly.desk.people.team import Team
from duly.desk.tickets.selection import Selection, read_selection

LONGEST_NAME = 60


class SharedWith(StrEnum):
    """Who finds a view on their side."""

    NOBODY = "nobody"
    TEAM = "team"
    EVERYBODY = "everybody"


class SavedView(models.Model):
    """A view of its owner's, who orders their own by `position`. `removed_at` is set for a while before it is gone."""

    owner = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=LONGEST_NAME)
    selected = models.JSONField(default=dict)
    shared_with = models.CharField(max_length=10, default=SharedWith.NOBODY.value)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A team is named exactly when it is shared with one."""

        ordering: ClassVar = ["position", "id"]
        constraints = (
            models.CheckConstraint(
                condition=models.Q(shared_with="team", team__isnull=False)
                | models.Q(~models.Q(shared_with="team"), team=None),
                name="saved_view_team",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def selection(self) -> Selection:
        """What it shows."""
        return read_selection(self.selected)
