"""Where a reply ends and what it repeats begins. Nothing is ever deleted: pages fold the rest away."""

import re
from dataclasses import dataclass
from itertools import chain

from mailparser_reply.parser import EmailMessage

LANGUAGES = ["en", "de", "cs", "da", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
DELIMITER = "- - - - 8< - - - -"
"""The first line of what we send; mail programs repeat it, whatever the language around it."""

LINES, LINE_CHARACTERS = 1000, 200
"""How far into a mail an introduction is looked for."""
INTRODUCTION_LINES = 10
"""More than an introduction takes."""


def _parsed(text: str) -> EmailMessage:
    return EmailMessage(text=text, languages=list(LANGUAGES))


_INTRODUCTIONS = _parsed("").HEADER_REGEX


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines, counted from 0, at which the repeated part and the signature start; None where there is none."""

    quote: int | None
    signature: int | None


def fold(text: str, delimiters: tuple[str, ...] = (DELIMITER,)) -> Fold:
    """Find the earliest sure sign of a quotation, then the signature above it."""
    lines = text.split("\n")
    sure = _first(_delimiter(lines, delimiters), _block(lines))
    # What comes first counts, and looking for introductions is dear.
    above = lines if sure is None else lines[: sure + INTRODUCTION_LINES]
    quote = _first(sure, _introduced(above))
    end = len(lines) if quote is None else quote
    signature = next(
        (i for i, line in enumerate(lines[:end]) if line.rstrip("\r") in ("-- ", "--")), None
    )
    if quote is not None and not "".join(lines[:quote]).strip():
        quote = None  # the answer stands between or below the quoted lines: folding would hide it
    return Fold(quote, signature or None)


def _first(*found: int | None) -> int | None:
    return min((line for line in found if line is not None), default=None)


def _delimiter(lines: list[str], delimiters: tuple[str, ...]) -> int | None:
    return next((i for i, line in enumerate(lines) if any(d in line for d in delimiters)), None)


def _block(lines: list[str]) -> int | None:
    """The quoted lines that end the mail, with the line that introduces them; None if something follows them."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and (lines[start - 1].startswith(">") or not lines[start - 1].strip()):
        start -= 1
    while start < end and not lines[start].strip():
        start += 1
    if start == end:
        return None
    above = start - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and lines[above].rstrip().endswith(":") else start


def _introduced(lines: list[str]) -> int | None:
    """The line at which a mail program of one of our languages introduces the repeated mail.

    A sentence that merely starts with "From:" is no introduction: one names an address, or a day in figures. The
    package's patterns take quadratic time on long lines, and an introduction has none. Only its patterns for
    introductions are asked: to read a mail with it takes three times as long, for signatures that are found above.
    """
    text = "\n".join(line[:LINE_CHARACTERS] for line in lines[:LINES])
    normalised = str(_parsed(text).text)
    header = _first_below_words(normalised)
    at = normalised.find(header) if header else -1
    if at < 0 or not re.search(r"@|\d", header) or normalised.count("\n") != text.count("\n"):
        return None
    return normalised.count("\n", 0, at)


def _first_below_words(text: str) -> str:
    """The first introduction that has words above it; empty where there is none."""
    start = 0
    for header in filter(None, chain.from_iterable(_INTRODUCTIONS.findall(text))):
        at = text.find(header, start + 1 if start else 0)
        if text[start:at].strip():
            return str(header).strip()
        start = max(at, 0)
    return ""
