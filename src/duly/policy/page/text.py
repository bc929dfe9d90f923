"""The page as text for a terminal: aligned columns, long texts wrapped."""

from collections.abc import Iterator
from textwrap import wrap

from duly.policy.page.model import Block, Facts, Links, Page, Paragraph, Section, Value


def render(page: Page, width: int = 100) -> str:
    """Write the page in lines of at most `width` characters where words allow it."""
    lines = [page.title, "=" * len(page.title)]
    for block in page.blocks:
        lines += ["", *_block(block, width)]
    for section in page.sections:
        lines += _section(section, width, "-")
    return "\n".join(lines) + "\n"


def _section(section: Section, width: int, rule: str) -> list[str]:
    lines = ["", section.title, rule * len(section.title)]
    for index, block in enumerate(section.blocks):
        lines += [*([""] if index else []), *_block(block, width)]
    for inside in section.sections:
        lines += _section(inside, width, "·")
    return lines


def _block(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _wrapped(said(block.value), width)
    elif isinstance(block, Links):
        yield from (f"{address}  {text}".rstrip() for address, text in block.links)
    elif isinstance(block, Facts):
        rows = [[fact.name, said(fact.value)] for fact in block.facts]
        yield from _columns(rows, width)
    else:
        rows = [list(block.heads), *([said(value) for value in row] for row in block.rows)]
        yield from _columns(rows, width, heads=True)


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_on_hyphens=False, break_long_words=False)


def said(value: Value) -> str:
    """Write a value with its mark."""
    return f"{value.text} [{value.mark}]" if value.mark else value.text


def _columns(rows: list[list[str]], width: int, *, heads: bool = False) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = width - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > 20:
        widest = widths.index(max(widths))
        widths[widest] = max(20, widths[widest] - (sum(widths) - room))
    for index, row in enumerate(rows):
        cells = [_wrapped(cell, size) or [""] for cell, size in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = [cell[number] if number < len(cell) else "" for cell in cells]
            line = "  ".join(p.ljust(size) for p, size in zip(parts, widths, strict=True))
            yield line.rstrip()
        if heads and index == 0:
            yield "  ".join("-" * size for size in widths)
