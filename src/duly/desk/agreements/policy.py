"""Published policies: each version is kept as its source text and never changes."""

from typing import ClassVar

from django.db import models
from django.db.models import F

from duly.desk.people.person import Person


class Policy(models.Model):
    """A support policy through all its versions, known by the key its files carry."""

    key = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    provider = models.CharField(max_length=200)

    class Meta:
        """Shown as policies in the plural."""

        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return self.title


class PolicyVersion(models.Model):
    """One published file. `document` is the file as data, `cases` the examples that held when it was published.

    A database trigger keeps the row as it was published.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    version = models.CharField(max_length=100)
    effective_on = models.DateField(null=True)
    known_since_on = models.DateField(null=True)
    source = models.TextField()
    cases = models.TextField(default="", blank=True)
    digest = models.CharField(max_length=64)
    document = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """The newest version first."""

        constraints = (
            models.UniqueConstraint(fields=["policy", "version"], name="policy_version_once"),
        )
        ordering: ClassVar = [F("effective_on").desc(nulls_last=True), "-id"]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.version}"
