"""What people write is shown, never run."""

import re
from html.parser import HTMLParser

import pytest

from duly.web.markup import prose


class Elements(HTMLParser):
    """The elements that a browser would make of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt&colon;alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "[x]: javascript:alert(1)\n\n[x]",
        '<https://example.org/"onmouseover="alert(1)>',
        "![pixel](https://tracker.example/p.gif)",
        "<style>body{display:none}</style>",
        '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
        "`<b onclick=x>`",
    ],
)
def test_nothing_hostile_survives(hostile: str) -> None:
    read = Elements()
    read.feed(str(prose(hostile)))
    assert {tag for tag, _ in read.found} <= {"p", "a", "code", "br"}
    for tag, attributes in read.found:
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        assert not re.match(
            r"\s*(javascript|data|vbscript)", attributes.get("href") or "", re.IGNORECASE
        )


def test_markdown_and_bare_addresses_become_markup() -> None:
    html = str(prose("**bold** and https://example.org/log\nnext line"))
    assert "<strong>bold</strong>" in html
    assert 'href="https://example.org/log"' in html
    assert 'rel="noopener noreferrer nofollow ugc"' in html
    assert "<br>" in html


def test_an_image_is_shown_as_a_link_not_loaded() -> None:
    assert "<img" not in str(prose("![pixel](https://tracker.example/p.gif)"))
    assert 'href="https://tracker.example/p.gif"' in str(
        prose("![pixel](https://tracker.example/p.gif)")
    )


def test_html_is_shown_as_the_text_it_is() -> None:
    assert "&lt;b&gt;loud&lt;/b&gt;" in str(prose("<b>loud</b>"))
    assert "&lt;div&gt;" in str(prose("<div>"))
