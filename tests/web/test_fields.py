"""A desk's own fields on pages: set up, filled in by customers and agents, asked for before resolving."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.tickets.fill import fill
from duly.desk.tickets.field import Field, FieldValue
from duly.desk.tickets.ticket import Status, Ticket
from tests.desk.people import MONDAY, Cast
from tests.web.reading import hidden, page, words

LIST = "/desk/setup/fields/"


def made(people: Cast, name: str, kind: str = "text", **asked: object) -> Field:
    stated = Asked(name=name, **asked)  # type: ignore[arg-type]
    return add_field(actor=people.actor("owner"), kind=kind, asked=stated, at=MONDAY)


@pytest.fixture
def anton(people: Cast, client: Client, ticket: Ticket) -> Client:
    client.force_login(people.agent)
    return client


def at(ticket: Ticket, *path: str) -> str:
    return "/".join(["/desk/tickets", str(ticket.number), *path, ""])


def sent(client: Client, address: str, form: dict[str, str]) -> tuple[int, str]:
    answer = client.post(address, form, follow=True)
    return answer.status_code, answer.content.decode()


def test_one_is_made_moved_changed_retired_and_brought_back(people: Cast, client: Client) -> None:
    client.force_login(people.owner)
    assert "No fields yet" in page(client, LIST)
    form = {"name": "Product", "kind": "choice", "choices": "Door\r\n\r\nGate", "key": ""}
    status, html = sent(client, f"{LIST}new/", form | {"is_for_customers": "on"})
    assert (status, "Field added." in words(html)) == (200, True)
    sent(client, f"{LIST}new/", {"name": "Cause", "kind": "text", "is_required_to_resolve": "on"})
    cause = Field.objects.get(key="cause")
    _, html = sent(client, f"{LIST}{cause.pk}/up/", {})
    assert html.index(">Cause</a>") < html.index(">Product</a>")
    assert "one of several choices Door, Gate customers, on the form" in words(html)
    assert "words agents only before resolving cause" in words(html)
    sent(client, f"{LIST}{cause.pk}/", {"name": "Root cause"})
    cause.refresh_from_db()
    assert (cause.name, cause.key, cause.is_required_to_resolve) == ("Root cause", "cause", False)
    _, html = sent(client, f"{LIST}{cause.pk}/retire/", {})
    assert f"{LIST}{cause.pk}/bring-back/" in html
    assert "Nobody is asked for these any more" in words(html)
    sent(client, f"{LIST}{cause.pk}/bring-back/", {})
    assert "Nobody is asked for these any more" not in page(client, LIST)


def test_what_is_no_field_comes_back_with_what_was_typed(people: Cast, client: Client) -> None:
    client.force_login(people.owner)
    form = {"name": "Product", "kind": "choice", "key": "is", "choices": "Door"}
    status, html = sent(client, f"{LIST}new/", form)
    assert status == 422
    assert "That key is taken" in words(html)
    assert "Door</textarea>" in html
    assert 'value="choice" selected' in html
    assert not Field.objects.exists()


def test_the_form_asks_customers_for_what_is_open_to_them(
    people: Cast, client: Client, ticket: Ticket
) -> None:
    made(people, "Product", "choice", choices=["Door", "Gate"], is_for_customers=True)
    made(people, "Bought on", "date", is_for_customers=True, is_required_on_form=True)
    made(people, "Cause")
    client.force_login(people.contact)
    html = client.get("/tickets/new/").content.decode()
    assert "Product (if you know)" in words(html)
    assert "Cause" not in words(html)
    typed = {"subject": "A", "text": "Long words.", "priority": "2", "key": hidden(html, "key")}
    for wrong, problem in (
        ({}, "Fill in: Bought on."),
        ({"field-bought-on": "yesterday"}, "Bought on: write a date, such as 2026-11-30."),
        ({"field-bought-on": "2026-01-02", "field-product": "Moon"}, "Product: choose one"),
    ):
        status, html = sent(client, "/tickets/open/", typed | wrong)
        assert status == 422
        assert problem in words(html)
        assert "Long words.</textarea>" in html
    good = {"field-bought-on": "2026-01-02", "field-product": "Gate"}
    status, html = sent(client, "/tickets/open/", typed | good)
    assert status == 200
    assert "Product Gate Bought on Fri, 2 Jan 2026" in words(html)
    assert Ticket.objects.exclude(pk=ticket.pk).count() == 1


def test_agents_fill_fields_in_and_the_time_line_says_so(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    made(people, "Days_off", "number")
    made(people, "Signed", "yes_no")
    form = {"was-days-off": "", "field-days-off": "1234.5", "was-signed": "", "field-signed": "no"}
    status, html = sent(anton, at(ticket, "do", "fill"), form)
    assert (status, "Fields saved." in words(html)) == (200, True)
    assert "Anton set Days_off: 1,234.5" in words(html)
    assert "Anton set Signed: no" in words(html)
    assert 'name="field-days-off" type="number" step="any" value="1234.5"' in html
    sent(anton, at(ticket, "do", "fill"), {"was-signed": "no", "field-signed": ""})
    assert "Anton emptied Signed" in page(anton, at(ticket))
    assert "Anton set Days_off: 1,234.5" in page(anton, at(ticket, "evidence"))


def test_what_somebody_else_filled_in_meanwhile_is_not_put_back(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    made(people, "Cause")
    made(people, "Product")
    fill(actor=people.actor("lead"), ticket_id=ticket.pk, values={"cause": "Wind"}, at=MONDAY)
    stale = {"was-cause": "", "field-cause": "", "was-product": "", "field-product": "Door"}
    sent(anton, at(ticket, "do", "fill"), stale)
    current = FieldValue.objects.filter(ticket=ticket, is_current=True)
    assert dict(current.values_list("field__key", "text")) == {"cause": "Wind", "product": "Door"}


def test_what_cannot_be_used_stays_in_its_box(anton: Client, people: Cast, ticket: Ticket) -> None:
    made(people, "Days", "number")
    made(people, "Cause")
    form = {"was-days": "", "field-days": "many", "was-cause": "", "field-cause": "Wind & rain"}
    status, html = sent(anton, at(ticket, "do", "fill"), form)
    assert status == 422
    assert "Days: write a number" in words(html)
    assert 'value="many"' in html
    assert 'value="Wind &amp; rain"' in html
    assert not FieldValue.objects.exists()
    status, html = sent(anton, at(ticket, "do", "fill"), {"was-none": "", "field-none": "x"})
    assert (status, "There is no field none." in words(html)) == (422, True)


def test_resolving_asks_for_what_is_missing_on_the_same_page(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    made(people, "Cause", is_required_to_resolve=True)
    status, html = sent(anton, at(ticket, "step", "resolve"), {})
    assert status == 422
    assert f"Before ticket #{ticket.number} can be resolved, fill in: Cause." in words(html)
    assert 'maxlength="500" dir="auto" aria-invalid="true"' in html
    form = {"text": "It was the wind.", "key": "k", "then": "resolve"}
    status, html = sent(anton, at(ticket, "reply"), form)
    assert status == 422
    assert "It was the wind.</textarea>" in html
    sent(anton, at(ticket, "do", "fill"), {"was-cause": "", "field-cause": "Wind"})
    sent(anton, at(ticket, "step", "resolve"), {})
    assert Ticket.objects.get(pk=ticket.pk).status == Status.RESOLVED


def test_the_queue_is_filtered_and_searched_by_what_stands_in_a_field(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    made(people, "Product", "choice", choices=["Door", "Gate"])
    made(people, "Signed", "yes_no")
    values = {"product": "Gate", "signed": "no"}
    fill(actor=people.actor("lead"), ticket_id=ticket.pk, values=values, at=MONDAY)
    form = anton.get("/desk/filter/?field=product:Gate").content.decode()
    assert '<option value="product:Gate" selected>Product: Gate</option>' in form
    assert '<option value="signed:yes">Signed: yes</option>' in form
    for value, is_there in (("product:Gate", True), ("product:Door", False), ("signed:no", True)):
        shown = page(anton, f"/desk/?field={value}")
        assert (ticket.subject in shown) == is_there
    assert "Signed: no" in page(anton, "/desk/?field=signed:no")
    assert ticket.subject in page(anton, "/desk/search/?q=product:gate")
    assert ticket.subject not in page(anton, "/desk/search/?q=product:door")


def test_a_value_is_never_markup_nor_a_place_to_fill(
    anton: Client, people: Cast, ticket: Ticket
) -> None:
    made(people, "A {value} <b>")
    field = Field.objects.get()
    evil = "{field} %(x)s <script>alert(1)</script>"
    sent(anton, at(ticket, "do", "fill"), {f"was-{field.key}": "", f"field-{field.key}": evil})
    html = anton.get(at(ticket)).content.decode()
    assert "<script>alert" not in html
    assert f"Anton set A {{value}} <b>: {evil}" in words(html)


def test_the_pages_of_a_ticket_with_fields_send_at_most_twelve_statements(
    anton: Client,
    people: Cast,
    ticket: Ticket,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for name in ("Cause", "Product", "Serial"):
        made(people, name, is_for_customers=True)
    for number, values in enumerate(({"cause": "A", "serial": "1"}, {"cause": "B", "serial": ""})):
        fill(actor=people.actor("lead"), ticket_id=ticket.pk, values=values, at=now)
        assert FieldValue.objects.filter(ticket=ticket).count() == 2 + number
    with django_assert_max_num_queries(12):
        page(anton, at(ticket))
    anton.force_login(people.contact)
    for address in (f"/tickets/{ticket.number}/", "/tickets/new/"):
        with django_assert_max_num_queries(12):
            page(anton, address)
