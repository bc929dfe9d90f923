"""How many contacts an organisation may name: what its plans have room for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from duly.desk.agreements.intake import intake_of
from duly.desk.agreements.subscription import Binding
from duly.desk.people.organisation import Organisation


def most_contacts(organisation: Organisation, at: datetime) -> int | None:
    """The most that any of its running plans has room for; None where one sets no maximum, and without any plan."""
    found = [intake_of(each).most_contacts for each in _in_force(organisation, at)]
    return (
        None if None in found else max((most for most in found if most is not None), default=None)
    )


def _in_force(organisation: Organisation, at: datetime) -> list[int]:
    """Give the binding in force of each subscription that runs on the organisation's own date."""
    today = at.astimezone(ZoneInfo(organisation.zone)).date()
    begun = Q(subscription__organisation=organisation, subscription__from_on__lte=today)
    goes_on = Q(subscription__to_on=None) | Q(subscription__to_on__gte=today)
    chain = Binding.objects.filter(begun & goes_on, from_at__lte=at)
    newest = chain.order_by("subscription", "-from_at", "-pk").distinct("subscription")
    return list(newest.values_list("pk", flat=True))
