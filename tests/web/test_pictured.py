"""Every page that people see is pictured, or it is said why not."""

from django.urls import get_resolver

from duly.web.urls import urlpatterns
from tests.journeys.shown import NOWHERE, WITHOUT, page_of
from tests.web.test_access import views

PICTURED = set(page_of().values())


def test_every_page_has_a_picture_or_a_reason() -> None:
    asked = {name for name, view in views(urlpatterns).items() if "GET" in view.methods}
    left_out = asked - PICTURED - WITHOUT.keys()
    assert not left_out, "picture these in tests/journeys/shown.py"
    assert WITHOUT.keys() <= asked, "no addresses are called this any more"
    assert not PICTURED & WITHOUT.keys(), "pictured after all"


def test_pictures_are_of_pages_that_there_are() -> None:
    # Whether a picture is of the page it is said to be, its maker asks when it was made.
    assert PICTURED - {NOWHERE} <= views(urlpatterns).keys() | get_resolver().reverse_dict.keys()
