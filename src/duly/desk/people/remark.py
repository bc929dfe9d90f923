"""Remarks: what agents should know about a customer or a person, for agents alone."""

from django.db import models
from django.db.models import Q

from duly.desk.people.organisation import Organisation
from duly.desk.people.person import Person


class Remark(models.Model):
    """A few words about an organisation or about a person. A removed one is kept, so that removing can be undone."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="remarks"
    )
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="remarks")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField()
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """About one or the other."""

        constraints = (
            models.CheckConstraint(
                condition=Q(organisation=None) ^ Q(person=None), name="remark_about_one"
            ),
        )

    def __str__(self) -> str:
        return f"remark {self.pk}"
