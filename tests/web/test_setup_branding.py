"""The desk's own name, logo, colour and footer, on pages and in letters; colours that cannot be read are refused."""

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duly.desk.queries.brand import shades
from duly.desk.setup.colour import BLACK, NIGHT, PAPER, WHITE, colour, contrast
from duly.desk.setup.desk import Desk
from tests.desk.people import Cast
from tests.web.mails import PNG
from tests.web.reading import page, words

BRANDING = "/desk/setup/branding/"
CHOSEN = {
    "name": "Acme Help",
    "accent": "#0b6e4f",
    "support_address": "help@acme.test",
    "footer": "Acme GmbH, Berlin",
    "language": "de",
    "zone": "Europe/Berlin",
}


@pytest.fixture
def owner(people: Cast, now: datetime, client: Client) -> Client:
    client.force_login(people.owner)
    return client


def test_pages_of_everybody_have_the_name_footer_and_address(owner: Client, people: Cast) -> None:
    owner.post(BRANDING, CHOSEN)
    his = Client()
    for address in ("/plans/", "/account/login/"):
        html = his.get(address).content.decode()
        assert "Acme Help" in words(html)
        assert "· Acme Help</title>" in html
        assert "Duly" not in words(html)
    his.force_login(people.contact)
    text = page(his, "/tickets/")
    assert "Acme GmbH, Berlin" in text
    assert "help@acme.test" in text
    assert 'value="Acme Help"' in owner.get(BRANDING).content.decode()


def test_the_colour_is_a_file_of_its_own_and_stays_readable_in_both_themes(owner: Client) -> None:
    assert "/brand/" not in owner.get("/plans/").content.decode()
    owner.post(BRANDING, CHOSEN)
    html = owner.get("/plans/").content.decode()
    link = re.search(r'href="(/brand/\w+/style.css)"', html)
    assert link
    answer = owner.get(link[1])
    assert "--accent: light-dark(#0b6e4f, #" in answer.content.decode()
    assert "style=" not in html
    assert answer["Content-Security-Policy"]


@pytest.mark.parametrize("accent", ["#0b6e4f", "#000000", "#3b5bdb", "#8b0000", "#5f3dc4"])
def test_every_shade_can_be_read(accent: str) -> None:
    found = shades(accent)
    light, pressed, wash, on = map(colour, found.light)
    assert min(contrast(light, PAPER), contrast(light, wash), contrast(on, light)) >= 4.5
    assert contrast(on, pressed) >= 4.5
    dark, pressed, wash, on = map(colour, found.dark)
    assert min(contrast(dark, NIGHT), contrast(dark, wash), contrast(on, dark)) >= 4.5
    assert contrast(on, pressed) >= 4.5


def test_contrast_is_that_of_the_guidelines() -> None:
    # The well-known edge: on white #767676 is the lightest grey that passes, #777777 the first that fails.
    assert round(contrast(BLACK, WHITE), 2) == 21
    assert round(contrast(colour("#767676"), WHITE), 2) == 4.54
    assert round(contrast(colour("#777777"), WHITE), 2) == 4.48


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"accent": "#ffd43b"}, "too light"),
        ({"accent": "green"}, "Write the colour as"),
        ({"support_address": "nobody"}, "is no e-mail address"),
        ({"zone": "CET/Berlin"}, "no time zone"),
        ({"language": "xx"}, "does not speak"),
        ({"logo": SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")}, "PNG or JPEG"),
        ({"logo": SimpleUploadedFile("a.png", PNG + bytes(200_000))}, "larger than 200 kB"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words_and_nothing_is_lost(
    owner: Client, wrong: dict[str, object], said: str
) -> None:
    answer = owner.post(BRANDING, CHOSEN | wrong)
    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert "Acme GmbH, Berlin" in answer.content.decode()
    assert not Desk.objects.exists()


def test_a_logo_is_served_as_the_picture_that_it_is(owner: Client) -> None:
    owner.post(BRANDING, CHOSEN | {"logo": SimpleUploadedFile("logo.png", PNG)})
    link = re.search(r'src="(/brand/\w+/logo)"', owner.get("/plans/").content.decode())
    assert link
    answer = Client().get(link[1])
    assert (answer.content, answer["Content-Type"]) == (PNG, "image/png")
    assert answer["X-Content-Type-Options"] == "nosniff"
    owner.post(BRANDING, CHOSEN)
    assert "/logo" in owner.get("/plans/").content.decode(), "no file keeps the logo"
    owner.post(BRANDING, CHOSEN | {"without_logo": "on"})
    assert "/logo" not in owner.get("/plans/").content.decode()
    assert Client().get(link[1]).status_code == 404
