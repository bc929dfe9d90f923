"""What providers report is read in each one's own shape, when it bears the secret."""

from base64 import b64encode

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from duly.channels.mail_out.providers import PROVIDERS
from duly.channels.mail_out.reports import (
    VIEWS,
    NotAReport,
    NotTheProvider,
    Report,
    reports,
)
from tests.channels.mail_out.reported import ID, OF_NO_CONCERN, REPORTS


def posted(
    body: bytes, content_type: str = "application/json", secret: str = "secret"
) -> HttpRequest:
    who = "Basic " + b64encode(f"duly:{secret}".encode()).decode()
    return RequestFactory().post("/", body, content_type=content_type, HTTP_AUTHORIZATION=who)


def test_the_test_reports_for_every_provider_that_does() -> None:
    assert REPORTS.keys() == VIEWS.keys() == PROVIDERS.keys() - {"postal", "scaleway"}


@pytest.mark.parametrize("provider", sorted(VIEWS))
def test_a_report_names_the_mail_and_the_reason(provider: str) -> None:
    one = REPORTS[provider]
    request = posted(one.body, one.content_type)
    assert reports(provider, "secret", request) == [Report(ID, one.complains, one.because)]
    with pytest.raises(NotTheProvider):
        reports(provider, "another", posted(one.body, one.content_type))


@pytest.mark.parametrize("provider", sorted(OF_NO_CONCERN))
def test_what_is_no_failure_or_not_ours_is_left(provider: str) -> None:
    assert reports(provider, "secret", posted(OF_NO_CONCERN[provider])) == []


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"event": 7}', b"\xff"])
@pytest.mark.parametrize("provider", sorted(VIEWS))
def test_what_cannot_be_read_is_said_so_or_says_nothing(provider: str, body: bytes) -> None:
    try:
        found = reports(provider, "secret", posted(body))
    except NotAReport:
        return
    assert found == []
