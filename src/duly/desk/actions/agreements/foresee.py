"""Foresee what an action on an organisation's agreements would do to its promises, without doing it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from duly.desk.agreements.subscription import Binding
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.people.organisation import Organisation
from duly.desk.queries.shifts import Shift, shifts
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would become of one subscription: from when, in which promises, and for how many tickets that are open."""

    plan: str
    from_at: datetime
    shifts: tuple[Shift, ...]
    moved: int


def foresee(doing: Callable[[], object], *, organisation_id: int) -> tuple[Foreseen, ...]:
    """Let an action happen, look at the terms that it makes, and take everything back.

    Whoever is asked must be allowed to do it, and what the action refuses is refused here: it raises what that raises.
    """
    with transaction.atomic():
        chain = Binding.objects.filter(subscription__organisation=organisation_id)
        last = chain.order_by("-pk").values_list("pk", flat=True).first() or 0
        doing()
        found = tuple(_foreseen(organisation_id, last))
        transaction.set_rollback(True)
    return found


def _foreseen(organisation_id: int, last: int) -> Iterator[Foreseen]:
    """Of each subscription the first of the bindings behind `last`, beside the one that would have held then."""
    zone = ZoneInfo(Organisation.objects.values_list("zone", flat=True).get(pk=organisation_id))
    made = Binding.objects.filter(subscription__organisation=organisation_id, pk__gt=last)
    for new in made.order_by("subscription", "from_at", "pk").distinct("subscription"):
        held = Binding.objects.filter(subscription=new.subscription_id, pk__lte=last)
        begun = held.filter(from_at__lte=new.from_at).order_by("-from_at", "-pk")
        before = terms_of_binding(begun.values_list("pk", flat=True).first())
        after = terms_of_binding(new.pk)
        yield Foreseen(
            plan=new.plan_name,
            from_at=new.from_at,
            shifts=shifts(before, after, new.from_at, zone) if before and after else (),
            moved=Ticket.objects.filter(binding=new.pk).count(),
        )
