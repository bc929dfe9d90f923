"""The ticket row: where a ticket stands after its history, as queues and locks need it."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Func, Q, Value

from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.people.organisation import Organisation
from duly.desk.people.person import Person
from duly.desk.people.team import Team


class Status(StrEnum):
    """Where a ticket stands. A merged ticket is closed and names the one it went on in."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


UNFINISHED = (Status.OPEN.value, Status.WAITING.value)
"""The states in which somebody still has work."""

IN_QUEUE = Q(status__in=UNFINISHED) | Q(next_due_at__isnull=False)
"""Besides those the queue has what is resolved and still owed something: a root cause is never out of sight."""

FILTERED = (
    "organisation",
    "priority",
    "waiting_on",
    "channel",
    "team",
    "assignee",
    "binding",
    "snoozed_until",
)
"""What the queue can be filtered by stands in its indexes: what does not fit is passed over without reading its row."""

NO_RANK = 1000
"""The rank of a ticket without a priority: behind all that have one."""


class Ticket(models.Model):
    """One request. From `status` on, all columns are derived from the history by the door alone.

    `rank` orders priorities across policies, 0 being the most critical. `next_due_at` is the
    earliest due instant of a running clock, `wakes_at` the next instant at which time alone changes
    something; `closes_at` is when a resolved ticket closes by itself. `sequence` rises with each event.
    """

    number = models.BigIntegerField(
        unique=True, db_default=Func(Value("desk_ticket_number"), function="nextval")
    )
    subject = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="tickets", db_index=False
    )
    requester = models.ForeignKey(
        Person, models.PROTECT, related_name="requested_tickets", db_index=False
    )
    subscription = models.ForeignKey(
        Subscription, models.PROTECT, null=True, related_name="tickets", db_index=False
    )
    binding = models.ForeignKey(
        Binding, models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=10, default=Status.OPEN.value)
    waiting_on = models.CharField(max_length=50, blank=True, default="")
    priority = models.CharField(max_length=50, blank=True, default="")
    rank = models.PositiveSmallIntegerField(default=NO_RANK)
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, related_name="tickets", db_index=False
    )
    assignee = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="assigned_tickets", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )
    excluded_by = models.CharField(max_length=100, blank=True, default="")
    snoozed_until = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    wakes_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    last_event_at = models.DateTimeField()

    class Meta:
        """One index for each queue that is offered, one for the watch; the rest by whose they are, and for reports."""

        indexes = (
            models.Index(
                F("rank"),
                F("next_due_at").asc(nulls_last=True),
                "id",
                *FILTERED,
                "opened_at",
                name="ticket_queue",
                condition=IN_QUEUE,
            ),
            models.Index(
                F("next_due_at").asc(nulls_last=True),
                F("rank"),
                "id",
                *FILTERED,
                "opened_at",
                name="ticket_queue_by_due",
                condition=IN_QUEUE,
            ),
            models.Index(
                F("team"),
                F("next_due_at").asc(nulls_last=True),
                F("rank"),
                "id",
                name="ticket_queue_of_team",
                condition=IN_QUEUE,
            ),
            models.Index(
                F("assignee"),
                F("next_due_at").asc(nulls_last=True),
                F("rank"),
                "id",
                name="ticket_queue_of_assignee",
                condition=IN_QUEUE,
            ),
            models.Index(
                F("organisation"),
                F("next_due_at").asc(nulls_last=True),
                F("rank"),
                "id",
                name="ticket_queue_of_organisation",
                condition=IN_QUEUE,
            ),
            models.Index(
                "opened_at",
                "id",
                *FILTERED,
                "next_due_at",
                "rank",
                name="ticket_queue_by_opening",
                condition=IN_QUEUE,
            ),
            models.Index(fields=["organisation", "-opened_at"], name="ticket_of_organisation"),
            models.Index(fields=["requester", "-opened_at"], name="ticket_of_requester"),
            models.Index(fields=["subscription", "opened_at"], name="ticket_of_subscription"),
            models.Index(
                fields=["resolved_at"],
                name="ticket_resolved",
                condition=Q(resolved_at__isnull=False),
            ),
            models.Index(
                fields=["wakes_at"], name="ticket_wakes", condition=Q(wakes_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody still has work here."""
        return self.status in UNFINISHED

    @property
    def is_in_queue(self) -> bool:
        """The same as `IN_QUEUE`."""
        return self.is_unfinished or self.next_due_at is not None
