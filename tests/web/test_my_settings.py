"""My settings: the same page on both sides, kept as chosen, refused with what was chosen still there."""

import re

import pytest
from django.test import Client

from duly.desk.mailroom.preference import Preference, QuietHours
from duly.desk.people.person import Person
from tests.desk.people import Cast
from tests.web.reading import page, words

ADDRESS = "/settings/"
CHOSEN = {
    "language": "de",
    "zone": "Asia/Tokyo",
    "mail": ["opened", "missed"],
    "quiet_begin": "20:00",
    "quiet_end": "07:00",
    "quiet_weekends": "on",
}


def ticked(html: str) -> set[str]:
    """The matters that are ticked, whether they can be changed or not."""
    return set(re.findall(r'name="mail" value="(\w+)" checked', html))


@pytest.mark.parametrize("name", ["agent", "contact"])
def test_everybody_has_the_page_and_finds_it_under_their_name(
    people: Cast, client: Client, name: str
) -> None:
    client.force_login(getattr(people, name))
    start = client.get("/", follow=True).content.decode()
    assert f'href="{ADDRESS}"' in start
    text = page(client, ADDRESS)
    assert "My settings" in text
    assert ("A promise is missed" in text) is (name == "agent"), "customers are never told of that"


def test_what_is_chosen_is_kept_and_shown_again(people: Cast, client: Client) -> None:
    client.force_login(people.agent)
    assert ticked(client.get(ADDRESS).content.decode()) == {
        "opened", "answered", "assigned", "due_soon", "missed", "escalated", "used_up",
        "mentioned",
    }  # fmt: skip
    answer = client.post(ADDRESS, CHOSEN, follow=True)
    html = answer.content.decode()
    assert "Ihre Einstellungen sind gespeichert." in words(html), "in the language that was chosen"
    assert ticked(html) == {"opened", "missed", "escalated"}, "escalations cannot be declined"
    person = Person.objects.get(pk=people.agent.pk)
    assert (person.language, person.zone) == ("de", "Asia/Tokyo")
    (quiet,) = QuietHours.objects.all()
    assert (f"{quiet.begin:%H:%M}", f"{quiet.end:%H:%M}", quiet.weekends) == (
        "20:00",
        "07:00",
        True,
    )
    assert 'value="20:00"' in html


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quiet_end": ""}, "Give both times, or leave both empty."),
        ({"quiet_begin": "", "quiet_end": ""}, "Quiet weekends go with quiet hours"),
        ({"quiet_end": "20:00"}, "Quiet hours must end at another time than they begin."),
        ({"quiet_begin": "late"}, "Write a time, for example 20:00."),
        ({"zone": "Mars/Base"}, "Choose one of the list."),
        ({"language": "xx"}, "Choose one of the list."),
    ],
)
def test_what_makes_no_sense_is_refused_and_stays_on_the_screen(
    people: Cast, client: Client, wrong: dict[str, str], said: str
) -> None:
    client.force_login(people.contact)
    answer = client.post(ADDRESS, CHOSEN | wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in words(html)
    assert "opened" in ticked(html)
    assert not Preference.objects.exists()
    assert Person.objects.get(pk=people.contact.pk).language == "en"


def test_without_quiet_hours_there_are_none(people: Cast, client: Client) -> None:
    client.force_login(people.contact)
    client.post(ADDRESS, CHOSEN)
    client.post(ADDRESS, {"language": "en", "zone": "UTC", "quiet_begin": "", "quiet_end": ""})
    assert not QuietHours.objects.exists()
    declined = Preference.objects.filter(is_wanted=False).values_list("matter", flat=True)
    assert set(declined) == {"opened", "escalated", "used_up"}, "answers come whatever was ticked"


def test_password_and_second_factor_are_found_there(people: Cast, client: Client) -> None:
    client.force_login(people.contact)
    html = client.get(ADDRESS).content.decode()
    for address in ("/account/password/change/", "/account/2fa/"):
        assert f'href="{address}"' in html
        assert client.get(address, follow=True).status_code == 200
