"""What waited to be sent when a backup was made is not sent by the desk that came out of it, until somebody says so."""

from datetime import timedelta

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.dispatch import dispatch
from duly.desk.actions.deliveries.held import drop_held, hold_waiting, release_held
from duly.desk.actions.people.prefer import prefer
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.mailroom.delivery import Delivery, DeliveryState
from duly.desk.mailroom.outbox import Outbox
from duly.desk.mailroom.preference import Quiet
from duly.desk.queries.held import held_count
from duly.desk.setup.audit import AuditEntry
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)


def opened(people: Cast) -> int:
    """Clara's ticket, of which Clara and Lena are to be told; nobody has turned that into deliveries yet."""
    return open_ticket(actor=people.actor("contact"), subject="A", text="B", at=MONDAY).pk


def test_nothing_that_waited_is_sent_and_what_is_new_is(people: Cast) -> None:
    ticket = opened(people)
    assert Outbox.objects.exists()
    assert hold_waiting(at=MONDAY) == held_count() == 2
    assert not Outbox.objects.exists()
    assert claim(at=MONDAY + HOUR) == []
    reply(actor=people.actor("agent"), ticket_id=ticket, text="C", at=MONDAY + HOUR)
    dispatch(at=MONDAY + HOUR)
    (letter,) = claim(at=MONDAY + HOUR)
    assert [item.text for item in letter.about[0].items] == ["C"]
    assert held_count() == 2


def test_released_they_are_sent_and_dropped_they_are_not(people: Cast) -> None:
    boss = people.actor("owner")
    opened(people)
    hold_waiting(at=MONDAY)
    assert release_held(actor=boss, at=MONDAY + HOUR) == 2
    assert {letter.reader.name for letter in claim(at=MONDAY + HOUR)} == {"Clara", "Lena"}
    opened(people)
    hold_waiting(at=MONDAY + HOUR)
    # Those that were claimed and not settled wait too: whether they were sent nobody knows.
    assert drop_held(actor=boss, at=MONDAY + 2 * HOUR) == 4
    assert claim(at=MONDAY + 9 * HOUR) == []
    assert held_count() == 0
    acts = AuditEntry.objects.filter(act__startswith="held_mail").order_by("pk")
    assert [(act.act, act.facts["deliveries"]) for act in acts] == [
        ("held_mail_released", 2),
        ("held_mail_dropped", 4),
    ]


def test_what_waits_for_the_end_of_quiet_hours_is_held_too(people: Cast) -> None:
    morning = Quiet(MONDAY.time(), (MONDAY + HOUR).time())
    prefer(
        actor=people.actor("lead"), language="en", zone="UTC", wanted=(), quiet=morning, at=MONDAY
    )
    opened(people)
    hold_waiting(at=MONDAY)
    assert claim(at=MONDAY + 9 * HOUR) == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.HELD}
