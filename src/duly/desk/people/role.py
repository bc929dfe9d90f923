"""Rights and roles: code asks for rights, a role is data that lists them."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models

from duly.desk.people.person import Person


class Right(StrEnum):
    """Something that may be done. The first group is the desk's side, the second the customer's."""

    SEE_TICKETS = "tickets.see"
    SEE_PRIVATE_TICKETS = "tickets.see_private"
    REPLY = "tickets.reply"
    NOTE = "tickets.note"
    ASSIGN = "tickets.assign"
    PRIORITISE = "tickets.prioritise"
    PROGRESS = "tickets.progress"
    OPEN_FOR_CUSTOMER = "tickets.open_for_customer"
    EXCLUDE = "tickets.exclude"
    MERGE = "tickets.merge"
    REVIEW_MAIL = "mail.review"
    MANAGE_PEOPLE = "people.manage"
    MANAGE_ROLES = "roles.manage"
    MANAGE_AGREEMENTS = "agreements.manage"
    PUBLISH_POLICIES = "policies.publish"
    SEE_REPORTS = "reports.see"
    SEE_AUDIT = "audit.see"
    MANAGE_SETUP = "setup.manage"

    OPEN_TICKETS = "organisation.open_tickets"
    SEE_ORGANISATION_TICKETS = "organisation.see_tickets"
    MANAGE_ORGANISATION = "organisation.manage"


CUSTOMER_RIGHTS = frozenset(
    {Right.OPEN_TICKETS, Right.SEE_ORGANISATION_TICKETS, Right.MANAGE_ORGANISATION}
)
"""Rights that a place in an organisation gives; a role is of one side."""


class Role(models.Model):
    """A named list of rights. `key` is fixed, the rest is the owner's to change.

    `asks_second_factor` says that whoever holds it signs in with one.
    """

    key = models.SlugField(max_length=50, unique=True)
    name = models.CharField(max_length=100)
    rights = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    asks_second_factor = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role on the desk's side, given to a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")

    class Meta:
        """A role is given once."""

        constraints = (models.UniqueConstraint(fields=["person", "role"], name="grant_once"),)

    def __str__(self) -> str:
        return f"{self.role_id} to {self.person_id}"
