"""The desk that is measured is a true one: what its histories say is what stands in its rows."""

from datetime import UTC, datetime

import pytest
from bench import _desk_load
from bench._desk_furnish import furnish
from bench._desk_load import LONG_TALK, load

from duly.desk.clocks.truth import differences
from duly.desk.tickets.event import Event
from duly.desk.tickets.message import Message
from duly.desk.tickets.tag import Tagging
from duly.desk.tickets.ticket import Ticket

NOW = datetime(2026, 10, 19, 8, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.slow
def test_the_doctor_finds_nothing_in_loaded_tickets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_desk_load, "TOGETHER", 60)
    load(furnish(NOW, customers=4), 200, NOW, unfinished=0.3)
    assert Ticket.objects.count() == 200
    assert list(differences()) == []
    assert {"open", "waiting", "closed"} <= set(Ticket.objects.values_list("status", flat=True))
    assert Event.objects.filter(kind="missed").exists()
    assert set(Tagging.objects.values_list("is_in_queue", flat=True)) >= {False}
    assert Message.objects.filter(ticket=Ticket.objects.latest("pk")).count() == LONG_TALK
