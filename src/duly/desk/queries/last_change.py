"""The latest change of a subscription's terms, and whether it can still be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from duly.desk.agreements.subscription import Binding
from duly.desk.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class LastChange:
    """The bindings that were made at once last, and those before them; `final` says why they stay, if they do."""

    made: Sequence[Binding]
    before: Sequence[Binding]
    final: str


def last_change(subscription_id: int) -> LastChange:
    """Find it. A change by which a ticket counts is final: what was promised is not unsaid. Two statements."""
    rows = Binding.objects.filter(subscription=subscription_id).select_related("version")
    chain = list(rows.defer("terms", "intake", "version__source").order_by("pk"))
    made = [each for each in chain if each.made_at == chain[-1].made_at]
    before = chain[: -len(made)]
    return LastChange(made=made, before=before, final=_final(made, before))


def _final(made: Sequence[Binding], before: Sequence[Binding]) -> str:
    if not before:
        return _("The subscription began with this. It can be ended, but not undone.")
    if made[0].why == "calendar":
        return _("These are the customer's hours: change them where they are kept.")
    tickets = Ticket.objects.filter(subscription=made[0].subscription_id)
    counts = tickets.filter(binding__in=[each.pk for each in made]).order_by("number").first()
    if counts is None:
        return ""
    told = _("Ticket %(number)s counts by it, so it is final. Another change can follow it.")
    return told % {"number": f"#{counts.number}"}
