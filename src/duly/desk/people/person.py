"""People: agents and contacts alike, known by one e-mail address."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower

from duly.desk.people.words import words_of


class People(BaseUserManager["Person"]):
    """How people are found and made; sign-in looks them up by address."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by address, whatever its case."""
        return self.get(email=address(username or ""))


class Person(AbstractBaseUser):
    """Somebody who signs in or writes in. What they may do comes from their roles alone.

    `hours` is when they work: a calendar in the words of the policy language, None while nobody has said.
    `undo_seconds` is how long they may take back what they send, None as long as the desk says. `unreached_at` is when
    mail to their address last came back, for the reason beside it; None since mail came from there, or while none did.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=16, default="en")
    hours = models.JSONField(null=True, blank=True)
    undo_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    unreached_at = models.DateTimeField(null=True, blank=True)
    unreached_because = models.CharField(max_length=300, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Stored in lower case, so that an address belongs to one person, whatever its case."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_is_lower_case"
            ),
        )
        indexes = (GinIndex(words_of("name", "email"), name="person_words"),)

    def __str__(self) -> str:
        return self.name or self.email


def address(text: str) -> str:
    """Write an e-mail address as it is stored: trimmed and in lower case."""
    return text.strip().lower()
