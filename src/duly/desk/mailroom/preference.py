"""What each person wants to be told of, by which channel, and when they want to be left alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from duly.desk.mailroom.matter import Matter
from duly.desk.people.person import Person

SATURDAY = 5


class Channel(StrEnum):
    """A way in which people are told."""

    MAIL = "mail"


class Preference(models.Model):
    """That somebody wants to hear of a matter by a channel, or does not. Without a row they do."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="preferences", db_index=False)
    channel = models.CharField(max_length=20, default=Channel.MAIL.value)
    matter = models.CharField(max_length=20)
    is_wanted = models.BooleanField()

    class Meta:
        """One wish for each matter and channel."""

        constraints = (
            models.UniqueConstraint(fields=["person", "channel", "matter"], name="preference_once"),
        )

    def __str__(self) -> str:
        return f"{self.matter} by {self.channel} to {self.person_id}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of every day, and perhaps whole weekends, in which nothing is told that can wait."""

    begin: time
    end: time
    weekends: bool = False


class QuietHours(models.Model):
    """When a person is told of nothing that can wait: from one time of their day to another, perhaps over midnight."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="quiet_hours")
    begin = models.TimeField()
    end = models.TimeField()
    weekends = models.BooleanField(default=False)
    """All of Saturday and Sunday too."""

    class Meta:
        """Quiet hours that last a whole day would never end."""

        verbose_name_plural = "quiet hours"
        constraints = (
            models.CheckConstraint(condition=~Q(begin=F("end")), name="quiet_hours_end"),
        )

    def __str__(self) -> str:
        return f"quiet for {self.person_id} from {self.begin} to {self.end}"

    def over_at(self, at: datetime) -> datetime:
        """Give the first instant from `at` on at which it is not quiet, in the person's zone."""
        zone = ZoneInfo(self.person.zone)
        while (until := self._quiet_until(at.astimezone(zone))) is not None:
            at = until.astimezone(at.tzinfo)
        return at

    def _quiet_until(self, local: datetime) -> datetime | None:
        """The local end of the stretch that an instant lies in, or None."""
        time, over_midnight = local.time(), self.end < self.begin
        ends = local.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        if (over_midnight and time < self.end) or self.begin <= time < self.end:
            return ends
        if over_midnight and time >= self.begin:
            return ends + timedelta(days=1)
        if self.weekends and local.weekday() >= SATURDAY:
            return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return None


def declined_by(person_ids: Iterable[int], channel: Channel) -> set[tuple[int, Matter]]:
    """What these people do not want to hear of by a channel."""
    rows = Preference.objects.filter(person__in=list(person_ids), channel=channel, is_wanted=False)
    return {(person, Matter(matter)) for person, matter in rows.values_list("person_id", "matter")}


def quiet_hours_of(person_ids: Iterable[int]) -> dict[int, QuietHours]:
    """The quiet hours of those of these people who have any, by their ids. One statement."""
    rows = QuietHours.objects.filter(person__in=list(person_ids)).select_related("person")
    return {row.person_id: row for row in rows}
