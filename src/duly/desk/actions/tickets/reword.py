"""Write anew by which words search knows tickets: another PostgreSQL may part the same words otherwise."""

from django.db import transaction

from duly.desk.tickets import wording
from duly.desk.tickets.ticket import Ticket

BATCH = 1000


def reword_all() -> int:
    """Bring the words of every ticket up to date and give how many had others. Two or three statements a thousand."""
    changed, last = 0, 0
    while batch := list(
        Ticket.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        last = batch[-1]
        with transaction.atomic():
            stale = wording.stale(batch)
            wording.save(stale)
        changed += len(stale)
    return changed
