"""What happened, as a sentence of the time line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from duly.desk.queries.entries import Entry
from duly.web.reading import locale_of
from duly.web.state import said
from duly.web.words import Reader

NOON = datetime(2026, 10, 19, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("used_up", {"allowance": "incidents"}, "Clara hat das Kontingent aufgebraucht: Vorfälle"),
        ("used_up", {"allowance": "on_site"}, "Clara hat das Kontingent aufgebraucht: on site"),
        (
            "excluded",
            {"cause": "Own changes, e.g. my_config."},
            "Clara hat das Ticket außerhalb des Vertrags gesehen: „Own changes, e.g. my_config.“",
        ),
        (
            "excluded",
            {"cause": "own_changes", "withdrawn": "True"},
            "Clara nahm den Ausschluss nach „own changes“ zurück",
        ),
    ],
)
def test_what_a_policy_names_is_said_in_its_words(
    kind: str, facts: dict[str, str], words: str
) -> None:
    entry = Entry(key="e1", at=NOON, who="Clara", kind=kind, facts=facts)
    with translation.override("de"):
        reader = Reader(ZoneInfo("UTC"), locale_of("de"), NOON)
        assert said(entry, reader) == words
