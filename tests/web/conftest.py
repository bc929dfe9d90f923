"""A desk with an agreement and a ticket, and a client that reads at its time."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from duly.desk.actions.tickets.open import open_ticket
from duly.desk.tickets.ticket import Ticket
from duly.web.brand import forget
from tests.conftest import Clock
from tests.desk.once import once
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import acme_holds


@pytest.fixture(autouse=True)
def look() -> None:
    """Let no test see the look that another gave the desk."""
    forget()


@pytest.fixture
def people(db: None) -> Cast:
    """Give everybody who takes part."""
    return once("people", cast)


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Keep files in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def now(clock: Clock) -> datetime:
    """Let it be Monday, 10:00 in Berlin, with Acme covered from nine to five."""
    set_clock(clock, MONDAY)
    return MONDAY


def set_clock(clock: Clock, at: datetime) -> None:
    """Let the clocks stand at an instant."""
    clock.stop(at)


@pytest.fixture
def ticket(people: Cast, now: datetime) -> Ticket:
    """Give Clara's ticket: severity 2, first answer promised within 8 business hours."""
    acme_holds(people)
    return once(
        ("ticket", people.owner.pk),
        lambda: open_ticket(
            actor=people.actor("contact"),
            subject="The report is empty",
            text="Since this morning.",
            priority="2",
            at=now,
        ),
    )
