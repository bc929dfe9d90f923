"""What a plan covers, in words: how much is used, of what, since when, and what happens beyond it."""

from django.utils.translation import gettext as _

from duly.desk.queries.allowances import Covered
from duly.web.words import span


def covered_words(one: Covered) -> str:
    """Say how much is used: `2 of 4 incidents used this month`."""
    used, limit = (_amount(amount, one) for amount in (one.used, one.limit))
    facts = {"used": used, "limit": limit, "name": allowance_name(one.name), "when": _when(one)}
    if one.limit is None:
        return _("%(used)s %(name)s used %(when)s, without limit") % facts
    return _("%(used)s of %(limit)s %(name)s used %(when)s") % facts


def beyond_words(one: Covered) -> str:
    """Say what the plan says of what is beyond it."""
    return {
        "best_effort": _("Beyond what the plan covers: answered as best effort."),
        "refuse": _("Beyond what the plan covers: the plan does not include it."),
        "charge": _("Beyond what the plan covers: it is charged for."),
        "unknown": _("Beyond what the plan covers; the plan does not say what follows."),
    }[one.beyond]


def allowance_name(key: str) -> str:
    """What an allowance counts; what only a policy names is called as there."""
    known = {"incidents": _("incidents"), "guidance": _("guidance")}
    return known.get(key, key.replace("_", " "))


def _amount(amount: int | None, one: Covered) -> str:
    return span(60 * (amount or 0)) if one.is_minutes else str(amount)


def _when(one: Covered) -> str:
    if not one.is_now:
        return _("in the period it was opened in")
    return {
        "month": _("this month"),
        "quarter": _("this quarter"),
        "year": _("this year"),
        "": _("on this ticket"),
    }[one.per]
