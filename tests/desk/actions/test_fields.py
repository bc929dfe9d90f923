"""A desk's own fields: how they are set up, filled in, kept with their history, and asked for before resolving."""

from datetime import timedelta

import pytest

from duly.desk.actions.fields.define import (
    Asked,
    add_field,
    bring_field_back,
    change_field,
    move_field,
    retire_field,
)
from duly.desk.actions.tickets.fill import fill
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.reply import reply
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.clocks.clock import Clock
from duly.desk.errors import Invalid, NotAllowed, NotFound, Unfilled
from duly.desk.queries.agent_ticket import agent_ticket
from duly.desk.queries.customer_ticket import customer_ticket
from duly.desk.queries.fields import all_fields, fields_of_form
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.event import Event
from duly.desk.tickets.field import Field, FieldValue
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Status, Ticket
from tests.desk.people import MONDAY, Cast

MINUTE = timedelta(minutes=1)


def made(people: Cast, name: str, kind: str = "text", key: str = "", **asked: object) -> Field:
    stated = Asked(name=name, **asked)  # type: ignore[arg-type]
    return add_field(actor=people.actor("owner"), kind=kind, key=key, asked=stated, at=MONDAY)


def opened(people: Cast, **fields: str) -> Ticket:
    return open_ticket(
        actor=people.actor("contact"),
        subject="Door",
        text="Stuck.",
        priority="2",
        fields=fields,
        at=MONDAY,
    )


def filled(ticket: Ticket) -> dict[str, str]:
    rows = FieldValue.objects.filter(ticket=ticket, is_current=True)
    return dict(rows.values_list("field__key", "text"))


def put(people: Cast, ticket: Ticket, who: str = "agent", after: int = 1, **values: str) -> None:
    at = MONDAY + after * MINUTE
    fill(actor=people.actor(who), ticket_id=ticket.pk, values=values, at=at)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Product line", "product-line"),
        ("Größe", "groe"),
        ("製品", "field"),
        ("Team", "team-2"),
        ("3rd party", "field"),
    ],
)
def test_a_key_is_made_of_the_name_and_is_no_word_of_the_search(
    people: Cast, name: str, key: str
) -> None:
    assert made(people, name).key == key
    assert made(people, name).key != key


@pytest.mark.parametrize(
    ("wrong", "box"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "A", "kind": "colour"}, "kind"),
        ({"name": "A", "kind": "choice"}, "choices"),
        ({"name": "A", "kind": "choice", "choices": ["x" * 101]}, "choices"),
        ({"name": "A", "key": "Two words"}, "key"),
        ({"name": "A", "key": "org"}, "key"),
        ({"name": "A", "key": "cause"}, "key"),
    ],
)
def test_what_is_no_field_is_refused_with_the_box_that_is_wrong(
    people: Cast, wrong: dict[str, object], box: str
) -> None:
    made(people, "Cause")
    with pytest.raises(Invalid) as caught:
        made(people, **wrong)  # type: ignore[arg-type]
    assert caught.value.field == box
    assert Field.objects.count() == 1


