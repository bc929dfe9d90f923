"""The audit: who changed the desk itself, never changed and never deleted."""

from django.db import models

from duly.desk.people.person import Person


class AuditEntry(models.Model):
    """One act on the desk: a sign-in, a publication, a role given.

    A database trigger refuses every change of a row.
    """

    at = models.DateTimeField()
    act = models.CharField(max_length=50)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        """Read by time and by subject."""

        verbose_name_plural = "audit entries"
        indexes = (
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_subject"),
        )

    def __str__(self) -> str:
        return f"{self.act} at {self.at:%Y-%m-%d %H:%M}"
