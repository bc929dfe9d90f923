"""The demonstration desk: made by actions, the same for the same instant, with something of everything in it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from duly.channels.mail_out.message import NOBODYS
from duly.cli.demo import PASSWORD, SIGN_INS, make_demo
from duly.desk.access.actor import actor_for
from duly.desk.clocks.clock import Clock
from duly.desk.errors import NotPossible
from duly.desk.people.person import Person
from duly.desk.tickets.event import Event
from duly.desk.tickets.ticket import Status, Ticket

pytestmark = pytest.mark.slow

POLICY = (Path(__file__).parents[2] / "policies" / "photoprism.yaml").read_text()
SATURDAY_NIGHT = datetime(2026, 11, 21, 23, 30, 17, tzinfo=UTC)
TUESDAY_NOON = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)


def shape() -> list[tuple[str, str, int, datetime | None]]:
    rows = Ticket.objects.order_by("opened_at", "subject")
    return list(rows.values_list("subject", "status", "sequence", "next_due_at"))


@pytest.mark.django_db
@pytest.mark.parametrize("at", [SATURDAY_NIGHT, TUESDAY_NOON])
def test_there_is_something_of_everything(at: datetime) -> None:
    make_demo(at=at, policy=POLICY)
    assert Ticket.objects.count() == 42
    assert set(Ticket.objects.values_list("status", flat=True)) == set(Status)
    assert Event.objects.latest("at").at <= at
    first = Clock.objects.filter(kind="first_response")
    states = Counter(first.values_list("state", flat=True))
    assert states["met"] >= 15
    assert states["missed"] >= 3
    assert first.filter(state="running", soon_at__lte=at).count() >= 2
    assert Clock.objects.filter(kind="resolution", state="paused").exists()
    assert Clock.objects.filter(kind="resolution", state="missed").exists()


@pytest.mark.django_db
def test_the_same_instant_makes_the_same_desk() -> None:
    shapes = []
    for _ in range(2):
        with transaction.atomic():
            make_demo(at=TUESDAY_NOON, policy=POLICY)
            shapes.append(shape())
            transaction.set_rollback(True)
    assert len(shapes[0]) == 42
    assert shapes[0] == shapes[1]


@pytest.mark.django_db
def test_everybody_who_is_named_can_sign_in_and_sees_tickets() -> None:
    make_demo(at=TUESDAY_NOON, policy=POLICY)
    for sign_in in SIGN_INS:
        person = Person.objects.get(email=sign_in.email)
        assert person.name == sign_in.name
        assert person.check_password(PASSWORD)
        actor = actor_for(person, via="web")
        assert actor.rights or actor.organisations


@pytest.mark.django_db
def test_a_desk_with_people_is_left_alone() -> None:
    make_demo(at=TUESDAY_NOON, policy=POLICY)
    with pytest.raises(NotPossible):
        make_demo(at=TUESDAY_NOON + timedelta(days=1), policy=POLICY)
    assert Ticket.objects.count() == 42


@pytest.mark.django_db
def test_nobody_in_it_can_be_written_to_by_a_real_mail_server() -> None:
    make_demo(at=TUESDAY_NOON, policy=POLICY)
    emails = list(Person.objects.values_list("email", flat=True))
    assert emails
    assert [email for email in emails if not email.endswith(NOBODYS)] == []
