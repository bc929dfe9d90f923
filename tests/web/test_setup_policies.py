"""A policy is written in the browser: kept when it does not check, reviewed, published, and its subscribers moved."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.agreements.policy_draft import PolicyDraft
from duly.desk.agreements.subscription import Subscription
from duly.desk.clocks.clock import Clock
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast
from tests.desk.policies import SMALL, acme_holds, published
from tests.web.reading import page, words

NEXT = SMALL.replace('version: "1"', 'version: "2"').replace(
    "1: 2 hours, 2: 8 business hours,", "1: 4 hours, 2: 8 business hours,"
)
BROKEN = SMALL.replace("Europe/Berlin", "CET")
CASE = """
name: Four hours
policy: small.yaml
subscription: {plan: basic}
tickets:
  A: [{at: 2026-10-19T08:00:00Z, event: opened, priority: 1, channel: web}]
expect:
  - {at: 2026-10-19T08:00:00Z, ticket: A, clock: first_response, due_at: 2026-10-19T12:00:00Z}
"""


@pytest.fixture
def owner(people: Cast, now: datetime, client: Client) -> Client:
    client.force_login(people.owner)
    return client


def keep(client: Client, source: str, cases: str = "") -> str:
    """Keep a new draft and give its address."""
    answer = client.post(reverse("setup:new-draft"), {"source": source, "cases": cases})
    assert answer.status_code == 302
    return answer["Location"]


def reviewed(address: str) -> str:
    return f"{address}review/"


def test_a_broken_policy_is_kept_and_says_what_is_wrong_beside_the_line(owner: Client) -> None:
    address = keep(owner, BROKEN)
    html = owner.get(address).content.decode()
    line = BROKEN.splitlines().index(next(x for x in BROKEN.splitlines() if "CET" in x)) + 1
    beside = html.split(f'<li id="line-{line}"')[1].split("</li>")[0]
    assert "CET" in words(beside)
    text = words(html)
    assert "1 thing keeps it from being published" in text
    assert "zone-abbreviation" in text
    assert f"Line {line}" in text
    assert "zone: CET" in text, "what was typed is still there"
    assert PolicyDraft.objects.get().source == BROKEN


def test_an_empty_desk_begins_with_a_policy_that_checks(owner: Client) -> None:
    html = owner.get(reverse("setup:new-draft")).content.decode()
    source = unescape(html.split('name="source"')[1].split(">", 1)[1].split("</textarea>")[0])
    assert "effective: 2026-10-19" in source, "today, where its reader is"
    text = page(owner, keep(owner, source.lstrip("\n")))
    assert "It checks." in text
    assert "may be meant" not in text, "nor does it warn"


def test_what_cannot_even_be_read_is_kept_too(owner: Client) -> None:
    address = keep(owner, "duly: 1\npolicy: [")
    assert "syntax" in page(owner, address)
    assert owner.get(reviewed(address)).status_code == 302, "led back to the text"


def test_a_file_wins_over_what_was_typed(owner: Client) -> None:
    file = SimpleUploadedFile("policy.yaml", NEXT.replace("\n", "\r\n").encode())
    owner.post(reverse("setup:new-draft"), {"source": "typed", "source_file": file})
    assert PolicyDraft.objects.get().source == NEXT


def test_a_file_that_is_no_text_is_refused_and_nothing_is_lost(owner: Client) -> None:
    file = SimpleUploadedFile("policy.yaml", b"\xff\xfe\x00")
    answer = owner.post(reverse("setup:new-draft"), {"source": "typed", "source_file": file})
    assert answer.status_code == 422
    assert "not UTF-8 text" in words(answer.content.decode())
    assert "typed" in words(answer.content.decode())
    assert not PolicyDraft.objects.exists()


def test_the_next_version_begins_with_the_text_of_one(owner: Client, people: Cast) -> None:
    version = published(people)
    assert "zone: Europe/Berlin" in page(owner, reverse("setup:new-draft") + f"?from={version.pk}")


def test_the_review_shows_what_changes_and_the_page_of_customers(
    owner: Client, people: Cast
) -> None:
    published(people)
    text = page(owner, reviewed(keep(owner, NEXT)))
    assert "What changes against version 1" in text
    assert "1 promise becomes weaker" in text
    assert "basic · First answer · 1 2 hours 4 hours" in text
    assert "The page as customers will see it" in text
    assert "Urgent" in text


def test_a_failing_case_keeps_it_from_being_published(owner: Client) -> None:
    address = keep(owner, SMALL, CASE)
    text = page(owner, reviewed(address))
    # Two hours after eight o'clock, not four.
    assert "found 2026-10-19T10:00:00Z" in text
    assert "Publish version" not in text
    assert owner.post(reviewed(address), {"effective_on": ""}).status_code == 422
    assert not PolicyVersion.objects.exists()


def test_publishing_writes_the_date_of_effect_into_the_text(owner: Client, people: Cast) -> None:
    published(people)
    address = keep(owner, NEXT, CASE)
    answer = owner.post(reviewed(address), {"effective_on": "2026-12-01"})
    version = PolicyVersion.objects.get(version="2")
    assert answer["Location"] == reverse("setup:move", args=[version.pk])
    assert str(version.effective_on) == "2026-12-01"
    assert "effective: 2026-12-01" in version.source
    assert version.cases == CASE
    assert not PolicyDraft.objects.exists()
    assert AuditEntry.objects.filter(act="policy_published", subject_id=version.pk).exists()


def test_a_version_that_is_there_is_not_published_again(owner: Client, people: Cast) -> None:
    published(people)
    address = keep(owner, SMALL.replace("name: Basic", "name: Other"))
    assert "was published before" in page(owner, reviewed(address))
    assert owner.post(reviewed(address), {"effective_on": ""}).status_code == 422


def test_a_wrong_date_is_told_and_a_draft_can_be_given_up(owner: Client) -> None:
    address = keep(owner, SMALL)
    assert owner.post(reviewed(address), {"effective_on": "soon"}).status_code == 422
    assert owner.post(f"{address}drop/").status_code == 302
    assert not PolicyDraft.objects.exists()


def urgent(people: Cast, now: datetime) -> Ticket:
    return open_ticket(
        actor=people.actor("contact"), subject="Down", text="All.", priority="1", at=now
    )


def test_moving_is_shown_beforehand_and_happens_as_shown(
    owner: Client, people: Cast, now: datetime
) -> None:
    subscription = acme_holds(people)
    ticket = urgent(people, now)
    version = published(people, NEXT)
    address, sent = reverse("setup:move", args=[version.pk]), {"subscription": str(subscription.pk)}
    assert "Acme Basic 1" in page(owner, address)
    text = words(owner.post(address, sent | {"look": "1"}).content.decode())
    assert "Acme Basic 1 1 1 0" in text, "one open ticket, one due later, none earlier"
    assert f"#{ticket.number} Down First answer" in text
    assert Clock.objects.get(ticket=ticket, kind="first_response").due_at == now + timedelta(
        hours=2
    )
    owner.post(address, sent)
    assert Clock.objects.get(ticket=ticket, kind="first_response").due_at == now + timedelta(
        hours=4
    )
    assert owner.get(address)["Location"] == "/desk/setup/policies/of/small/", (
        "nobody is left to move"
    )


def test_a_move_can_wait_until_the_version_begins(
    owner: Client, people: Cast, now: datetime
) -> None:
    subscription = acme_holds(people)
    version = published(people, NEXT.replace("2026-01-01", "2026-11-01"))
    address = reverse("setup:move", args=[version.pk])
    assert "when the version comes into force" in page(owner, address)
    owner.post(address, {"subscription": str(subscription.pk), "when": "effective"})
    wakes_at = Subscription.objects.get().wakes_at
    assert wakes_at is not None
    assert wakes_at.isoformat() == "2026-11-01T00:00:00+00:00"


def test_who_cannot_be_moved_is_told_why_and_nobody_chosen_changes_nothing(
    owner: Client, people: Cast, now: datetime
) -> None:
    subscription = acme_holds(people)
    urgent(people, now)
    lacking = NEXT.replace("1: 4 hours, ", "").replace("1: 4 business hours, ", "")
    lacking = lacking.replace("1: 16 business hours, ", "").replace("{key: 1, name: Urgent}, ", "")
    version = published(people, lacking)
    address = reverse("setup:move", args=[version.pk])
    sent = {"subscription": str(subscription.pk)}
    looked = words(owner.post(address, sent | {"look": "1"}).content.decode())
    assert "Cannot be moved" in looked
    assert "Basic has only the priorities" in looked
    answer = owner.post(address, sent, follow=True)
    assert "has only the priorities" in words(answer.content.decode())
    answer = owner.post(address, follow=True)
    assert "Nobody was chosen" in words(answer.content.decode())
    assert Subscription.objects.get().bindings.count() == 1


def test_the_list_and_a_policy_say_who_holds_what(
    owner: Client, people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    acme_holds(people)
    published(people, NEXT)
    keep(owner, "policy: other\nversion: '9'  # the ninth\n")
    with django_assert_max_num_queries(12):
        text = page(owner, reverse("setup:policies"))
    assert "other 9" in text
    assert "small" in text
    with django_assert_max_num_queries(12):
        text = page(owner, reverse("setup:policy", args=["small"]))
    assert "Acme Basic 1" in text
    page(owner, reverse("setup:policy", args=["none"]), status=404)


def test_agents_read_but_do_not_write(people: Cast, now: datetime, client: Client) -> None:
    client.force_login(people.agent)
    published(people)
    assert "New policy" not in page(client, reverse("setup:policies"))
    assert "next version" not in page(client, reverse("setup:policy", args=["small"]))
    assert "Mailboxes" not in page(client, reverse("setup:home"))
