"""Which terms hold for what an organisation reports now."""

from collections.abc import Collection
from datetime import datetime

from django.db.models.fields.json import KeyTextTransform, KeyTransform

from duly.desk.agreements.subscription import Binding


def in_force(organisations: Collection[int], at: datetime) -> list[Binding]:
    """The last binding whose time has come, of each subscription that runs on its organisation's own date.

    One statement. Each knows its subscription with policy and organisation, and `priority_label`: what its policy calls
    priorities.
    """
    label = KeyTextTransform("label", KeyTransform("priorities", "version__document"))
    begun = (
        Binding.objects.filter(subscription__organisation__in=organisations, from_at__lte=at)
        .select_related("subscription__organisation", "subscription__policy")
        .defer("terms")
        .annotate(priority_label=label)
        .order_by("subscription", "-from_at", "-pk")
        .distinct("subscription")
    )
    return [row for row in begun if row.subscription.runs(at)]
