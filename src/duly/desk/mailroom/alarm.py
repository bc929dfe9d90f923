"""Alarms: what is wrong with a mailbox, from when it was noticed until it is mended."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from duly.desk.mailroom.delivery import Delivery
from duly.desk.mailroom.mailbox import Mailbox


class AlarmKind(StrEnum):
    """What is wrong."""

    OUT_OF_REACH = "out_of_reach"
    SIGN_IN_ENDED = "sign_in_ended"
    NOT_COUNTED = "not_counted"
    LATE = "late"
    MISSING = "missing"
    UNSORTED = "unsorted"


class Alarm(models.Model):
    """Something that is wrong with a mailbox; `detail` is a number, or what a server said.

    Whoever runs the desk is told when it begins and once a day until it is mended.
    """

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=20)
    detail = models.CharField(max_length=500, blank=True, default="")
    since = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    mended_at = models.DateTimeField(null=True)
    deliveries = models.ManyToManyField(Delivery, related_name="alarms")

    class Meta:
        """One of a kind is open at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["mailbox", "kind"], name="alarm_once", condition=Q(mended_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} at {self.mailbox_id}"
