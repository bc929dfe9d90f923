"""Links between tickets: that two belong together, and how."""

from collections.abc import Mapping
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from duly.desk.tickets.ticket import Ticket


class Relation(StrEnum):
    """How a ticket belongs to the one it is linked to."""

    RELATED = "related"
    CAUSED_BY = "caused_by"
    DUPLICATE_OF = "duplicate_of"


SEEN_FROM_THERE: Mapping[str, str] = {
    Relation.RELATED.value: Relation.RELATED.value,
    Relation.CAUSED_BY.value: "causes",
    Relation.DUPLICATE_OF.value: "duplicated_by",
}
"""What each relation is called on the other ticket."""


class Link(models.Model):
    """What was said of `ticket`: that it is related to, caused by or a duplicate of `to`."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="links")
    to = models.ForeignKey(Ticket, models.CASCADE, related_name="links_here")
    relation = models.CharField(max_length=20)

    class Meta:
        """Two tickets are linked once, whichever of them it was said of."""

        constraints = (
            models.UniqueConstraint(
                Least("ticket", "to"), Greatest("ticket", "to"), name="link_once"
            ),
            models.CheckConstraint(condition=~Q(ticket=F("to")), name="link_to_another"),
        )

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.relation} {self.to_id}"
