"""The words of an HTML mail as plain text, for search, for mails and for readers without HTML."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article blockquote dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr"
    " li main ol p pre section table tr ul".split()
)
_SILENT = frozenset({"head", "script", "style", "template", "title"})


def from_html(html: str) -> str:
    """Text with a line a block; what was quoted starts with `> `, as in a plain mail."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._quotes = 0
        self._silent = 0

    def text(self) -> str:
        lines = [line.rstrip() for line in self._lines]
        while lines and not lines[-1].strip("> "):
            lines.pop()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._lines.append(self._prefix())
        elif tag == "img" and (alt := dict(attrs).get("alt")):
            self.handle_data(f"[{alt}]")
        elif tag in _BLOCKS:
            self._quotes += tag == "blockquote"
            self._open_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self._quotes = max(0, self._quotes - (tag == "blockquote"))
            self._open_line()
            if tag in ("p", "blockquote", "table", "ul", "ol"):
                self._lines.append(self._prefix())
        elif tag in ("td", "th"):
            self._lines[-1] += "  "

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        words = re.sub(r"\s+", " ", data)
        line = self._lines[-1]
        self._lines[-1] = line + (
            words.lstrip() if line.endswith((" ", "> ")) or not line else words
        )

    def _open_line(self) -> None:
        if self._lines[-1].strip("> "):
            self._lines.append(self._prefix())
        else:
            self._lines[-1] = self._prefix()

    def _prefix(self) -> str:
        return "> " * min(self._quotes, 10)
