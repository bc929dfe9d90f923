"""Organisations, the customers of the desk, and who belongs to them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from duly.desk.people.person import Person
from duly.desk.people.role import Role
from duly.desk.people.words import words_of


class Organisation(models.Model):
    """A customer.

    `calendar` is its own calendar in the words of the policy language, with editions if it changed.
    """

    name = models.CharField(max_length=200, unique=True)
    zone = models.CharField(max_length=64, default="UTC")
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    calendar = models.JSONField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        """Found by the words of its name."""

        indexes = (GinIndex(words_of("name"), name="organisation_words"),)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in an organisation; the role says which of its tickets they may see."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    support_position = models.PositiveSmallIntegerField(null=True, blank=True)
    is_technical_contact = models.BooleanField(default=False)

    class Meta:
        """One place in each organisation; the support list has no two people at one position."""

        constraints = (
            models.UniqueConstraint(fields=["person", "organisation"], name="membership_once"),
            models.UniqueConstraint(
                fields=["organisation", "support_position"], name="membership_position"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organisation_id}"
