"""The zone in which the days of a plan are lived."""

from zoneinfo import ZoneInfo

from duly.core.calendar.values import Calendar, Combined, Editions, Rule
from duly.core.terms import Terms


def zone_of(terms: Terms) -> ZoneInfo:
    """Find the zone in which a plan's days are lived: that of its hours, else UTC."""
    rules = (terms.calendars.get(name) for name in (*terms.hours.values(), *terms.calendars))
    return ZoneInfo(next((zone for rule in rules if rule and (zone := _zone(rule))), "UTC"))


def _zone(rule: Rule) -> str | None:
    while isinstance(rule, Editions):
        rule = rule.editions[-1].rule
    return rule.zone if isinstance(rule, Calendar | Combined) else None