def test_fields_are_asked_for_in_their_order_until_they_are_retired(people: Cast) -> None:
    boss = people.actor("owner")
    first, second, third = (made(people, name, is_for_customers=True) for name in "ABC")
    move_field(actor=boss, field_id=third.pk, step=-1, at=MONDAY)
    move_field(actor=boss, field_id=first.pk, step=-1, at=MONDAY)
    assert [field.name for field in fields_of_form()] == ["A", "C", "B"]
    retire_field(actor=boss, field_id=first.pk, at=MONDAY)
    assert [field.name for field in fields_of_form()] == ["C", "B"]
    assert [field.name for field in all_fields(boss)] == ["C", "B", "A"]
    bring_field_back(actor=boss, field_id=first.pk, at=MONDAY)
    change_field(
        actor=boss, field_id=second.pk, asked=Asked(name="B2", is_required_on_form=True), at=MONDAY
    )
    assert [field.name for field in fields_of_form()] == ["A", "C"], "B2 is for agents alone now"
    second.refresh_from_db()
    assert not second.is_required_on_form, "a form cannot require what it does not ask"
    acts = AuditEntry.objects.filter(subject_kind="field").order_by("pk")
    assert list(acts.values_list("act", flat=True))[3:] == [
        *["field_moved"] * 2,
        *("field_retired", "field_brought_back", "field_changed"),
    ]


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  SN  12\x00 ", "SN 12"),
        ("number", "012.50", "12.5"),
        ("number", "-0.0", "0"),
        ("number", "100", "100"),
        ("number", "0.25", "0.25"),
        ("date", "2026-11-30", "2026-11-30"),
        ("choice", "Red  wine", "Red wine"),
        ("yes_no", "no", "no"),
    ],
)
def test_a_value_is_kept_in_one_way_of_writing_it(
    covered: Cast, kind: str, typed: str, kept: str
) -> None:
    made(covered, "It", kind, choices=["Red wine", "Beer"])
    ticket = opened(covered)
    put(covered, ticket, it=typed)
    assert filled(ticket) == {"it": kept}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", "x" * 501),
        ("number", "12,5"),
        ("number", "1e3"),
        ("number", "٣"),
        ("number", "NaN"),
        ("number", "9" * 21),
        ("date", "30.11.2026"),
        ("date", "2026-02-30"),
        ("choice", "red wine"),
        ("choice", "Water"),
        ("yes_no", "true"),
    ],
)
def test_what_a_field_does_not_take_is_refused_and_nothing_is_kept(
    covered: Cast, kind: str, typed: str
) -> None:
    made(covered, "It", kind, choices=["Red wine", "Beer"])
    made(covered, "Other")
    ticket = opened(covered)
    with pytest.raises(Invalid) as caught:
        put(covered, ticket, other="fine", it=typed)
    assert caught.value.field == "field-it"
    assert filled(ticket) == {}


def test_each_change_is_in_the_history_with_the_value_of_then(covered: Cast) -> None:
    made(covered, "Cause", "choice", choices=["Wind", "Rain"])
    made(covered, "Days", "number")
    ticket = opened(covered)
    put(covered, ticket, cause="Wind", days="")
    put(covered, ticket, cause="Rain", days="2", after=2)
    put(covered, ticket, cause="Rain", days="2", after=3)
    put(covered, ticket, "light_agent", days="", after=4)
    assert filled(ticket) == {"cause": "Rain"}
    shown = agent_ticket(covered.actor("agent"), ticket.number, MONDAY + 5 * MINUTE)
    told = [(one.who, dict(one.facts)) for one in shown.entries if one.kind == "filled"]
    assert told == [
        ("Anton", {"field": "Cause", "kind": "choice", "value": "Wind"}),
        ("Anton", {"field": "Cause", "kind": "choice", "value": "Rain"}),
        ("Anton", {"field": "Days", "kind": "number", "value": "2"}),
        ("Lukas", {"field": "Days", "kind": "number"}),
    ]


def test_no_promise_moves_when_a_field_is_filled_in(covered: Cast) -> None:
    made(covered, "Cause", is_for_customers=True)
    with_it, without = opened(covered, cause="Wind"), opened(covered)
    put(covered, with_it, cause="Rain")

    def promised(ticket: Ticket) -> list[tuple[object, ...]]:
        rows = Clock.objects.filter(ticket=ticket).order_by("kind")
        return list(rows.values_list("kind", "cycle", "state", "due_at"))

    assert promised(with_it) == promised(without) != []


def test_a_choice_that_is_offered_no_more_may_stay_where_it_stands(covered: Cast) -> None:
    field = made(covered, "Cause", "choice", choices=["Wind", "Rain"])
    ticket = opened(covered)
    put(covered, ticket, cause="Wind")
    change_field(
        actor=covered.actor("owner"),
        field_id=field.pk,
        asked=Asked(name="Cause", choices=["Rain"]),
        at=MONDAY,
    )
    put(covered, ticket, cause="Wind", after=2)
    assert filled(ticket) == {"cause": "Wind"}
    with pytest.raises(Invalid):
        put(covered, opened(covered), cause="Wind")


