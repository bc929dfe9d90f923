"""Who looks at a ticket now, and who writes: rows that say when they were last true and mean nothing soon after."""

from datetime import timedelta

from django.db import models

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket

LOOKING = timedelta(seconds=15)
"""How long somebody is taken to be there: an open page asks every five seconds."""
WRITING = timedelta(seconds=12)
"""How long somebody is taken to write after their last word."""


class Presence(models.Model):
    """An agent at a ticket. The table is unlogged: after a crash it is empty, and right again in seconds."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="presences", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    looked_at = models.DateTimeField()
    wrote_at = models.DateTimeField(null=True)

    class Meta:
        """Somebody is at a ticket once, however many windows they have open."""

        constraints = (models.UniqueConstraint(fields=["ticket", "person"], name="presence_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} at {self.ticket_id}"
