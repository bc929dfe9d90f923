"""What a page says, as people read it."""

import re
from html.parser import HTMLParser

from django.test import Client

_SILENT = {"script", "style", "svg", "head"}


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def words(html: str) -> str:
    """The text of a page on one line."""
    reader = _Text()
    reader.feed(html)
    return re.sub(r"\s+", " ", " ".join(reader.parts))


def page(client: Client, address: str, status: int = 200) -> str:
    """Get a page that must be answered so, and give its text."""
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return words(answer.content.decode())


def hidden(html: str, name: str) -> str:
    """The value of a hidden box of a form."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"the page has no {name}"
    return found[1]
