"""The holidays of a country as dates, taken once: when a version is stored, or bound."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from duly.policy.document.read import Document, read_source
from duly.policy.problems import UnusableInputError
from duly.policy.reading.source import Data, Source

YEARS = range(2000, 2051)
"""The years whose holidays are fixed."""


@cache
def country_dates(country: str, subdivision: str | None) -> frozenset[date]:
    """Give the public holidays of `YEARS`, those that are moved to a weekday included.

    Raises:
        UnusableInputError: there is no such country or subdivision.
    """
    import holidays  # noqa: PLC0415 - loading it takes longer than most commands

    unknown = unknown_country(country, subdivision)
    if unknown:
        raise UnusableInputError(unknown)
    return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=YEARS))


@lru_cache(maxsize=256)
def country_names(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    """Name the public holidays of a year in the country's own language; none where they are not known."""
    import holidays  # noqa: PLC0415

    if unknown_country(country, subdivision):
        return {}
    own = getattr(holidays, country).default_language  # else the machine's settings would decide
    return dict(holidays.country_holidays(country, subdiv=subdivision, years=year, language=own))


def unknown_country(country: str, subdivision: str | None) -> str | None:
    """Say what is wrong with the name of a country or its part; None when its holidays are known."""
    import holidays  # noqa: PLC0415
    from holidays.registry import COUNTRIES  # noqa: PLC0415

    known = sorted(codes[1] for codes in COUNTRIES.values())
    if country not in known:
        return f"the holidays of `{country}` are not known; write two letters, e.g. DE."
    parts = getattr(holidays, country).subdivisions
    if subdivision is not None and subdivision not in parts:
        return f"`{subdivision}` is no part of {country}: {', '.join(parts) or 'it has none'}."
    return None


def freeze(document: Document) -> Document:
    """Write each country's holidays out as dates, so that a stored version never moves again.

    Raises:
        UnusableInputError: a country is not known.
    """
    return read_source(Source(document.source.file, frozen(document.source.data)))


def frozen(data: Data) -> Data:
    """Write the holidays of countries out as dates wherever they stand in plain data.

    Raises:
        UnusableInputError: a country is not known.
    """
    if isinstance(data, list):
        return [frozen(value) for value in data]
    if not isinstance(data, dict):
        return data
    return {key: _dated(key, value) for key, value in data.items()}


def _dated(key: str, value: Data) -> Data:
    if key != "holidays" or not isinstance(value, dict) or "dates" in value:
        return frozen(value)
    subdivision = value.get("subdivision")
    dates = country_dates(str(value["country"]), str(subdivision) if subdivision else None)
    return {**value, "dates": [day.isoformat() for day in sorted(dates)]}
