"""What its owner has set for the desk as a whole: one row."""

from django.db import models


class Desk(models.Model):
    """The settings that hold for all; without the row everything is as it stands here.

    `close_after_days` is how long a resolved ticket waits for more words before it closes by itself; None: for ever.
    """

    close_after_days = models.PositiveSmallIntegerField(null=True, blank=True, default=14)

    class Meta:
        """There is one desk."""

        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_desk"),)

    def __str__(self) -> str:
        return "the desk"


def the_settings() -> Desk:
    """Give them. One statement."""
    return Desk.objects.first() or Desk(pk=1)
