"""Named people: who of the provider fills a place that a plan has, such as that of the account manager."""

from django.db import models

from duly.desk.agreements.subscription import Subscription
from duly.desk.people.person import Person


class NamedPerson(models.Model):
    """An agent in a place of the plan, for one subscription; the plan gives the title and says in which hours."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="named_people")
    place = models.CharField(max_length=100)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        """One person in each place."""

        constraints = (
            models.UniqueConstraint(fields=["subscription", "place"], name="named_person_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} as {self.place}"
