"""Reports: what was kept of what was promised, summed for those who lead, each figure a way to its tickets."""

import csv
import re
from datetime import datetime, timedelta
from html import unescape
from io import StringIO

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.people.organise import add_team
from duly.desk.actions.people.set_hours import set_hours
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.exclude import exclude
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.rate import rate
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.wake import wake
from duly.desk.agreements.policy import PolicyVersion
from duly.desk.people.standard_roles import MANAGER
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.once import once
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import FULL, acme_holds
from tests.web.conftest import set_clock
from tests.web.reading import page

HOUR = timedelta(hours=1)
LATER = MONDAY + timedelta(days=20)
DAYS = "first=2026-10-01&last=2026-10-31"


@pytest.fixture
def month(people: Cast, now: datetime, clock: Clock) -> None:
    """Let three of Acme's four tickets be answered in time, one late; twenty days pass."""
    once(("month", people.owner.pk), lambda: answer(people, now))
    set_clock(clock, now + timedelta(days=20))


def answer(people: Cast, now: datetime) -> None:
    acme_holds(people, FULL)
    agent = people.actor("agent")
    for name, hours in (("contact", 1), ("contact", 1), ("contact", 1), ("colleague", 3)):
        ticket = opened(people, name, now)
        # Urgent is answered within two hours.
        reply(actor=agent, ticket_id=ticket.pk, text="Yes?", then="resolve", at=now + hours * HOUR)
    wake(at=now + 3 * HOUR)


def opened(people: Cast, name: str, at: datetime, priority: str = "1") -> Ticket:
    contact = people.actor(name)
    return open_ticket(actor=contact, subject="=Door", text="Stuck.", priority=priority, at=at)


def test_months_show_what_was_kept_and_lead_to_what_was_missed(
    people: Cast, client: Client, month: None
) -> None:
    client.force_login(people.lead)
    assert "Team load Organisations Held mail Reports Setup" in page(client, "/desk/")
    text = page(client, f"/desk/reports/?{DAYS}")
    # Four first answers, three of them in time, and four resolutions, all in time: seven of eight.
    assert "October 2026 87.5 % 7 of 8 1" in text
    missed = page(client, f"/desk/reports/promises/?{DAYS}&outcome=missed&binding=yes")
    # Answered after three hours instead of two.
    assert missed.count("=Door") == 1
    assert "First answer" in missed
    assert "late by 1 h" in missed


@pytest.mark.parametrize(
    ("by", "line"),
    [
        ("plan", "Basic · small 87.5 % 7 of 8 1"),
        ("priority", "Urgent · small 87.5 % 7 of 8 1"),
        ("organisation", "Acme 87.5 % 7 of 8 1"),
        ("team", "no team 87.5 % 7 of 8 1"),
        ("kind", "First answer 75 % 3 of 4 1"),
    ],
)
def test_they_are_summed_by_whatever_is_asked(
    people: Cast, client: Client, month: None, by: str, line: str
) -> None:
    client.force_login(people.lead)
    assert line in page(client, f"/desk/reports/?{DAYS}&by={by}")


def test_priorities_stand_in_the_order_of_their_policy(
    people: Cast, client: Client, month: None, now: datetime
) -> None:
    # Other subscribed last, so the latest terms of all are those of an Urgent ticket.
    subscribe(
        actor=people.actor("owner"),
        organisation_id=people.other.pk,
        version_id=PolicyVersion.objects.values_list("pk", flat=True)[0],
        held={"plan": "basic"},
        from_on=MONDAY.date(),
        at=LATER,
    )
    agent = people.actor("agent")
    for name, priority in (("contact", "2"), ("stranger", "1")):
        ticket = opened(people, name, LATER, priority)
        reply(actor=agent, ticket_id=ticket.pk, text="Yes?", then="resolve", at=LATER)
    client.force_login(people.lead)
    text = page(client, "/desk/reports/?first=2026-10-01&last=2026-11-30&by=priority")
    assert text.index("Urgent · small") < text.index("Normal · small")


def test_only_what_its_reader_sees_is_counted(people: Cast, client: Client, month: None) -> None:
    boss = people.actor("owner")
    elsewhere = add_team(actor=boss, name="Elsewhere", is_private=True, at=MONDAY)
    for ticket in Ticket.objects.all():
        assign(actor=boss, ticket_id=ticket.pk, team_id=elsewhere.pk, assignee_id=None, at=LATER)
    client.force_login(people.lead)
    assert "No promise came to an end" in page(client, f"/desk/reports/?{DAYS}")


