"""What requesters say of the help they got, and the key that lets them say it from a letter."""

from enum import StrEnum

from django.core.signing import BadSignature, Signer
from django.db import models

from duly.desk.people.person import Person
from duly.desk.tickets.ticket import Ticket

_signer = Signer(salt="duly.desk.rating")


class Verdict(StrEnum):
    """The one question has two answers."""

    GOOD = "good"
    POOR = "poor"


class Rating(models.Model):
    """One for each ticket, by its requester, as they said it last; the events keep when, and never the words."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="rating")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    verdict = models.CharField(max_length=10)
    words = models.TextField(blank=True, default="")
    rated_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.verdict} for {self.ticket_id}"


def rating_key(ticket_id: int, person_id: int) -> str:
    """What stands in the address of a letter. It opens this one question to this one person, and nothing else."""
    return _signer.sign_object([ticket_id, person_id])


def read_rating_key(key: str) -> tuple[int, int] | None:
    """The ticket and the person that a key was made for; None if this desk did not make it."""
    try:
        ticket_id, person_id = _signer.unsign_object(key)
    except (BadSignature, ValueError):
        return None
    return ticket_id, person_id
