"""`duly doctor` works out again what was recorded and says in plain words what differs."""

from datetime import timedelta

import pytest
from django.db import connection

from duly.cli.doctor.finding import Finding
from duly.cli.doctor.truth import truth
from duly.desk.access.actor import actor_for
from duly.desk.actions.setup.seal import seal_day
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.clocks.clock import Clock as ClockRow
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.wording import Wording
from tests.conftest import Clock
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import published, subscribed
from tests.web.conftest import set_clock

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def ticket(transactional_db: None, clock: Clock) -> Ticket:
    set_clock(clock, MONDAY + DAY)
    people: Cast = cast()
    subscribed(people, published(people))
    actor = people.actor("contact")
    return open_ticket(actor=actor, subject="A", text="B", priority="2", at=MONDAY)


def lines(sample: int | None = None) -> list[str]:
    return [f"{finding.value}: {words}" for finding, words in truth(sample)]


def test_a_sound_desk_is_said_to_be_sound(ticket: Ticket) -> None:
    seal = seal_day(at=MONDAY + DAY)
    assert seal is not None
    assert lines() == [
        f"ok: The chain of days is whole: 1 up to 2026-10-19, with digest {seal.digest}.",
        "ok: The promises of all 1 tickets are what their histories say.",
    ]


def test_a_promise_that_was_rewritten_is_named_and_left_alone(ticket: Ticket) -> None:
    ClockRow.objects.filter(kind="first_response").update(due_at=MONDAY)
    _, difference, advice = lines()
    # 8 business hours from Monday at ten in Berlin end on Tuesday at ten, which is eight in UTC.
    assert difference == (
        f"WRONG: Ticket #{ticket.number}: first response 1, due at is recorded as "
        "2026-10-19 08:00:00+00:00; its history says 2026-10-20 08:00:00+00:00."
    )
    assert advice.startswith("WRONG: What is recorded was left as it is.")
    assert ClockRow.objects.get(kind="first_response").due_at == MONDAY


def test_words_that_search_would_not_find_are_named(ticket: Ticket) -> None:
    Wording.objects.update(said="")
    _, difference, _advice = lines()
    assert difference == (
        f"WRONG: Ticket #{ticket.number}: search, words is recorded as others; its history says those of its messages."
    )
    Wording.objects.all().delete()
    assert any("search, words" in line for line in lines())


def test_many_differences_are_counted(ticket: Ticket) -> None:
    ClockRow.objects.all().delete()
    Ticket.objects.update(next_due_at=None, rank=7)
    ClockRow.objects.bulk_create(
        ClockRow(
            ticket=ticket,
            kind="update",
            cycle=cycle,
            state="met",
            started_at=MONDAY,
            is_binding=True,
            target="1 hour",
            priority="2",
            terms_id=ticket.binding_id or 0,
        )
        for cycle in range(1, 31)
    )
    # 30 clocks that nobody promised, one that is lost, and two columns of the ticket: 33 less the 20 that are told.
    assert "WRONG: … and 13 more differences." in lines()


def test_a_sample_says_how_much_of_the_desk_it_is(ticket: Ticket) -> None:
    actor = actor_for(ticket.requester, via="web")
    for _ in range(2):
        open_ticket(actor=actor, subject="A", text="B", priority="2", at=MONDAY)
    assert "ok: The promises of 1 of 3 tickets are what their histories say." in lines(sample=1)
    ClockRow.objects.update(due_at=MONDAY)
    assert len([line for line in lines() if "due at is recorded" in line]) == 3
    assert len([line for line in lines(sample=2) if "due at is recorded" in line]) == 2


def test_a_rewritten_day_is_named(ticket: Ticket) -> None:
    seal_day(at=MONDAY + DAY)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE desk_event DISABLE TRIGGER refuse_change")
        cursor.execute("UPDATE desk_event SET via = 'import'")
        cursor.execute("ALTER TABLE desk_event ENABLE TRIGGER refuse_change")
    (first, *_) = truth(None)
    assert first[0] is Finding.WRONG
    assert "What was recorded on 2026-10-19 is no longer what was sealed then" in first[1]
