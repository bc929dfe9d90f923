"""How letters are written: templates as plain text and as HTML, and the frame that their HTML stands in."""

from babel import Locale
from django.utils import translation
from jinja2 import Environment, PackageLoader, StrictUndefined

from duly.channels.sanitise import sanitised
from duly.desk.agreements.say import target_words
from duly.desk.mailroom.letter import Reader


def _environment(*, autoescape: bool) -> Environment:
    made = Environment(
        loader=PackageLoader("duly.letters", "templates"),
        autoescape=autoescape,  # noqa: S701 - plain text has nothing to escape
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    made.filters["target"] = target_words
    return made


# Two, because a macro escapes as the environment does that read it, whoever calls it.
PLAIN, HTML = _environment(autoescape=False), _environment(autoescape=True)


def page(body: str, reader: Reader) -> str:
    """Give a body that is harmless whatever it quotes, in a frame that every mail program understands."""
    locale = locale_of(reader)
    return (
        f'<!doctype html><html lang="{locale.language}" dir="{locale.text_direction[:3]}">'
        '<head><meta charset="utf-8"></head>'
        '<body style="font: 16px/1.5 sans-serif; max-width: 40em">'
        f"{sanitised(body)}</body></html>"
    )


def locale_of(reader: Reader) -> Locale:
    """The way dates are written; English without a country puts the day before the month."""
    return Locale.parse("en-GB" if reader.language == "en" else reader.language, sep="-")
