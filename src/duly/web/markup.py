"""What people wrote, as safe HTML: Markdown, then an allowlist, never the raw text."""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = set(
    "p br strong em s a ul ol li blockquote code pre hr h1 h2 h3 h4 table thead tbody tr th td".split()
)
SCHEMES = {"http", "https", "mailto", "tel"}


@cache
def _markdown() -> MarkdownIt:
    rules = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True})
    return rules.enable(["table", "strikethrough", "linkify"]).disable("image")


def prose(text: str) -> Markup:
    """Render a message. Images and HTML in it are shown as the text they are."""
    html = nh3.clean(
        _markdown().render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow ugc",
    )
    return Markup(html)  # noqa: S704 - cleaned in the line above
