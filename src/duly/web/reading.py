"""How a request reads: the zone and language of the person, else those of the device."""

from contextlib import suppress
from datetime import datetime
from functools import cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language, get_supported_language_variant

from duly.desk.people.person import Person
from duly.web import assets, brand, second_factor
from duly.web.words import Reader

THEMES = ("light", "dark")


def reader_of(request: HttpRequest, at: datetime) -> Reader:
    """Tell who reads. A person whose zone is UTC has not chosen one: then the device's is taken."""
    chosen = request.user.zone if isinstance(request.user, Person) else "UTC"
    device = unquote(request.COOKIES.get("zone", ""))
    zone = chosen if chosen != "UTC" or device not in _zones() else device
    return Reader(ZoneInfo(zone), locale_of(get_language() or "en"), at)


@cache
def _zones() -> frozenset[str]:
    """All zones; looking them up reads hundreds of files."""
    return frozenset(available_timezones())


def speak(language: str) -> None:
    """Answer this request in somebody's language, if it is one of ours; else stay with the browser's."""
    with suppress(LookupError):
        translation.activate(get_supported_language_variant(language))


def locale_of(language: str) -> Locale:
    """The way dates and numbers are written; English without a country puts the day before the month."""
    return Locale.parse("en-GB" if language == "en" else language, sep="-")


def year_asked(request: HttpRequest, reader: Reader) -> int:
    """The year that an address asks for, else the one the reader lives in."""
    asked = request.GET.get("year", "")
    this = reader.at.astimezone(reader.zone).year
    return int(asked) if asked.isdecimal() and len(asked) == 4 else this


def theme_of(request: HttpRequest) -> str:
    """The colours somebody asked for, or nothing: then they follow the system."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def shell(request: HttpRequest) -> dict[str, dict[str, str | bool]]:
    """Give pages that other packages render what ours have around them: a context processor of Django's engine."""
    names = {
        "style": "duly.css",
        "script": "main.js",
        "font": "inter-latin.woff2",
        "mark": "mark.svg",
    }
    addresses = {key: assets.address(name) for key, name in names.items()}
    own = {
        "name": brand.brand().name,
        "logo": brand.logo_address(),
        "colours": brand.style_address(),
    }
    owed = request.user.is_authenticated and second_factor.is_owed(request)
    return {
        "shell": {"theme": theme_of(request), "owes_factor": owed, **addresses, **own},
    }