def test_a_retired_field_keeps_its_values_and_takes_no_more(covered: Cast) -> None:
    field = made(covered, "Cause", is_for_customers=True, is_required_to_resolve=True)
    ticket, empty = opened(covered, cause="Wind"), opened(covered)
    retire_field(actor=covered.actor("owner"), field_id=field.pk, at=MONDAY)
    with pytest.raises(Invalid, match="no field cause"):
        put(covered, ticket, cause="Rain")
    agent = covered.actor("agent")
    shown = agent_ticket(agent, ticket.number, MONDAY).around.fields
    assert [(each.field.name, each.text) for each in shown] == [("Cause", "Wind")]
    assert agent_ticket(agent, empty.number, MONDAY).around.fields == ()
    resolve(actor=agent, ticket_id=empty.pk, at=MONDAY)


def test_customers_fill_in_on_the_form_what_is_open_to_them_and_see_no_more(covered: Cast) -> None:
    made(covered, "Serial", is_for_customers=True, is_required_on_form=True)
    made(covered, "Cause")
    ticket = opened(covered, serial=" 12 ")
    event = Event.objects.get(ticket=ticket, kind="opened")
    assert event.facts["filled"] == [FieldValue.objects.get(ticket=ticket).pk]
    put(covered, ticket, cause="Wind")
    shown = customer_ticket(covered.actor("contact"), ticket.number, MONDAY + MINUTE)
    assert [(each.field.name, each.text) for each in shown.fields] == [("Serial", "12")]
    assert not [entry for entry in shown.entries if entry.kind == "filled"]
    for wrong, box in (({}, "field-serial"), ({"serial": "1", "cause": "x"}, "fields")):
        with pytest.raises(Invalid) as caught:
            opened(covered, **wrong)
        assert caught.value.field == box
    assert Ticket.objects.count() == 1


def test_a_mail_and_an_agent_are_not_asked_for_what_the_form_requires(covered: Cast) -> None:
    made(covered, "Serial", is_for_customers=True, is_required_on_form=True)
    made(covered, "Cause")
    contact, agent = covered.actor("contact"), covered.actor("agent")
    by_mail = open_ticket(actor=contact, subject="A", text="B", channel="email", at=MONDAY)
    by_agent = open_ticket(
        actor=agent,
        requester_id=covered.contact.pk,
        subject="A",
        text="B",
        fields={"cause": "Wind"},
        at=MONDAY,
    )
    assert (filled(by_mail), filled(by_agent)) == ({}, {"cause": "Wind"})


def test_agents_resolve_nothing_before_it_is_filled_in_but_customers_do(covered: Cast) -> None:
    made(covered, "Cause", is_required_to_resolve=True)
    ticket, agent = opened(covered), covered.actor("agent")
    with pytest.raises(Unfilled, match="fill in: Cause"):
        resolve(actor=agent, ticket_id=ticket.pk, at=MONDAY)
    with pytest.raises(Unfilled):
        reply(actor=agent, ticket_id=ticket.pk, text="Done.", then="resolve", at=MONDAY)
    assert not Message.objects.filter(ticket=ticket, is_from_agent=True).exists()
    put(covered, ticket, cause="Wind")
    resolve(actor=agent, ticket_id=ticket.pk, at=MONDAY + MINUTE)
    assert Ticket.objects.get(pk=ticket.pk).status == Status.RESOLVED
    other = opened(covered)
    resolve(actor=covered.actor("contact"), ticket_id=other.pk, at=MONDAY)
    assert Ticket.objects.get(pk=other.pk).status == Status.RESOLVED


def test_only_who_sets_up_the_desk_makes_fields_and_no_customer_fills_one_in(covered: Cast) -> None:
    made(covered, "Cause", is_for_customers=True)
    for name in ("lead", "agent", "contact"):
        with pytest.raises(NotFound):
            add_field(actor=covered.actor(name), kind="text", asked=Asked(name="Mine"), at=MONDAY)
    ticket = opened(covered)
    for name, refusal in (("contact", NotAllowed), ("stranger", NotFound)):
        with pytest.raises(refusal):
            put(covered, ticket, name, cause="Wind")
