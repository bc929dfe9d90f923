"""Absences: when somebody does not work although their hours say so."""

from django.db import models

from duly.desk.people.person import Person


class Absence(models.Model):
    """A person is away from an instant until another, which is their first one back."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        """It ends after it began."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at")),
                name="absence_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} away until {self.to_at:%Y-%m-%d %H:%M}"
