"""The form asks what the plan asks for; what was told stands on the ticket, for both sides."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from duly.core.clock.values import Kind
from duly.desk.actions.agreements.subscribe import subscribe
from duly.desk.actions.people.set_zone import set_zone
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.clocks.clock import Clock
from duly.desk.queries.new_ticket import covers, promised_now
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed
from tests.web.reading import hidden, page, words

ASKING = (
    SMALL
    + """
    requires: [priority]
intake:
  fields:
    - {key: steps, label: Steps to see it again, required: always}
    - incident_id
"""
)


@pytest.fixture
def customer(people: Cast, client: Client, now: datetime) -> Client:
    acme_holds(people, ASKING)
    client.force_login(people.contact)
    return client


def sent(client: Client, **answers: str) -> tuple[int, str]:
    key = hidden(client.get("/tickets/new/").content.decode(), "key")
    words_typed = {"subject": "Door", "text": "Stuck since noon.", "priority": "1", "key": key}
    form = {**words_typed, **{f"answer-{name}": text for name, text in answers.items()}}
    answer = client.post("/tickets/open/", form, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_form_asks_what_the_plan_asks_for(customer: Client) -> None:
    html = customer.get("/tickets/new/").content.decode()
    text = words(html)
    assert "Steps to see it again" in text
    assert "Incident id (if you know)" in text
    assert 'name="answer-steps" required' in html
    assert 'name="answer-incident_id" required' not in html


def test_a_required_answer_that_is_missing_is_asked_for_and_nothing_is_lost(
    customer: Client,
) -> None:
    status, html = sent(customer, steps="  ", incident_id="E-17")
    assert status == 422
    assert "Your plan asks for this: Steps to see it again." in words(html)
    assert "Stuck since noon." in html
    assert "E-17" in html
    assert not Ticket.objects.exists()


def test_what_was_told_stands_on_the_ticket_for_both_sides(customer: Client, people: Cast) -> None:
    status, html = sent(customer, steps="Push.\nTurn.")
    assert status == 200
    assert "Steps to see it again Push. Turn." in words(html)
    assert "Incident id" not in words(html), "what was not answered is not shown"
    customer.force_login(people.agent)
    number = Ticket.objects.get().number
    assert "Steps to see it again Push. Turn." in page(customer, f"/desk/tickets/{number}/")


def test_whoever_asks_for_the_promise_first_keeps_the_answers(customer: Client) -> None:
    typed = {"ask": "promise", "priority": "1", "answer-steps": "Push."}
    html = customer.post("/tickets/open/", typed).content.decode()
    assert ">Push.</textarea>" in html


@pytest.mark.parametrize(
    ("requires", "status", "priority"), [("", 200, "3"), ("    requires: [priority]\n", 422, None)]
)
def test_a_plan_that_does_not_ask_for_the_priority_gives_its_default(
    people: Cast, now: datetime, requires: str, status: int, priority: str | None
) -> None:
    with_default = SMALL.replace("levels: [", "default: {web: 3}, levels: [", 1) + requires
    client = Client()
    subscribed(people, published(people, with_default))
    client.force_login(people.contact)
    key = hidden(client.get("/tickets/new/").content.decode(), "key")
    typed = {"subject": "Door", "text": "Stuck.", "priority": "", "key": key}
    assert client.post("/tickets/open/", typed, follow=True).status_code == status
    assert Ticket.objects.values_list("priority", flat=True).first() == priority


PROVIDER_FIRST = SMALL.replace(
    "    hours: office", "    hours: office\n    priority_set_by: provider"
).replace("{key: 1, name: Urgent}", "{key: 1, name: Urgent, definition: Nobody can work.}")
NO_TIME = """
    targets: {first_response: {1: none, 2: none, 3: none}}
