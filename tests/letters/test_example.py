"""Nothing that the desk can write is missing from the examples: every sentence of every template stands in one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from pytest_django import Settings

import duly.letters
from duly.desk.mailroom.matter import MATTERS
from duly.desk.queries.brand import DULYS_OWN
from duly.letters.example import Side, examples, ways_in
from duly.letters.mail import mail_of
from duly.letters.way_in import mail_of_way_in
from duly.web.setup.words import letter_title
from tests.house.catalogue import KEYWORDS

NOON = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)
TEMPLATES = Path(duly.letters.__file__).parent / "templates"
PLACE = re.compile(r"%\(\w+\)s")
ELSEWHERE = {
    "first answer",
    "answer",
    "update",
    "workaround",
    "root cause",
    "escalation",
    "The desk",
    "To keep it open, write on its page.",
}
"""What a clock or the desk is called instead, and how to answer where no mailbox takes answers: words in a sentence
that the examples show with others in their place."""
SIDES = [Side(is_agent=is_agent, language="en", zone="UTC") for is_agent in (False, True)]


@pytest.fixture(autouse=True)
def _desk(settings: Settings) -> None:
    settings.DULY_URL = "https://desk.example.com"


def sentences() -> Iterator[tuple[str, ...]]:
    """All that the templates say; what depends on a number in each of its forms."""
    for file in sorted(TEMPLATES.iterdir()):
        found = extract_from_file(
            "jinja2.ext.babel_extract",
            str(file),
            keywords=KEYWORDS,
            options={"newstyle_gettext": "true"},
        )
        for _, said, _, _ in found:
            yield (said,) if isinstance(said, str) else tuple(filter(None, said))


def written() -> str:
    """All that the examples say."""
    look = replace(DULYS_OWN, name="Acme", footer="Acme Ltd", support_address="help@acme.test")
    mails = [
        mail_of(letter, look)
        for side in SIDES
        for letter in examples(side, at=NOON, close_after_days=14).values()
    ]
    desk = "https://desk.example.com"
    mails += [
        mail_of_way_in(letter, look)
        for side in SIDES
        for letter in ways_in(side, desk=desk).values()
    ]
    return "\n".join(f"{mail.subject}\n{mail.text}\n{mail.html}" for mail in mails)


def test_every_sentence_of_every_template_stands_in_an_example() -> None:
    text = " ".join(written().split())
    said = set(sentences())
    assert len(said) > 30
    assert not [forms for forms in said if not (shown(forms, text) or ELSEWHERE & set(forms))]


def shown(forms: tuple[str, ...], text: str) -> bool:
    """Whether one of a sentence's forms stands in a text, whatever stands in its places."""
    patterns = [
        ".+".join(re.escape(" ".join(part.split())) for part in PLACE.split(form)) for form in forms
    ]
    return any(re.search(pattern, text) for pattern in patterns)


def test_everything_that_people_are_told_of_has_an_example_and_each_its_title() -> None:
    letters = [examples(side, at=NOON, close_after_days=14) for side in SIDES]
    kinds = {
        item.kind
        for side in letters
        for letter in side.values()
        for about in letter.about
        for item in about.items
    }
    assert kinds == set(MATTERS)
    others = ways_in(SIDES[0], desk="https://desk.example.com")
    assert all(letter_title(occasion) for side in (*letters, others) for occasion in side)
