"""A mail may kill its reader; it cannot stop the desk."""

import random
from email.message import EmailMessage

import pytest

from duly.channels.mail_in import limits
from duly.channels.mail_in.reader import UNREADABLE, Reader
from duly.channels.mail_in.reading import read
from duly.channels.mail_in.values import Label

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


@pytest.mark.parametrize("seed", range(200))
def test_r05_no_mutation_of_a_mail_stops_the_reading(seed: int) -> None:
    """Structure-aware: lines are dropped, doubled, swapped and cut, bytes replaced, boundaries broken."""
    dice = random.Random(seed)
    mutated = read(_mutated(_rich(), dice))
    mutated.text.encode()
    mutated.subject.encode()
    assert len(mutated.parts) <= limits.PARTS


def _rich() -> bytes:
    inner = EmailMessage()
    inner["From"] = "=?utf-8?q?B=C3=B6b?= <bob@elsewhere.example>"
    inner["Subject"] = "=?iso-8859-1?q?Gr=FC=DFe?="
    inner.set_content("inner ü")
    outer = EmailMessage()
    outer["From"] = "Ann <ann@customer.example>"
    outer["To"] = "desk@vendor.example, =?utf-8?b?w7w=?= <x@y.example>"
    outer["Message-ID"] = "<1@customer.example>"
    outer["Date"] = "Mon, 26 Oct 2026 16:00:00 +0100"
    outer.set_content("plain ü")
    outer.add_alternative("<p>html ü</p>", subtype="html")
    outer.add_attachment(inner)
    outer.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="ü.png")
    return outer.as_bytes()


def _mutated(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(lines))
        match dice.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, dice.choice(lines))
            case 2:
                lines[at] = lines[at][: dice.randint(0, len(lines[at]))]
            case 3:
                lines[at] += bytes(dice.randrange(256) for _ in range(dice.randint(1, 9)))
            case 4:
                lines.insert(
                    at,
                    b"Content-Type: "
                    + dice.choice([b"multipart/mixed", b"message/rfc822", b"text/\xff"]),
                )
            case 5:
                lines[at] = lines[at].replace(b"=", b"\x00").replace(b"utf-8", b"u-7")
        lines = lines or [b""]
    return b"\n".join(lines)


def test_nothing_but_nothing_is_a_mail_too() -> None:
    assert read(b"").labels == {Label.NO_SENDER}
