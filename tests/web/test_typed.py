"""Numbers, days and names that people type: what cannot be kept is refused with a word, and nothing breaks."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from duly.desk.people.organisation import Organisation
from duly.web.errors import ExpectedFailures
from duly.web.typed import DayField, calendar_day, whole
from tests.desk.people import Cast
from tests.web.reading import words


@pytest.mark.parametrize(
    ("typed", "read"),
    [("12", 12), (" 007 ", 7), ("0", 0), ("9" * 18, 10**18 - 1)]
    + [(none, None) for none in ("", "-1", "1.5", "²", "٣", "1_000", "x", "9" * 19, "9" * 5000)],
)
def test_a_whole_number_is_read_or_none(typed: str, read: int | None) -> None:
    assert whole(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [("2026-11-30", date(2026, 11, 30)), ("1900-01-01", date(1900, 1, 1))]
    + [(none, None) for none in ("", "2026-02-30", "0001-01-01", "9999-12-31", "30.11.2026")],
)
def test_a_day_is_read_or_none(typed: str, read: date | None) -> None:
    assert calendar_day(typed) == read


def test_days_beyond_all_calendars_are_left_out(people: Cast, client: Client) -> None:
    client.force_login(people.owner)
    for report in ("", "answers/", "satisfaction/", "backlog/", "hours/", "promises/"):
        for day in ("0001-01-01", "9999-12-31"):
            answer = client.get(f"/desk/reports/{report}", {"first": day, "last": day}, follow=True)
            assert answer.status_code in {200, 404}, (report, day)
    assert client.get("/desk/setup/audit/", {"last": "9999-12-31"}).status_code == 200
    assert client.get(f"/desk/reports/reviews/{people.acme.pk}/9999-12/").status_code == 404


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "tomorrow"])
def test_a_box_for_a_day_takes_none_beyond_all_calendars(typed: str) -> None:
    field = DayField(error_messages={"invalid": "Write the day as 2026-12-01."})
    assert field.clean("2026-12-01") == date(2026, 12, 1)
    with pytest.raises(ValidationError, match="Write the day"):
        field.clean(typed)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("x" * 201, "The name has 201 letters; up to 200 are kept."),
        ("Acme   Ltd", "The name Acme Ltd is taken."),
        (" \0 ", "Give it a name."),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(
    people: Cast, client: Client, name: str, said: str
) -> None:
    Organisation.objects.filter(pk=people.acme.pk).update(name="Acme Ltd")
    client.force_login(people.owner)
    sent = {"name": name, "zone": "UTC", "domains": ""}
    answer = client.post("/desk/organisations/new/", sent)
    assert answer.status_code == 422
    assert said in words(answer.content.decode())


def test_what_no_column_holds_is_told_and_given_back(
    db: None, rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    request = rf.post("/desk/", {"name": "A very long name"})
    request.user = AnonymousUser()
    answer = ExpectedFailures(lambda _: HttpResponse()).process_exception(request, DataError("x"))
    assert answer is not None
    assert answer.status_code == 422
    assert "longer or larger than the desk keeps" in words(answer.content.decode())
    assert "A very long name</textarea>" in answer.content.decode()
    assert "no column holds" in caplog.text, "whoever runs the desk can see that a check is missing"
