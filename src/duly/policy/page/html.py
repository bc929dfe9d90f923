"""The page as one HTML document without scripts; every text is escaped."""

from collections.abc import Iterator
from html import escape

from duly.policy.page.model import Block, Facts, Links, Page, Paragraph, Section, Table, Value

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { text-align: start; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid; }
dl { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .25rem 1.5rem; }
dd { margin: 0; }
.mark { font-size: .85em; font-style: italic; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
"""


def render(page: Page) -> str:
    """Write the whole document."""
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(page.title)}</title><style>{STYLE}</style></head>",
        f"<body><main><h1>{escape(page.title)}</h1>",
        *(line for block in page.blocks for line in _block(block)),
        *(line for section in page.sections for line in _section(section, 2)),
        "</main></body></html>",
    ]
    return "\n".join(lines) + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"<section><h{level}>{escape(section.title)}</h{level}>"
    for block in section.blocks:
        yield from _block(block)
    for inside in section.sections:
        yield from _section(inside, level + 1)
    yield "</section>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"<p>{said(block.value)}</p>"
    elif isinstance(block, Links):
        links = (f"<li>{_link(address)} {escape(text)}</li>" for address, text in block.links)
        yield f"<ul>{''.join(links)}</ul>"
    elif isinstance(block, Facts):
        facts = (f"<dt>{escape(f.name)}</dt><dd>{said(f.value)}</dd>" for f in block.facts)
        yield f"<dl>{''.join(facts)}</dl>"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td>{said(value)}</td>" for value in rest)
        yield f'<tr><th scope="row">{said(first)}</th>{cells}</tr>'
    yield "</tbody></table>"


def said(value: Value) -> str:
    """Write a value; its provenance is shown on hover, its mark beside it."""
    told = " — ".join(part for part in (value.origin, value.note) if part)
    title = f' title="{escape(told)}"' if told else ""
    text = f"<span{title}>{escape(value.text)}</span>" if title else escape(value.text)
    return f'{text} <span class="mark">({escape(value.mark)})</span>' if value.mark else text


def _link(address: str) -> str:
    """Link to web addresses alone; anything else stays text."""
    if not address.startswith(("https://", "http://")):
        return escape(address)
    return f'<a href="{escape(address)}" rel="nofollow noopener">{escape(address)}</a>'
