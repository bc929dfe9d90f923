"""Policies in the making: kept as they are typed, whether they check or not."""

from typing import ClassVar

from django.db import models

from duly.desk.people.person import Person


class PolicyDraft(models.Model):
    """The text of a version that is not published yet, with the cases that shall hold for it."""

    source = models.TextField(blank=True)
    cases = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        """The one that was worked on last comes first."""

        ordering: ClassVar = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"draft {self.pk}"
