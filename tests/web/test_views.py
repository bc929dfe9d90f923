"""Filters and saved views in the browser: an address carries what is seen, and a name keeps it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.tickets.tag import tag
from duly.desk.actions.views.save import save_view
from duly.desk.tickets.saved_view import SavedView
from duly.desk.tickets.selection import Column, Filters, Selection, Sort
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import Cast
from tests.web.reading import page
from tests.web.test_queue import MOST_STATEMENTS, opened


def test_an_address_carries_filters_order_and_columns(
    people: Cast, ticket: Ticket, now: datetime, client: Client
) -> None:
    opened(people, now, "Everything is down", priority="1")
    client.force_login(people.agent)
    text = page(client, "/desk/?priority=1&sort=newest&columns=plan,opened")
    assert "Everything is down" in text
    assert "The report is empty" not in text
    assert "Without Priority" in text
    assert "Due Subject Plan Opened" in text
    assert "Basic" in text
    assert "Basic" not in page(client, "/desk/?priority=1&columns=-")


def test_a_form_leads_to_an_address_without_what_was_left_empty(
    people: Cast, client: Client
) -> None:
    client.force_login(people.agent)
    sent = "/desk/?due=&state=customer&tag=&sort=due&columns=&columns=customer&columns=number&x=1"
    answer = client.get(sent)
    assert answer["Location"] == "/desk/?state=customer&columns=customer%2Cnumber"
    everything = client.get("/desk/?due=&columns=")
    assert everything["Location"] == "/desk/?columns=-"


def test_the_form_offers_what_there_is_and_shows_what_is_set(
    people: Cast, ticket: Ticket, client: Client
) -> None:
    client.force_login(people.agent)
    html = client.get("/desk/filter/?priority=2&plan=small/basic").content.decode()
    assert '<option value="2" selected>2 · Normal</option>' in html
    assert '<option value="small/basic" selected>' in html
    assert f'<option value="{people.acme.pk}">Acme</option>' in html
    assert f'<option value="{people.team.pk}">Support</option>' in html


def test_what_is_seen_is_saved_renamed_changed_and_removed(
    people: Cast, ticket: Ticket, client: Client
) -> None:
    client.force_login(people.agent)
    sent = {"name": "Urgent ones", "audience": str(people.team.pk), "priority": "1"}
    address = client.post("/desk/views/save/", sent)["Location"]
    view = SavedView.objects.get()
    assert address == f"/desk/views/{view.pk}/"
    assert "Urgent ones" in page(client, address)

    client.post(f"{address}select/", {"priority": "2"})
    assert "The report is empty" in page(client, address)
    client.post(f"{address}edit/", {"name": "Normal ones", "audience": "nobody"})
    assert "Normal ones" in page(client, "/desk/views/")
    html = client.post(f"{address}remove/", follow=True).content.decode()
    assert f'action="{address}restore/"' in html
    page(client, address, status=404)
    client.post(f"{address}restore/")
    page(client, address)


def test_a_changed_filter_may_be_saved_as_the_view_it_began_with(
    people: Cast, ticket: Ticket, client: Client
) -> None:
    client.force_login(people.agent)
    actor, selection = people.actor("agent"), Selection(Filters(priority="1"))
    view = save_view(actor=actor, name="Urgent ones", selection=selection, at=ticket.opened_at)
    assert "Save this view" not in page(client, f"/desk/views/{view.pk}/")
    text = page(client, f"/desk/?priority=2&view={view.pk}")
    assert "Save the change" in text
    assert "Save this view" in text
    client.force_login(people.second_agent)
    page(client, f"/desk/?priority=2&view={view.pk}", status=404)


def test_a_refused_name_saves_nothing(people: Cast, client: Client) -> None:
    client.force_login(people.agent)
    assert client.post("/desk/views/save/", {"name": " "}).status_code == 409
    assert client.post("/desk/views/save/", {"name": "x", "audience": "?"}).status_code == 404
    assert not SavedView.objects.exists()


def test_the_next_fifty_begin_behind_the_last(
    people: Cast, ticket: Ticket, now: datetime, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("duly.desk.queries.queue.SIZE", 2)
    for number in range(2):
        opened(people, now + timedelta(minutes=number), f"Number {number}")
    client.force_login(people.agent)
    html = client.get("/desk/?sort=oldest").content.decode()
    assert "Number 1" not in html
    after = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    rest = page(client, f"/desk/{after}")
    assert "Number 1" in rest
    assert "Number 0" not in rest
    assert "Here the queue ends" in rest


def test_every_filter_at_once_stays_within_the_statements(
    people: Cast,
    ticket: Ticket,
    now: datetime,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    tag(actor=people.actor("agent"), ticket_id=ticket.pk, names=["t"], at=now)
    everything = Filters(
        priority="2",
        plan="small",
        organisation=str(people.acme.pk),
        team="none",
        assignee="nobody",
        state="open",
        due="3d",
        opened="7d",
        channel="web",
    )
    selection = Selection(everything, Sort.CRITICAL, tuple(Column))
    actor = people.actor("agent")
    view = save_view(actor=actor, name="All", selection=selection, at=now)
    client.force_login(people.agent)
    for address in (f"/desk/views/{view.pk}/", "/desk/filter/?tag=t", "/desk/views/"):
        page(client, address)
        with django_assert_max_num_queries(MOST_STATEMENTS):
            text = page(client, address)
    assert "All" in text
    assert "The report is empty" in page(client, f"/desk/views/{view.pk}/")
