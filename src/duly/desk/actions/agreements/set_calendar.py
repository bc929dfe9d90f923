"""Give an organisation its own calendar, or from a date on another: the promises that count on it follow."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from duly.desk.access.actor import Actor
from duly.desk.actions._audit import audit
from duly.desk.actions.agreements._change import change_terms
from duly.desk.actions.people._organisation import take
from duly.desk.agreements.binding import Agreed, midnight
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.agreements.terms import terms_of_binding
from duly.desk.errors import Invalid
from duly.desk.people.calendar import sound_customers_calendar
from duly.desk.people.organisation import Organisation
from duly.policy import read_data, subscription
from duly.policy.bind.calendars import counts_on_customer
from duly.policy.bind.plan import resolve


@transaction.atomic
def set_calendar(
    *,
    actor: Actor,
    organisation_id: int,
    calendar: Any,
    at: datetime,
    from_on: date | None = None,
) -> Organisation:
    """Let a calendar in the words of the policy language, or the parts of one that policies ask for, hold from
    midnight of a date, by default from today.

    Earlier editions stay, later ones are replaced; the first holds since ever. Each running subscription that counts
    on it gets a binding from then, and its open tickets move when that has come.

    Raises:
        NotFound: the actor may not, or there is no such organisation.
        Invalid: it is no calendar, is never open, or the date has passed.
    """
    row = take(organisation_id, actor)
    if not isinstance(calendar, dict) or "from" in calendar:
        raise Invalid(_("Give one calendar; from when it holds is said apart."), field="calendar")
    edition = sound_customers_calendar(calendar)
    zone = ZoneInfo(edition.get("zone", row.zone))
    today = at.astimezone(zone).date()
    since = from_on or today
    if since < today:
        raise Invalid(
            _("Choose %(today)s or later: what was promised is not changed.") % {"today": today},
            field="from_on",
        )
    row.calendar = _editions(_kept(row.calendar, since), edition, since)
    row.save(update_fields=["calendar"])
    audit("calendar_set", actor=actor, at=at, subject=row, since=str(since))
    for each in _counting_on_it(row, at):
        change_terms(
            each, _as_it_was, why="calendar", actor=actor, at=at, from_at=midnight(since, zone)
        )
    return row


def _editions(kept: list[Any], edition: dict[str, Any], since: date) -> Any:
    """Put a new edition behind those that came before; alone it holds since ever."""
    return (
        sound_customers_calendar([*kept, {**edition, "from": since.isoformat()}])
        if kept
        else edition
    )


def _kept(calendar: Any, since: date) -> list[Any]:
    editions = calendar if isinstance(calendar, list) else [calendar] if calendar else []
    return [each for each in editions if each.get("from", "") < since.isoformat()]


def _counting_on_it(row: Organisation, at: datetime) -> list[Subscription]:
    """Lock the running subscriptions, in the order of their ids, and give those whose terms name the calendar."""
    running = Q(to_on=None) | Q(to_on__gte=at.astimezone(ZoneInfo(row.zone)).date())
    held = row.subscriptions.select_for_update().filter(running).order_by("pk")
    return [each for each in held if any(map(_counts, each.bindings.select_related("version")))]


def _counts(binding: Binding) -> bool:
    terms = terms_of_binding(binding.pk)
    if terms is None:
        return False
    held = subscription(binding.made_from)
    policy = resolve(read_data(binding.version.document), held).document.policy
    return any(counts_on_customer(policy, name) for name in terms.calendars)


def _as_it_was(agreed: Agreed) -> Agreed:
    return agreed
