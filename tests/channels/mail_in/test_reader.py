"""A mail may kill its reader; it cannot stop the desk."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from duly.channels.mail_in.reader import UNREADABLE, Reader
from duly.channels.mail_in.reading import read
from duly.channels.mail_in.values import Label
from tests.channels.fuzz import SEED, Broken, outcome
from tests.channels.fuzz_mails import mail

SHELF = Path(__file__).parent / "shelf"

GOOD = (
    b"From: ann@customer.example\r\nSubject: hi\r\n\r\n"
    b"It works.\n\nOn Mon, 26 Oct 2026, Desk <d@v.example> wrote:\n> ok"
)


def test_a_mail_comes_back_from_the_limited_process_as_it_was_read() -> None:
    mail = EmailMessage()
    mail["From"] = "Ann <ann@customer.example>"
    mail["Subject"] = "Grüße"
    mail.set_content("hello")
    mail.add_attachment(
        bytes(range(256)) * 100, maintype="application", subtype="zip", filename="a.zip"
    )
    with Reader() as reader:
        assert reader.read(mail.as_bytes()) == read(mail.as_bytes())
        assert reader.read(GOOD).folded_from == 2


def test_k_a_mail_that_takes_too_much_memory_is_labelled_and_the_next_is_read() -> None:
    bomb = b"From: a@x.example\r\nContent-Type: text/plain\r\n\r\n" + b"x\n" * (45 * 1024 * 1024)
    with Reader() as reader:
        assert reader.read(bomb) == UNREADABLE
        assert reader.read(GOOD).text.startswith("It works.")


def test_a_killed_reader_is_replaced() -> None:
    with Reader() as reader:
        reader.read(GOOD)
        assert reader._process is not None
        reader._process.kill()
        reader._process.wait()
        assert reader.read(GOOD).subject == "hi"


@pytest.mark.slow
def test_r05_damaged_mails_become_tickets_or_labelled_items() -> None:
    """Three hundred mails of the fuzzing (`python -m tests.channels.fuzz`), other ones in each run."""
    with Reader() as reader:
        for seed in range(SEED, SEED + 300):
            try:
                outcome(reader, mail(seed))
            except Broken as broken:
                pytest.fail(f"seed {seed}: {broken}")


@pytest.mark.parametrize("file", sorted(SHELF.glob("*.eml")), ids=lambda file: file.stem)
def test_r05_what_once_broke_the_reading_is_read(file: Path) -> None:
    with Reader() as reader:
        outcome(reader, file.read_bytes())
        assert read(file.read_bytes()) != UNREADABLE


@pytest.mark.slow
def test_the_fuzzing_damages_what_it_makes() -> None:
    """That it proves something: most of its mails have a defect that the reading names."""
    labelled = [seed for seed in range(100) if read(mail(seed)).labels]
    assert len(labelled) > 30


def test_nothing_but_nothing_is_a_mail_too() -> None:
    assert read(b"").labels == {Label.NO_SENDER}
