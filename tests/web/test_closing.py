"""The owner says when resolved tickets close by themselves."""

import re

import pytest
from django.test import Client

from duly.desk.setup.desk import the_settings
from tests.desk.people import Cast
from tests.web.reading import page, words

ADDRESS = "/desk/setup/closing/"


@pytest.fixture
def owner(people: Cast, client: Client) -> Client:
    client.force_login(people.owner)
    return client


@pytest.mark.parametrize(("typed", "kept"), [("3", 3), ("", None)])
def test_days_are_kept_and_shown_again(owner: Client, typed: str, kept: int | None) -> None:
    assert 'value="14"' in owner.get(ADDRESS).content.decode()
    answer = owner.post(ADDRESS, {"after_days": typed}, follow=True)
    assert "Saved." in words(answer.content.decode())
    (field,) = re.findall('<input[^>]*type="number"[^>]*>', answer.content.decode())
    assert f'value="{typed}"' in field
    assert the_settings().close_after_days == kept


@pytest.mark.parametrize("typed", ["0", "366", "soon", "-1"])
def test_what_is_no_number_of_days_is_refused(owner: Client, typed: str) -> None:
    answer = owner.post(ADDRESS, {"after_days": typed})
    assert answer.status_code == 422
    assert "Write a number of days from 1 to 365" in words(answer.content.decode())
    assert the_settings().close_after_days == 14


def test_it_is_found_in_setup(owner: Client) -> None:
    assert "When resolved tickets close by themselves." in page(owner, "/desk/setup/")