def test_another_month_has_nothing(people: Cast, client: Client, month: None) -> None:
    client.force_login(people.lead)
    assert "No promise came to an end" in page(
        client, "/desk/reports/?first=2026-09-01&last=2026-09-30"
    )


def test_the_file_has_every_promise_and_no_formula(
    people: Cast, client: Client, month: None
) -> None:
    stated, boss = Asked(name="Cause"), people.actor("owner")
    add_field(actor=boss, kind="text", asked=stated, at=MONDAY)
    named = Ticket.objects.all()[0]
    fill(actor=boss, ticket_id=named.pk, values={"cause": "=1+1"}, at=LATER)
    client.force_login(people.lead)
    answer = client.get(f"/desk/reports/promises.csv?{DAYS}")
    lines = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(lines) == 8
    assert {line["subject"] for line in lines} == {"'=Door"}
    late = [line for line in lines if line["kept"] == "no"]
    assert [line["late_seconds"] for line in late] == ["3600"]
    causes = {line["field:cause"] for line in lines if line["ticket"] == str(named.number)}
    assert causes == {"'=1+1"}
    assert {line["field:cause"] for line in lines} == {"", "'=1+1"}


@pytest.mark.parametrize(
    "address",
    ["", "?by=priority", "promises/", "answers/", "load/", "backlog/", "satisfaction/", "reviews/"],
)
def test_a_report_sends_at_most_twelve_statements(
    people: Cast,
    client: Client,
    month: None,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(people.lead)
    with django_assert_max_num_queries(12):
        assert client.get(f"/desk/reports/{address}").status_code == 200


def test_answers_say_how_long_they_took(people: Cast, client: Client, month: None) -> None:
    client.force_login(people.lead)
    text = page(client, f"/desk/reports/answers/?{DAYS}")
    # First answers after 1, 1, 1 and 3 hours: half within 1 h; the ninth of ten lies at place 2.7 of 0 to 3,
    # seven tenths of the way from 1 h to 3 h: 2.4 h. They were resolved at the same instants.
    assert "October 2026 4 1 h 2 h 24 min 4 1 h 2 h 24 min" in text


def test_the_backlog_is_sorted_by_age(people: Cast, client: Client, month: None) -> None:
    opened(people, "contact", LATER - timedelta(days=2))
    opened(people, "contact", LATER - timedelta(hours=2))
    client.force_login(people.lead)
    text = page(client, f"/desk/reports/backlog/?{DAYS}")
    assert "Urgent · small 1 1 0 0 0 0" in text
    # All four were opened and resolved in the week of MONDAY.
    assert "Mon, 19 Oct 2026 4 4 +0" in text


def test_load_shows_messages_in_hours_in_which_nobody_works(
    people: Cast, client: Client, month: None
) -> None:
    boss = people.actor("owner")
    hours = {"zone": "Europe/Berlin", "week": {"mon": "12:00-14:00"}}
    set_hours(actor=boss, person_id=people.agent.pk, hours=hours, at=MONDAY)
    client.force_login(people.lead)
    text = page(client, f"/desk/reports/load/?{DAYS}")
    # Four reports at 10:00 in Berlin, 8:00 in UTC, which the lead reads in.
    assert "4 messages of customers came in these days; 4 of them in hours" in text
    rows = list(csv.DictReader(download(client, f"/desk/reports/load.csv?{DAYS}")))
    monday = {int(row["hour"]): row for row in rows if row["weekday"] == "1"}
    assert monday[8]["messages"] == "4"
    # First answers fell due at 12:00 in Berlin; resolutions, met before, at their own hours.
    assert int(monday[10]["promises_due"]) >= 4
    # Berlin's noon is 10:00 in UTC on three Mondays of October 2026 and 11:00 on the last, after the clocks changed.
    assert (monday[10]["agents_at_work"], monday[12]["agents_at_work"]) == ("0.75", "0.25")


def test_what_customers_said_stands_beside_the_share(
    people: Cast, client: Client, month: None
) -> None:
    ticket = Ticket.objects.earliest("pk")
    rate(
        actor=people.actor("contact"), ticket_id=ticket.pk, verdict="poor", words="Slow.", at=LATER
    )
    client.force_login(people.lead)
    text = page(client, "/desk/reports/satisfaction/?by=organisation")
    assert "Acme 0 % 0 of 1" in text
    assert "Slow." in text
    rows = list(csv.DictReader(download(client, "/desk/reports/satisfaction.csv")))
    assert [(row["verdict"], row["words"]) for row in rows] == [("poor", "Slow.")]


def test_the_review_tells_the_customers_manager_what_was_missed(
    people: Cast, client: Client, month: None
) -> None:
    ticket = Ticket.objects.latest("pk")
    mona = invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        email="mona@acme.example",
        name="Mona",
        role=MANAGER,
        at=MONDAY,
    )
    out = opened(people, "contact", MONDAY + 5 * HOUR)
    exclude(actor=people.actor("lead"), ticket_id=out.pk, cause="training", at=MONDAY + 5 * HOUR)
    for who, address in ((people.lead, "/desk/reports/reviews"), (mona, "/review")):
        client.force_login(who)
        text = page(client, f"{address}/{people.acme.pk}/2026-10/")
        assert "Promises kept 87.5 % 7 of 8" in text
        assert f"#{ticket.number} =Door" in text
        assert "late by 1 h" in text
        assert f"#{out.number} =Door training" in text
        rows = list(csv.DictReader(download(client, f"{address}/{people.acme.pk}/2026-10.csv")))
        assert [row["kept"] for row in rows].count("no") == 1
    assert client.get(f"/review/{people.other.pk}/2026-10/").status_code == 404
    assert client.get(f"/review/{people.acme.pk}/2026-13/").status_code == 404


