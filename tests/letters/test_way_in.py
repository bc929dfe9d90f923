"""Letters that lead to a password: why, what to do, how long, in text and HTML, and nothing of a name runs in them."""

from dataclasses import replace

import pytest

from duly.desk.mailroom.letter import Reader
from duly.desk.queries.brand import DULYS_OWN
from duly.desk.queries.outgoing import Sender
from duly.letters.way_in import WayIn, mail_of_way_in

LINK = "https://desk.example.com/account/password/reset/key/1-abc/"
CLARA = Reader(name="Clara", email="clara@acme.example", zone="UTC", language="en", is_agent=False)
FORGOTTEN = WayIn(occasion="forgotten", reader=CLARA, desk="https://desk.example.com", link=LINK)
INVITED = replace(FORGOTTEN, occasion="invited", who="Lena", organisation="Acme")


@pytest.mark.parametrize(
    ("letter", "subject", "said"),
    [
        (FORGOTTEN, "A new password for the support desk", "your password stays as it is"),
        (INVITED, "Lena invites you to the support desk", "Lena added you to Acme at"),
        (
            replace(INVITED, organisation=""),
            "Lena invites you to the support desk",
            "Lena added you to the support desk at https://desk.example.com.",
        ),
        (
            replace(INVITED, occasion="moved"),
            "Your address at the support desk",
            "Lena changed the address by which the support desk",
        ),
    ],
)
def test_each_says_why_it_comes_and_where_to_go(letter: WayIn, subject: str, said: str) -> None:
    mail = mail_of_way_in(letter)
    assert (mail.to, mail.subject) == ("clara@acme.example", subject)
    assert said in mail.text
    assert f"\n{LINK}\n" in mail.text
    assert mail.html is not None
    assert said in mail.html
    assert f'<a href="{LINK}"' in mail.html


def test_whoever_has_a_password_is_sent_no_link() -> None:
    mail = mail_of_way_in(replace(INVITED, link=""))
    assert "Sign in there as before, with this e-mail address." in mail.text
    assert "three days" not in mail.text


def test_a_name_is_text_in_html_too() -> None:
    mail = mail_of_way_in(replace(INVITED, who="<img src=x onerror=alert(1)>"))
    assert mail.html is not None
    assert "<img" not in mail.html
    assert "&lt;img" in mail.html


def test_it_is_written_in_its_readers_language_and_signed_by_the_desk() -> None:
    german = replace(INVITED, reader=replace(CLARA, language="de"))
    look = replace(
        DULYS_OWN, name="Acme Help", footer="Acme GmbH", support_address="help@acme.test"
    )
    mail = mail_of_way_in(german, look, Sender("desk@acme.test"))
    assert mail.subject == "Lena lädt Sie zum Support-Desk ein"
    assert mail.sender == '"Acme Help" <desk@acme.test>'
    assert mail.text.rstrip().endswith("Acme GmbH\nhelp@acme.test")
    assert mail.html is not None
    assert '<html lang="de"' in mail.html
