"""Targets are said as people say them, in the language that whoever asks gives."""

import pytest

from duly.policy.page.quantities import target_in_words
from duly.policy.page.say import english


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("30 minutes", "30 minutes"),
        ("1 business hour", "1 business hour"),
        ("every other week", "every 2 weeks"),
        ("every business day", "every business day"),
        (
            "suggested 6 business days on customer",
            "suggested 6 business days in the customer's hours",
        ),
        ("2 hours on office", "2 hours on office"),
        ("end of business day", "end of business day"),
        ("none", "no promise"),
        ("as soon as we can", "as soon as we can"),
    ],
)
def test_a_target_is_said_in_words(stated: str, said: str) -> None:
    assert target_in_words(stated, english) == said


def test_a_number_asks_for_its_own_phrase() -> None:
    def french(phrase: str, many: str = "", number: int = 1, /) -> str:
        words = {
            "{n} business days": "{n} jours ouvrés",
            "suggested {target}": "{target} (indicatif)",
        }
        return words[many if many and number > 1 else phrase]

    assert target_in_words("suggested 3 business days", french) == "3 jours ouvrés (indicatif)"
