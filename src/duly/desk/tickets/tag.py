"""Tags and followers: what agents stick to tickets, and who wants to hear of them."""

from django.db import models
from django.db.models import Q

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket


class Tag(models.Model):
    """A word that tickets can be found by."""

    name = models.CharField(max_length=50, unique=True)

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """That a ticket carries a tag; the door keeps whether that ticket is in the queue (``tickets.marks``)."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="taggings", db_index=False)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings", db_index=False)
    is_in_queue = models.BooleanField(default=True)

    class Meta:
        """A ticket carries a tag once; found by tag, in the queue and everywhere."""

        constraints = (models.UniqueConstraint(fields=["ticket", "tag"], name="tagging_once"),)
        indexes = (
            models.Index(fields=["tag", "ticket"], name="tagging_of"),
            models.Index(
                fields=["tag", "ticket"], name="tagging_in_queue", condition=Q(is_in_queue=True)
            ),
        )

    def __str__(self) -> str:
        return f"tag {self.tag_id} on {self.ticket_id}"


class Follower(models.Model):
    """An agent who is told what happens to a ticket, without answering for it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="followers", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        """Somebody follows a ticket once."""

        constraints = (models.UniqueConstraint(fields=["ticket", "person"], name="follower_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.ticket_id}"
