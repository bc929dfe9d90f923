"""Subscriptions: an organisation's plan, as a chain of immutable bindings."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models

from duly.desk.agreements.policy import Policy, PolicyVersion
from duly.desk.people.organisation import Organisation
from duly.desk.people.person import Person


class Subscription(models.Model):
    """An organisation subscribes to a policy; what holds when is said by its bindings.

    `wakes_at` is the next instant at which a binding that was made already takes over.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="subscriptions")
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="subscriptions")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    wakes_at = models.DateTimeField(null=True)

    class Meta:
        """It ends after it began; those that wake next are found by an index."""

        indexes = (
            models.Index(
                fields=["wakes_at"],
                name="subscription_wakes",
                condition=models.Q(wakes_at__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")),
                name="subscription_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.policy_id}"

    def runs(self, at: datetime) -> bool:
        """Whether it runs at an instant: its first and last day are dates where the organisation is."""
        today = at.astimezone(ZoneInfo(self.organisation.zone)).date()
        return self.from_on <= today and (self.to_on is None or today <= self.to_on)


class Binding(models.Model):
    """Terms that hold for a subscription from an instant on, every name in them resolved.

    `terms` are core values as JSON with their schema number, `intake` the rules for reports; `made_from` is what they
    were made of, so that anybody can make them again, and `why` what clocks show when they change by it. A database
    trigger keeps the row as it was made.
    """

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="bindings")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    plan = models.CharField(max_length=100)
    plan_name = models.CharField(max_length=200)
    from_at = models.DateTimeField()
    why = models.CharField(max_length=30, default="moved")
    terms = models.JSONField()
    intake = models.JSONField(default=dict)
    made_from = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """Read as a chain: the last one whose time has come holds."""

        indexes = (models.Index(fields=["subscription", "from_at", "id"], name="binding_chain"),)

    def __str__(self) -> str:
        return f"{self.plan_name} since {self.from_at:%Y-%m-%d}"
