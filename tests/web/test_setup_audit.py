"""The audit as a page: filtered, page by page, as a file, with its seals; and the list of subscriptions."""

import csv
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.agreements.end import end
from duly.desk.actions.people.set_hours import add_absence
from duly.desk.actions.setup.seal import seal_day
from duly.desk.queries.audit import SIZE
from duly.desk.setup.audit import AuditEntry
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed
from tests.web.conftest import set_clock
from tests.web.reading import page, words

AUDIT = "/desk/setup/audit/"


@pytest.fixture
def owner(people: Cast, now: datetime, client: Client) -> Client:
    client.force_login(people.owner)
    return client


def sign_in(email: str, password: str) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": password})
    return client


def test_sign_ins_and_passwords_are_in_it(owner: Client, people: Cast) -> None:
    people.agent.set_password("correct horse")
    people.agent.save()
    sign_in("anton@desk.example", "correct horse")
    entry = AuditEntry.objects.get(act="signed_in")
    assert (entry.person_id, entry.facts) == (people.agent.pk, {"how": "password"})
    assert "Anton web page signed in Anton person how=password" in page(owner, AUDIT)


def test_it_is_filtered_by_who_what_and_when(owner: Client, people: Cast) -> None:
    anton = people.actor("agent")
    later = MONDAY + timedelta(days=2)
    add_absence(
        actor=anton,
        person_id=people.agent.pk,
        from_at=later,
        to_at=later + timedelta(days=1),
        at=later,
    )
    text = page(owner, f"{AUDIT}?person={people.agent.pk}")
    assert "noted an absence Anton person" in text
    assert "invited a colleague Anton" not in text
    text = page(owner, f"{AUDIT}?act=team_added")
    assert "added a team Support team" in text
    assert "#" not in text.split("Facts")[1].split("not sealed")[0]
    assert "Nothing was found" in page(owner, f"{AUDIT}?last=2026-10-18")
    text = page(owner, f"{AUDIT}?first=2026-10-21&last=2026-10-21")
    assert "noted an absence Anton" in text
    assert "added a team Support" not in text
    assert "Nothing was found" not in page(owner, f"{AUDIT}?first=soon&person=x&act=none")


def test_older_entries_follow_page_by_page(
    owner: Client, people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    boss = people.actor("owner")
    before = AuditEntry.objects.count()
    for number in range(SIZE):
        when = MONDAY + timedelta(days=1 + number)
        add_absence(
            actor=boss,
            person_id=people.agent.pk,
            from_at=when,
            to_at=when + timedelta(1),
            at=MONDAY,
        )
    with django_assert_max_num_queries(12):
        html = owner.get(AUDIT).content.decode()
    assert html.count("<tr><td><time") == SIZE
    assert "added a team Support team" not in words(html)
    oldest = AuditEntry.objects.order_by("-id")[SIZE - 1].pk
    assert f"?before={oldest}" in html
    html = owner.get(f"{AUDIT}?before={oldest}").content.decode()
    assert html.count("<tr><td><time") == before
    assert "added a team Support team" in words(html)


def test_a_sealed_day_says_so_and_one_that_was_rewritten_does_not_fit(
    owner: Client, people: Cast
) -> None:
    assert "not sealed yet" in page(owner, AUDIT)
    assert "No day is sealed yet" in page(owner, f"{AUDIT}?check=1")
    seal_day(at=MONDAY + timedelta(days=1))
    assert "sealed Tue, 20 Oct 2026, 08:00 UTC" in page(owner, AUDIT)
    assert "1 sealed day fits" in page(owner, f"{AUDIT}?check=1")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE desk_auditentry DISABLE TRIGGER refuse_change")
        cursor.execute("UPDATE desk_auditentry SET act = 'none' WHERE act = 'team_added'")
        cursor.execute("ALTER TABLE desk_auditentry ENABLE TRIGGER refuse_change")
    text = page(owner, f"{AUDIT}?check=1")
    assert "does not fit its seal" in text
    assert "not to be trusted" in text


def test_the_file_has_every_entry_that_was_sought_and_leaves_a_trace(
    owner: Client, people: Cast
) -> None:
    people.lead.name = "=cmd|calc"
    people.lead.save()
    answer = owner.post(reverse("setup:export-audit"), {"act": "agent_invited"})
    lines = list(csv.DictReader(b"".join(answer).decode().splitlines()))
    assert [line["subject"] for line in lines] == ["Lukas", "Berta", "Anton", "'=cmd|calc"]
    assert lines[0]["at"] == MONDAY.isoformat()
    assert AuditEntry.objects.filter(act="audit_exported", person=people.owner).count() == 1


def test_subscriptions_are_listed_with_what_is_used(
    owner: Client, people: Cast, now: datetime
) -> None:
    assert "Nobody subscribes yet" in page(owner, reverse("setup:subscriptions"))
    covering = SMALL + "    allowances: {incidents: 4 per month}\n"
    row = subscribed(people, published(people, covering))
    text = page(owner, reverse("setup:subscriptions"))
    assert "Acme Basic small 1 Thu, 1 Jan 2026" in text
    assert "0 of 4 incidents used this month" in text
    end(actor=people.actor("owner"), subscription_id=row.pk, on=MONDAY.date(), at=MONDAY)
    assert "Mon, 19 Oct 2026" in page(owner, reverse("setup:subscriptions"))


def test_a_subscription_that_ended_is_not_listed(
    owner: Client, people: Cast, now: datetime, clock: object
) -> None:
    row = acme_holds(people)
    end(actor=people.actor("owner"), subscription_id=row.pk, on=MONDAY.date(), at=MONDAY)
    set_clock(clock, MONDAY + timedelta(days=2))  # type: ignore[arg-type]
    assert "Nobody subscribes yet" in page(owner, reverse("setup:subscriptions"))
