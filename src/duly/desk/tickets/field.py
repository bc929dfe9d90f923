"""Fields that a desk asks about its tickets for itself, and their values; no policy and no promise reads them."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from duly.desk.tickets.ticket import Ticket


class FieldKind(StrEnum):
    """What a field takes. A value is kept as text: a number with a point, a date as ISO 8601, ``yes`` or ``no``."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


def box_of(key: str) -> str:
    """Name the box of a field in a form, apart from every other."""
    return f"field-{key}"


class Field(models.Model):
    """One field. `key` and `kind` are fixed once it is there; a retired one is asked for no more, its values stay.

    Without `is_for_customers` agents alone fill and see it.
    """

    key = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10)
    choices = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    is_for_customers = models.BooleanField(default=False)
    is_required_on_form = models.BooleanField(default=False)
    is_required_to_resolve = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they are asked for."""

        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class FieldValue(models.Model):
    """What stands, or stood, in a field of a ticket: the text is never changed, another row takes its place.

    The door keeps whether the ticket is in the queue (``tickets.marks``).
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="field_values")
    field = models.ForeignKey(Field, models.PROTECT, related_name="values", db_index=False)
    text = models.TextField()
    is_current = models.BooleanField(default=True)
    is_in_queue = models.BooleanField(default=True)

    class Meta:
        """One value at a time, found by its field whatever the case of its letters."""

        constraints = (
            models.UniqueConstraint(
                fields=["ticket", "field"], name="field_value_once", condition=Q(is_current=True)
            ),
        )
        indexes = (
            models.Index(
                "field",
                Upper("text"),
                "ticket",
                name="field_value_of",
                condition=Q(is_current=True),
            ),
            models.Index(
                "field",
                Upper("text"),
                "ticket",
                name="field_value_in_queue",
                condition=Q(is_current=True, is_in_queue=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.field_id} of {self.ticket_id}"
