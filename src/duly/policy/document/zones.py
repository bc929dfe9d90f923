"""Zones: IANA names only; an abbreviation is answered with the zones it may mean."""

from functools import cache
from zoneinfo import available_timezones

from pydantic import ValidationInfo

from duly.policy.document.fault import fault
from duly.policy.nearest import nearest

CANDIDATES = {
    "PST": ("America/Los_Angeles", "Etc/GMT+8"),
    "PDT": ("America/Los_Angeles", "Etc/GMT+7"),
    "PT": ("America/Los_Angeles",),
    "MST": ("America/Denver", "America/Phoenix"),
    "MDT": ("America/Denver",),
    "MT": ("America/Denver", "America/Phoenix"),
    "CST": ("America/Chicago", "Asia/Shanghai"),
    "CDT": ("America/Chicago",),
    "CT": ("America/Chicago",),
    "EST": ("America/New_York", "America/Panama", "Australia/Sydney"),
    "EDT": ("America/New_York",),
    "ET": ("America/New_York",),
    "AST": ("America/Halifax", "Asia/Riyadh"),
    "GMT": ("Europe/London", "UTC"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "IST": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "WET": ("Europe/Lisbon",),
    "CET": ("Europe/Berlin", "Europe/Paris", "Etc/GMT-1"),
    "CEST": ("Europe/Berlin", "Europe/Paris"),
    "MET": ("Europe/Berlin",),
    "EET": ("Europe/Helsinki", "Europe/Athens"),
    "EEST": ("Europe/Helsinki", "Europe/Athens"),
    "MSK": ("Europe/Moscow",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "SGT": ("Asia/Singapore",),
    "HKT": ("Asia/Hong_Kong",),
    "AET": ("Australia/Sydney", "Australia/Brisbane"),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AEDT": ("Australia/Sydney",),
    "NZT": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland",),
    "BRT": ("America/Sao_Paulo",),
    "HST": ("Pacific/Honolulu",),
}
"""What published policies mean by an abbreviation, likeliest first."""


@cache
def known_zones() -> frozenset[str]:
    """The IANA names that are no abbreviations."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


def zone(value: str, info: ValidationInfo) -> str:
    """Accept an IANA name, `customer` or the name of a choice (contract section 2, rules 2 and 5).

    Raises:
        fault: `zone-abbreviation` or `zone-unknown`.
    """
    choices = (info.context or {}).get("choices", ())
    if value == "customer" or value in choices or value in known_zones():
        return value
    if value.upper() in CANDIDATES or value.isupper() or value in available_timezones():
        candidates = CANDIDATES.get(value.upper(), ("Europe/Berlin", "UTC"))
        raise fault(
            "zone-abbreviation",
            f"{value} is an abbreviation and leaves open what holds in summer; "
            f"write the zone that is meant, e.g. {' or '.join(candidates)}.",
        )
    hint = nearest(value, {*known_zones(), *choices}) or "; write e.g. Europe/Berlin or UTC."
    raise fault("zone-unknown", f"{value} is not a time zone{hint}")
