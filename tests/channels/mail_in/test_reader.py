"""A mail may kill its reader; it cannot stop the desk."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from duly.channels.mail_in import limits
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


def maze(*, levels: int, lines: int) -> bytes:
    """Multiparts within each other, none of which ends: for each line the parser asks after each level's boundary."""
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="{level}"\r\n\r\n--{level}\r\n'
        for level in range(levels)
    )
    return f"From: a@x.example\r\n{nested}\r\n".encode() + b"x\r\n" * lines


@pytest.mark.slow
def test_g09_a_mail_that_takes_too_long_is_labelled_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # On a busy machine two seconds of a processor may last longer than one waits for a reader that hangs.
    monkeypatch.setattr(limits, "WALL_SECONDS", 600)
    with Reader() as reader:
        # As deep, and as long: either alone is read, so it is neither the depth nor the memory that ends the third.
        assert reader.read(maze(levels=300, lines=10)) != UNREADABLE
        assert reader.read(maze(levels=1, lines=300_000)) != UNREADABLE
        server = reader._process
        assert reader.read(maze(levels=300, lines=300_000)) == UNREADABLE
        assert reader.read(GOOD).text.startswith("It works.")
        assert reader._process is server, "its own process was ended, not the one that serves all"


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