def download(client: Client, address: str) -> StringIO:
    return StringIO(b"".join(client.get(address)).decode("utf-8-sig"))


FIGURE = re.compile(
    r'<a href="(/desk/reports/(?:promises|tickets))/(\?[^"]+)">(?:<svg.*?</svg>)?\s*(.*?)</a>', re.S
)


def figures(client: Client, address: str) -> dict[str, int]:
    """What a report counts, by the address of the file that lists it; of a share, what it is a share of."""
    html = client.get(address).content.decode()
    found = {}
    for path, query, said in FIGURE.findall(html):
        number = re.findall(r"\d+", said)[-1]
        found[f"{path}.csv{unescape(query)}"] = int(number)
    return found


@pytest.mark.parametrize(
    ("report", "fewest"),
    [
        *((f"?{DAYS}&by={by}", 3) for by in ("plan", "priority", "team", "kind")),
        (f"?{DAYS}&by=month", 2),
        *((f"answers/?{DAYS}&by={by}", 2) for by in ("month", "organisation")),
        (f"load/?{DAYS}", 3),
        (f"backlog/?{DAYS}", 6),
        *((f"satisfaction/?{DAYS}&by={by}", 1) for by in ("month", "organisation", "team")),
        ("reviews/{acme}/2026-10/", 5),
    ],
)
def test_each_figure_opens_exactly_what_it_counts(
    people: Cast, client: Client, month: None, report: str, fewest: int
) -> None:
    days = (MONDAY + timedelta(days=1), LATER - timedelta(days=2), LATER - timedelta(hours=2))
    for at in days:
        opened(people, "contact", at)
    rated = Ticket.objects.earliest("pk").pk
    at = MONDAY + timedelta(days=1)
    rate(actor=people.actor("contact"), ticket_id=rated, verdict="good", words="", at=at)
    client.force_login(people.lead)
    found = figures(client, f"/desk/reports/{report.format(acme=people.acme.pk)}")
    assert len(found) >= fewest
    counted = {file: len(list(csv.DictReader(download(client, file)))) for file in found}
    assert counted == found
    for file in found:
        assert client.get(file.replace(".csv", "/")).status_code == 200


def test_reviews_are_listed_by_month(people: Cast, client: Client, month: None) -> None:
    client.force_login(people.lead)
    assert f"/reviews/{people.acme.pk}/2026-10/" in listed(client, "2026-10")
    assert f"/reviews/{people.acme.pk}/" not in listed(client, "2026-09")


def listed(client: Client, month: str) -> str:
    return client.get(f"/desk/reports/reviews/?month={month}").content.decode()


def test_a_list_behind_no_figure_is_not_there(people: Cast, client: Client) -> None:
    client.force_login(people.lead)
    assert client.get("/desk/reports/tickets/?what=odd").status_code == 404
    assert client.get("/desk/reports/tickets.csv").status_code == 404
