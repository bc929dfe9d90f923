"""The page as Markdown: what the policy says is text, never markup."""

import re
from collections.abc import Iterator

from duly.policy.page.model import Block, Facts, Links, Page, Paragraph, Section, Value

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")


def render(page: Page) -> str:
    """Write the page."""
    lines = [f"# {escape(page.title)}"]
    for block in page.blocks:
        lines += ["", *_block(block)]
    for section in page.sections:
        lines += _section(section, "##")
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Take the meaning from every character that Markdown would read."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _section(section: Section, mark: str) -> list[str]:
    lines = ["", f"{mark} {escape(section.title)}"]
    for block in section.blocks:
        lines += ["", *_block(block)]
    for inside in section.sections:
        lines += _section(inside, f"{mark}#")
    return lines


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield said(block.value)
    elif isinstance(block, Links):
        yield from (f"- <{address}> {escape(text)}".rstrip() for address, text in block.links)
    elif isinstance(block, Facts):
        yield from (f"- **{escape(fact.name)}:** {said(fact.value)}" for fact in block.facts)
    else:
        yield _row(tuple(escape(head) for head in block.heads))
        yield _row(tuple("---" for _ in block.heads))
        yield from (_row(tuple(map(said, row))) for row in block.rows)


def said(value: Value) -> str:
    """Write a value with its mark in italics."""
    return f"{escape(value.text)} *({value.mark})*" if value.mark else escape(value.text)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
