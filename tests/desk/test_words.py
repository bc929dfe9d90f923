"""What people type, made fit to be kept: nothing that cannot be seen passes for words."""

import pytest

from duly.desk.errors import Invalid
from duly.desk.tickets.words import body, comment, is_blank, subject_line

UNSEEN = {
    "nothing": "",
    "white space": " \t\r\n\u00a0\u2003\u2028",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff\u00ad",
    "turns of direction": "\u202e\u202c\u2067\u2069\u200f",
    "marks without a letter": "\u034f\ufe0f\u0301",
    "fillers": "\u3164\u115f\u2800",
    "controls": "\x07\x1b",
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_cannot_be_seen_is_no_message(text: str) -> None:
    for kept in (body, subject_line):
        with pytest.raises(Invalid, match="is empty"):
            kept(text)
    assert comment(text) == ""


@pytest.mark.parametrize(
    "text", [".", "ok", "好", "😀", "👩\u200d👧", "e\u0301", "שלום\u200f", "1"]
)
def test_a_single_visible_sign_is_one(text: str) -> None:
    assert not is_blank(text)
    assert body(f"\u200b{text}\n") == f"\u200b{text}"


def test_a_subject_does_not_turn_the_line_in_which_it_stands() -> None:
    assert subject_line("Open \u202egpj.exe\u202c \u2067now\u2069") == "Open gpj.exe now"
