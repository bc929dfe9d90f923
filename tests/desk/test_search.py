"""Search: what is found by which words and operators, by whom, and that words are there with the commit."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.desk.access.actor import Actor
from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.retitle import retitle
from duly.desk.actions.tickets.tag import tag
from duly.desk.people.team import Team
from duly.desk.queries import search as search_of
from duly.desk.queries.fields import keys_in_order
from duly.desk.queries.search import Found, search
from duly.desk.queries.sought import Fault, may_name_fields, read_sought
from duly.desk.tickets.ticket import Ticket
from duly.desk.tickets.wording import shares
from tests.desk.people import MONDAY, Cast

BERLIN = ZoneInfo("Europe/Berlin")
DAY = timedelta(days=1)


def find(actor: Actor, typed: str) -> Found:
    return search(actor, read_sought(typed), BERLIN, MONDAY)


def numbers(actor: Actor, typed: str) -> set[int]:
    return {line.number for line in find(actor, typed).lines}


def report(
    people: Cast, subject: str, text: str = "Help.", *, name: str = "contact", at: datetime = MONDAY
) -> Ticket:
    priority = "2" if name in ("contact", "colleague", "lone_contact") else None
    actor = people.actor(name)
    return open_ticket(actor=actor, subject=subject, text=text, priority=priority, at=at)


def test_a_field_of_the_desks_own_is_an_operator_by_its_key(covered: Cast) -> None:
    boss = covered.actor("owner")
    asked = Asked(name="Serial number", is_for_customers=True)
    add_field(actor=boss, kind="text", key="serial-2", asked=asked, at=MONDAY)
    wet, dry = report(covered, "Printer wet"), report(covered, "Printer dry")
    for ticket, value in ((wet, "AB 12"), (dry, "AB 123")):
        fill(actor=boss, ticket_id=ticket.pk, values={"serial-2": value}, at=MONDAY)

    def sought(typed: str) -> set[int]:
        keys = keys_in_order() if may_name_fields(typed) else ()
        found = search(boss, read_sought(typed, keys), BERLIN, MONDAY)
        assert not found.people, "who looks for a value looks for tickets"
        return {line.number for line in found.lines}

    assert sought('serial-2:"ab  12"') == {wet.number}
    assert sought('printer serial-2:"AB 12"') == {wet.number}
    assert sought('dry serial-2:"AB 12"') == set()
    assert sought("serial-2:AB") == set(), "the whole value counts"
    fill(actor=boss, ticket_id=wet.pk, values={"serial-2": ""}, at=MONDAY)
    assert sought('serial-2:"AB 12"') == set(), "what stood there before does not"
    assert not may_name_fields('org:acme "is: it" -water')
    assert may_name_fields("error:42")
    assert read_sought("error:42", ["serial-2"]).words == ("error", "42")


@pytest.fixture
def printer(covered: Cast) -> Ticket:
    return report(covered, "Printer on fire", "Error E-1047 since Übergabe.")


@pytest.mark.parametrize(
    "typed",
    [
        "printer",
        "PRINT",
        "fire printer",
        '"on fire"',
        "1047",
        "übergabe",
        "printer -water",
        "e-1047",
    ],
)
def test_words_of_subject_and_messages_find_a_ticket(
    covered: Cast, printer: Ticket, typed: str
) -> None:
    report(covered, "Door", "Fire and water.")
    assert numbers(covered.actor("agent"), typed) == {printer.number}


@pytest.mark.parametrize("typed", ['"fire on"', "printer -fire", "printer water", "rinter"])
def test_other_words_do_not(covered: Cast, printer: Ticket, typed: str) -> None:
    assert numbers(covered.actor("agent"), typed) == set()


def test_what_is_written_later_is_found_and_what_is_gone_is_not(
    covered: Cast, printer: Ticket
) -> None:
    agent = covered.actor("agent")
    reply(actor=agent, ticket_id=printer.pk, text="Unplug it.", at=MONDAY)
    retitle(actor=agent, ticket_id=printer.pk, subject="Copier", at=MONDAY)
    assert numbers(agent, "unplug copier 1047") == {printer.number}
    assert numbers(agent, "printer") == set()


def test_notes_are_found_by_agents_alone(covered: Cast, printer: Ticket) -> None:
    note(actor=covered.actor("agent"), ticket_id=printer.pk, text="Insured twice.", at=MONDAY)
    assert numbers(covered.actor("agent"), "insured") == {printer.number}
    assert numbers(covered.actor("contact"), "insured") == set()
    assert numbers(covered.actor("contact"), "printer") == {printer.number}


def test_nobody_finds_what_they_do_not_see(covered: Cast, printer: Ticket) -> None:
    for name in ("stranger", "lone_contact"):
        found = find(covered.actor(name), "printer")
        assert found.lines == ()
    assert find(covered.actor("stranger"), "clara").people == ()
    private = Team.objects.create(name="Board", is_private=True)
    assign(
        actor=covered.actor("owner"),
        ticket_id=printer.pk,
        team_id=private.pk,
        assignee_id=None,
        at=MONDAY,
    )
    assert numbers(covered.actor("agent"), "printer") == set()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("org:acme", {"old", "new"}),
        ("org:ACM door", {"new"}),
        ("org:other", {"foreign"}),
        ("is:open", {"new", "foreign"}),
        ("is:resolved", {"old"}),
        ("is:unfinished org:acme", {"new"}),
        ("is:mine", {"new"}),
        ("is:unassigned", {"foreign"}),
        ("assignee:me", {"new"}),
        ("assignee:anton is:open", {"new"}),
        ("from:carl", {"old"}),
        ("priority:2", {"old", "new"}),
        ("tag:VIP", {"new"}),
        # Opened at 08:00 UTC on the 12th and the 19th.
        ("before:2026-10-19", {"old"}),
        ("after:2026-10-19", {"new", "foreign"}),
        ("after:2026-10-20", set()),
    ],
)
def test_operators_narrow(covered: Cast, typed: str, expected: set[str]) -> None:
    agent = covered.actor("agent")
    tickets = {
        "old": report(covered, "Window", name="colleague", at=MONDAY - 7 * DAY),
        "new": report(covered, "Door"),
        "foreign": report(covered, "Gate", name="stranger"),
    }
    new = tickets["new"].pk
    resolve(actor=agent, ticket_id=tickets["old"].pk, at=MONDAY - 6 * DAY)
    assign(actor=agent, ticket_id=new, team_id=None, assignee_id=agent.person_id, at=MONDAY)
    tag(actor=agent, ticket_id=new, names=["vip"], at=MONDAY)
    assert numbers(agent, typed) == {tickets[name].number for name in expected}


def test_a_day_begins_where_the_reader_is(covered: Cast) -> None:
    late = report(covered, "Door", at=datetime(2026, 10, 18, 22, 30, tzinfo=UTC))
    # Half past midnight on the 19th in Berlin.
    assert numbers(covered.actor("agent"), "after:2026-10-19") == {late.number}


def test_people_and_organisations_are_found_by_name_and_address(covered: Cast) -> None:
    found = find(covered.actor("agent"), "cla").people
    assert [(one.name, one.about) for one in found] == [("Clara", "clara@acme.example")]
    assert [one.organisation_id for one in find(covered.actor("agent"), "acme").people][:1] == [
        covered.acme.pk
    ]


def test_a_value_that_cannot_be_used_is_named() -> None:
    faults = read_sought('before:soon is:odd org:"" tag: door -team:a').faults
    wrong = [Fault(name, "value") for name in ("before", "is", "org", "tag")]
    assert faults == (*wrong, Fault("team", "not"))
    twice = read_sought("IS:open is:closed")
    assert twice.faults == (Fault("is", "twice"),)
    assert twice.operators == {"is": "closed"}
    assert read_sought("error:42").faults == ()


def test_there_are_five_statements_and_the_newest_come_first(covered: Cast) -> None:
    for number in range(55):
        report(covered, f"Door {number}")
    agent = covered.actor("agent")
    find(agent, "door")
    with CaptureQueriesContext(connection) as sent:
        found = find(agent, "door")
    assert len(sent) == 5
    assert (len(found.lines), found.more) == (50, True)
    assert [line.subject for line in found.lines[:2]] == ["Door 54", "Door 53"]


@pytest.mark.parametrize("walked", [0, 50_000])
def test_common_words_are_found_among_the_newest_and_by_their_index(
    covered: Cast, monkeypatch: pytest.MonkeyPatch, walked: int
) -> None:
    subjects = ("door lamp", "door", "lamp", "door", "lamp door")
    tickets = [report(covered, subject) for subject in subjects]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE desk_wording")
    # Four of five have the one, three the other; nothing begins with the last.
    assert shares(["doo", "lamp", "zebra"]) == pytest.approx({"doo": 0.8, "lamp": 0.6, "zebra": 0})
    monkeypatch.setattr(search_of, "WALKED", walked)
    agent = covered.actor("agent")
    assert numbers(agent, "door lamp") == {tickets[0].number, tickets[4].number}
    assert numbers(agent, "lamp -door") == {tickets[2].number}
    assert numbers(agent, "-lamp") == {tickets[1].number, tickets[3].number}
    assert numbers(agent, "door zebra") == set()


def test_very_long_words_are_kept_findable(covered: Cast) -> None:
    text = " ".join(f"{number:x}ü" for number in range(14_000))
    long = report(covered, "Log", text)
    reply(actor=covered.actor("agent"), ticket_id=long.pk, text=f"newest {text}", at=MONDAY)
    assert numbers(covered.actor("agent"), "newest") == {long.number}


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("a'\"\\:&|!()<->*:%_-\0 isorg:\u202e²"), max_size=30))
def test_nothing_that_is_typed_is_syntax(typed: str) -> None:
    desk = Actor(person_id=None, via="web")
    assert find(desk, typed).lines == ()


def test_a_priority_is_found_by_its_key_and_by_its_name(covered: Cast, printer: Ticket) -> None:
    agent = covered.actor("agent")
    for typed in ("priority:2", "priority:normal", "assignee:nobody", 'org:acme from:"clara"'):
        assert numbers(agent, typed) == {printer.number}
    assert numbers(agent, "priority:urgent") == set()


def test_a_value_that_nothing_is_called_is_named(covered: Cast, printer: Ticket) -> None:
    agent = covered.actor("agent")
    typed = "org:acne priority:grave assignee:zoe from:zoe team:zoo tag:zoo"
    assert find(agent, typed).unknown == ("assignee", "from", "org", "priority", "tag", "team")
    known = "org:acme priority:urgent assignee:anton from:stella team:support is:closed"
    assert find(agent, known).unknown == ()
    assert find(agent, "assignee:me tag:zoo").unknown == ("tag",)


def test_an_organisation_is_found_with_its_people(covered: Cast, printer: Ticket) -> None:
    agent = covered.actor("agent")
    assert {one.name for one in find(agent, "org:other").people} == {"Other", "Stella"}
    assert {one.name for one in find(agent, "org:acme cl").people} == {"Clara"}
    assert find(agent, "org:acme is:open").people == (), "tickets alone are open"
