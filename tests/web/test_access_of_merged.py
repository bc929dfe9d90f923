"""The addresses of a ticket that went on in another, and of one that does not exist: the same table, walked again."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.tickets.ticket import Ticket
from duly.web.urls import urlpatterns
from tests.desk.people import MONDAY, Cast
from tests.web.test_access import SENT, outcome

TABLE = Path(__file__).with_name("access_table_of_merged.txt")
FILLED = {"kind": "first_response", "cycle": 1, "of": "reply", "macro_id": 0}
VERBS = {"agent:do": "tag", "agent:step": "follow"}
UNKNOWN = 99_999
OBJECTION = {"objection-text": "No.", "objection-key": "k", "assignee": ""}


def of_tickets(
    patterns: Sequence[URLPattern | URLResolver], space: str = "", before: str = ""
) -> dict[str, set[str]]:
    """Every address that has the number of a ticket in it, with what else it takes."""
    found: dict[str, set[str]] = {}
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.app_name}:" if pattern.app_name else space
            found |= of_tickets(pattern.url_patterns, inner, route)
        elif "tickets/<int:number>" in route:
            found[f"{space}{pattern.name}"] = set(pattern.pattern.converters)
    return found


def address(name: str, number: int) -> str:
    given = {**FILLED, "number": number, "verb": VERBS.get(name, "")}
    wanted = of_tickets(urlpatterns)[name]
    return reverse(name, kwargs={key: value for key, value in given.items() if key in wanted})


def rows() -> dict[str, tuple[str, dict[str, str]]]:
    """The method of each address, and the answer for everybody."""
    lines = [line.split() for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    people = lines[0][2:]
    return {
        name: (method, dict(zip(people, cells, strict=True))) for method, name, *cells in lines[1:]
    }


@pytest.fixture
def merged(people: Cast, ticket: Ticket) -> Ticket:
    into = open_ticket(
        actor=people.actor("contact"), subject="A", text="B", priority="2", at=MONDAY
    )
    merge(actor=people.actor("agent"), ticket_id=ticket.pk, into_id=into.pk, at=MONDAY)
    return ticket


def test_the_table_has_every_address_of_a_ticket() -> None:
    assert rows().keys() == of_tickets(urlpatterns).keys()


def asked(name: str, number: int, client: Client) -> str:
    method, _ = rows()[name]
    ask = client.post if method == "POST" else client.get
    answer = ask(address(name, number), {**SENT, **OBJECTION} if method == "POST" else {})
    return "k" if answer.status_code == 422 else outcome(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["contact", "colleague", "lone_contact", "stranger", "agent", "light_agent"]
)
def test_what_went_on_in_another_is_read_and_no_longer_written_to(
    who: str, people: Cast, merged: Ticket, client: Client
) -> None:
    client.force_login(getattr(people, who))
    expected = {name: answers[who] for name, (_, answers) in rows().items()}
    assert {name: asked(name, merged.number, client) for name in expected} == expected


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["contact", "agent"])
def test_what_does_not_exist_is_nowhere(
    who: str, people: Cast, ticket: Ticket, client: Client
) -> None:
    client.force_login(getattr(people, who))
    # The portal leads every agent on to the desk's own page, which says that there is nothing.
    led_on = {"portal:ticket": "y"} if who == "agent" else {}
    expected = dict.fromkeys(rows(), ".") | led_on
    assert {name: asked(name, UNKNOWN, client) for name in rows()} == expected
