"""Words that people type, made fit to be kept."""

import unicodedata

from django.utils.translation import gettext as _

from duly.desk.errors import Invalid

SUBJECT_LENGTH = 300
TEXT_LENGTH = 200_000
SHAPELESS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and a pattern by their kind, blank by their look."""
TURNS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""What makes the rest of a line run the other way, and with it what a page writes beside a subject."""


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen: an answer of zero width answers nobody."""
    return not any(
        unicodedata.category(each)[0] in "LNPS" and each not in SHAPELESS for each in text
    )


def subject_line(text: str) -> str:
    """Give a subject on one line.

    Raises:
        Invalid: it is empty or too long.
    """
    return _within(" ".join(_clean(text).translate(TURNS).split()), SUBJECT_LENGTH, "subject")


def body(text: str) -> str:
    """Give the text of a message or a note.

    Raises:
        Invalid: it is empty or too long.
    """
    return _within(_clean(text).strip(), TEXT_LENGTH, "text")


def comment(text: str) -> str:
    """Give words that may be left out.

    Raises:
        Invalid: they are too long.
    """
    return "" if is_blank(text) else body(text)


def _clean(text: str) -> str:
    """Replace what PostgreSQL cannot keep: zero bytes and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _within(text: str, limit: int, field: str) -> str:
    named = {"subject": _("subject"), "text": _("text")}[field]
    if is_blank(text):
        raise Invalid(
            _("The %(field)s is empty. Write a few words.") % {"field": named}, field=field
        )
    if len(text) > limit:
        raise Invalid(
            _(
                "The %(field)s is %(length)s characters long; up to %(limit)s are kept. Shorten it or attach a file."
            )
            % {"field": named, "length": f"{len(text):,}", "limit": f"{limit:,}"},
            field=field,
        )
    return text
