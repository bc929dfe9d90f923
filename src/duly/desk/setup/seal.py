"""Seals: each day of events and audit has a digest that holds the digest of the day before."""

from typing import ClassVar

from django.db import models


class DaySeal(models.Model):
    """What had been recorded when a day was sealed: all ids after the seal before it, up to the last ones here.

    A database trigger refuses every change of a row.
    """

    on = models.DateField(unique=True)
    last_entry_id = models.BigIntegerField()
    last_event_id = models.BigIntegerField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        """In the order of the chain."""

        ordering: ClassVar = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.digest}"
