"""HTML from strangers made harmless: an allow-list on a real HTML5 parser, for what is shown and for what is sent."""

from collections.abc import Callable
from urllib.parse import unquote

import nh3

TAGS = frozenset(
    "a abbr b bdi bdo blockquote br caption code col colgroup dd del div dl dt em h1 h2 h3 h4 h5"
    " h6 hr i img ins kbd li ol p pre q s samp small span strong sub sup table tbody td tfoot th"
    " thead tr u ul var".split()
)
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "blockquote": {"cite"},
    "col": {"span"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start", "type"},
    "td": {"align", "colspan", "rowspan", "valign"},
    "th": {"align", "colspan", "rowspan", "scope", "valign"},
}
SILENT = frozenset("iframe math noscript script style svg template title xmp".split())
"""Elements whose content is no text for a reader either."""
SCHEMES = {"http", "https", "mailto", "tel", "cid"}


def sanitised(
    html: str, *, pictures: bool = False, enclosed: Callable[[str], str | None] | None = None
) -> str:
    """Allowed tags and attributes only: no scripts, styles, forms or frames.

    Pictures that came with the mail (`cid:`) stay, at the address that `enclosed` gives for their Content-ID; those
    from elsewhere, which tell the sender that somebody reads, only with `pictures`.
    """

    def source(tag: str, name: str, value: str) -> str | None:
        if (tag, name) != ("img", "src"):
            return value
        if value.lower().startswith("cid:"):
            return enclosed(unquote(value[4:])) if enclosed else value
        return value if pictures else None

    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=source,
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
        clean_content_tags=set(SILENT),
        strip_comments=True,
    )