"""


def test_where_the_desk_sets_the_priority_the_form_tells_what_each_would_promise(
    people: Cast, client: Client, now: datetime
) -> None:
    acme_holds(people, PROVIDER_FIRST)
    client.force_login(people.contact)
    text = page(client, "/tickets/new/")
    assert "We set the priority once we have read your report" in text
    # Monday, 10:00: two hours on the wall, or eight of the office's, of which seven are left today.
    assert "Urgent Nobody can work. First answer by today 12:00" in text
    assert "Normal First answer by tomorrow 10:00" in text
    assert "Say how severe" not in text


def test_a_plan_without_any_promise_is_not_called_no_plan(
    people: Cast, client: Client, now: datetime
) -> None:
    silent = PROVIDER_FIRST[: PROVIDER_FIRST.index("    targets:")] + NO_TIME.lstrip("\n")
    subscribed(people, published(people, silent))
    client.force_login(people.contact)
    assert "Basic promises no time. We answer as soon as we can." in page(client, "/tickets/new/")


def test_a_missing_technical_contact_is_said_before_anything_is_typed(
    people: Cast, client: Client, now: datetime
) -> None:
    acme_holds(people, SMALL + "    requires: [technical_contact]\n")
    client.force_login(people.contact)
    asked = "Your plan asks for a technical contact before you can report here, and Acme has named none."
    text = page(client, "/tickets/new/")
    assert f"{asked} Whoever manages your account can name one" in text
    name_technical_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        person_id=people.colleague.pk,
        is_one=True,
        at=now,
    )
    assert asked not in page(client, "/tickets/new/")


@pytest.mark.parametrize(
    ("at", "first_answer"),
    [
        # In Auckland (13 hours ahead) 2 November is from 11:00 UTC of the day before until 11:00 UTC.
        (datetime(2026, 11, 1, 10, 59, tzinfo=UTC), None),
        # 11:00 UTC on Sunday: two hours on the wall.
        (datetime(2026, 11, 1, 11, 0, tzinfo=UTC), datetime(2026, 11, 1, 13, 0, tzinfo=UTC)),
        (datetime(2026, 11, 2, 10, 59, tzinfo=UTC), datetime(2026, 11, 2, 12, 59, tzinfo=UTC)),
        (datetime(2026, 11, 2, 11, 0, tzinfo=UTC), None),
    ],
)
def test_what_the_form_promises_on_the_first_and_last_day_is_what_the_ticket_gets(
    people: Cast, at: datetime, first_answer: datetime | None
) -> None:
    owner, version = people.actor("owner"), published(people)
    set_zone(actor=owner, organisation_id=people.acme.pk, zone="Pacific/Auckland", at=MONDAY)
    subscribe(
        actor=owner,
        organisation_id=people.acme.pk,
        version_id=version.pk,
        held={"plan": "basic"},
        from_on=date(2026, 11, 2),
        to_on=date(2026, 11, 2),
        at=MONDAY,
    )
    due = [first_answer] if first_answer else []
    assert shown_and_got(people, at) == (due, due)


def test_an_organisation_that_moved_west_is_covered_on_its_new_date(people: Cast) -> None:
    subscribe(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        version_id=published(people).pk,
        held={"plan": "basic"},
        from_on=date(2026, 11, 2),
        at=MONDAY,
    )
    set_zone(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        zone="America/Los_Angeles",
        at=MONDAY,
    )
    # Monday the 2nd in Berlin, where it was agreed, and still Sunday the 1st in Los Angeles.
    assert shown_and_got(people, datetime(2026, 11, 2, 6, 0, tzinfo=UTC)) == ([], [])


def shown_and_got(
    people: Cast, at: datetime
) -> tuple[list[datetime | None], list[datetime | None]]:
    """When the first answer is due: as the form says it, and on the ticket."""
    (cover,) = covers(people.actor("contact"), at)
    promises = promised_now(cover.binding_id, "1", at) if cover.binding_id else ()
    ticket = open_ticket(
        actor=people.actor("contact"), subject="Door", text="Stuck.", priority="1", at=at
    )
    clocks = Clock.objects.filter(ticket=ticket, kind="first_response")
    return (
        [one.due_at for one in promises if one.kind is Kind.FIRST_RESPONSE],
        list(clocks.values_list("due_at", flat=True)),
    )


SUGGESTING = SMALL.replace("1: 2 hours, 2", "1: suggested 2 hours, 2")


def test_what_is_only_suggested_is_nowhere_called_a_promise(
    people: Cast, client: Client, now: datetime
) -> None:
    acme_holds(people, SUGGESTING)
    client.force_login(people.contact)
    before = page(client, "/tickets/new/promised/?priority=1")
    assert "First answer by today 12:00 suggested 2 hours · not binding" in before
    assert sent(client)[0] == 200
    text = page(client, f"/tickets/{Ticket.objects.get().number}/")
    assert "suggested by today 12:00, not binding" in text
    assert "promised by today 12:00" not in text
