"""Quotations and signatures are found, never removed."""

import pytest

from duly.channels.mail_in.quotes import DELIMITER, Fold, fold


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thanks, it works.", Fold(None, None)),
        (
            "Thanks.\n\nOn Mon, 26 Oct 2026 at 16:00, Desk <desk@vendor.example> wrote:\n> Try 2.1\n> now",
            Fold(2, None),
        ),
        (
            "Danke.\n\nAm 26.10.2026 um 16:00 schrieb Desk <desk@vendor.example>:\n> Bitte 2.1",
            Fold(2, None),
        ),
        (
            "Merci.\n\nLe lun. 26 oct. 2026 à 16:00, Desk <desk@vendor.example> a écrit :\n> Essayez",
            Fold(2, None),
        ),
        (f"Yes.\n\n{DELIMITER}\n\nold words", Fold(2, None)),
        ("Yes.\n-- \nAnn\nCustomer Ltd", Fold(None, 1)),
        ("Yes.\n-- \nAnn\n> quoted\n> lines", Fold(3, 1)),
        ("> Which version?\n\n2.1, see above.", Fold(None, None)),
        ("> Which version?\n2.1\n> Since when?\nMonday", Fold(None, None)),
        ("> all of it\n> is quoted", Fold(None, None)),
        ("From: the menu pick Print\nand it crashes", Fold(None, None)),
    ],
)
def test_the_repeated_part_is_found_where_it_starts(text: str, found: Fold) -> None:
    assert fold(text) == found


def test_a_text_made_to_be_slow_is_linear_enough() -> None:
    assert fold("> " * 20_000 + "\nx" * 2_000) == Fold(None, None)
