"""The Jinja2 environment of our pages: rooms and components as templates, words as filters, gettext throughout."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from duly.core import instant
from duly.desk.agreements.say import say, target_words
from duly.policy.page.model import MARK_NAMES
from duly.web import assets, covered, fields, mail_words, markup, ways, words
from duly.web.ui.clock import face, rules, strip
from duly.web.ui.year import grid

WEB = Path(__file__).parent
ROOMS = ("agent", "me", "portal", "public", "reports", "setup")


def environment(**options: Any) -> Environment:
    """Make the environment that Django's Jinja2 engine asks for."""
    loaders = {"ui": FileSystemLoader(WEB / "ui")}
    loaders |= {room: FileSystemLoader(WEB / room / "templates") for room in ROOMS}
    options |= {"loader": PrefixLoader(loaders), "undefined": StrictUndefined}
    made = Environment(  # noqa: S701 - Django passes autoescape
        **options,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update(asset=assets.address, url=_url, span=words.span, length=words.length)
    made.globals.update(covered=covered.covered_words, beyond=covered.beyond_words)
    made.globals.update(face=face.face, strip=strip.strip, rules=rules.rules)
    made.filters.update(prose=markup.prose, exact=words.exact, short=words.short, day=words.day)
    made.globals.update(year_grid=grid.grid, year_heads=grid.heads, year_notes=grid.notes)
    made.globals.update(year_width=grid.WIDTH, year_height=grid.HEIGHT)
    made.filters.update(month=words.month, short_month=words.short_month, number=words.number)
    made.filters.update(
        size=words.size, target=target_words, mark=_mark, instant=instant.to_datetime
    )
    made.globals.update(field_answers=fields.answers, field_type=fields.input_type)
    made.filters.update(odd=mail_words.odd, way=ways.way, thing=ways.thing, cause=ways.cause)
    made.filters.update(filled=fields.filled_words)
    return made


def _mark(name: str) -> str:
    return say(MARK_NAMES[name])


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args, kwargs=kwargs)
