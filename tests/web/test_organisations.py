"""Customers as agents keep them up: the list, an organisation, a person, and what is agreed with them."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.people._person import new_person
from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.people.set_domains import set_domains
from duly.desk.actions.tickets.note import note
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.named_person import NamedPerson
from duly.desk.agreements.subscription import Binding, Subscription
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person
from duly.desk.people.standard_roles import LONE_CONTACT
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.ticket import Ticket
from tests.conftest import Clock
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds, published, subscribed
from tests.web.conftest import set_clock
from tests.web.reading import page, words

LIST = "/desk/organisations/"
TWO_PLANS = (
    SMALL
    + """
  gold:
    name: Gold
    base: basic
    targets: {first_response: {1: 1 hour, 2: 4 business hours, 3: best effort}}
addons: {weekend: {name: Weekend cover, price: by contract}}
"""
)


@pytest.fixture
def lead(people: Cast, client: Client) -> Client:
    client.force_login(people.lead)
    return client


@pytest.fixture
def held(people: Cast, clock: Clock) -> Subscription:
    set_clock(clock, MONDAY + timedelta(minutes=1))  # what changes it comes after its beginning
    return acme_holds(people, TWO_PLANS)


def at(people: Cast, *path: object) -> str:
    return "/".join([f"{LIST}{people.acme.pk}", *map(str, path), ""])


def keep(client: Client, people: Cast, verb: str, **sent: str) -> tuple[int, str]:
    answer = client.post(at(people, "keep", verb), sent, follow=True)
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.slow
def test_ten_thousand_are_a_page_of_a_hundred_and_a_search(
    lead: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Organisation.objects.bulk_create(
        Organisation(name=f"Customer {number:05}", created_at=MONDAY) for number in range(10_000)
    )
    lead.get(LIST)
    with django_assert_max_num_queries(5):
        html = lead.get(LIST).content.decode()
    assert html.count("data-row") == 100
    following = html.split('rel="next" href="')[1].split('"')[0]
    assert "Customer 00099" in page(lead, unescape(following))
    text = page(lead, f"{LIST}?q=customer+0777")
    assert "Customer 07779" in text
    assert "Customer 08000" not in text


def test_an_organisation_is_added_and_what_is_wrong_comes_back(lead: Client) -> None:
    sent = {"name": "Globex", "zone": "Mars/Olympus", "domains": "globex.example"}
    answer = lead.post(f"{LIST}new/", sent)
    assert answer.status_code == 422
    assert 'value="Mars/Olympus"' in answer.content.decode()
    sent["zone"] = "Europe/Paris"
    text = words(lead.post(f"{LIST}new/", sent, follow=True).content.decode())
    assert "Globex" in text
    assert Organisation.objects.get(name="Globex").domains == ["globex.example"]


def test_the_search_box_of_the_workspace_stays_empty(lead: Client, people: Cast) -> None:
    for address in (LIST, at(people), f"/desk/people/{people.contact.pk}/"):
        assert 'maxlength="200" value="" placeholder="Search"' in lead.get(address).content.decode()


def test_zone_and_domains_are_kept_up(lead: Client, people: Cast) -> None:
    assert keep(lead, people, "zone", zone="Asia/Tokyo")[0] == 200
    keep(lead, people, "domains", domains="acme.example, acme.test")
    people.acme.refresh_from_db()
    assert (people.acme.zone, people.acme.domains) == (
        "Asia/Tokyo",
        ["acme.example", "acme.test"],
    )
    status, html = keep(lead, people, "domains", domains="gmail.com")
    assert status == 422
    assert 'value="gmail.com"' in html


def test_contacts_are_invited_listed_made_technical_and_parted(lead: Client, people: Cast) -> None:
    new = {"name": "Nora", "email": "nora@acme.example", "role": "contact"}
    lead.post(at(people, "invite"), new)
    assert "Lena added you to Acme at the support desk" in mail.outbox[0].body
    assert "/account/password/reset/key/" in mail.outbox[0].body
    nora = Membership.objects.get(person__name="Nora")
    who = str(nora.person_id)
    keep(lead, people, "list", person=who, move="on")
    keep(lead, people, "technical", person=who, is_one="yes")
    nora.refresh_from_db()
    assert (nora.support_position, nora.is_technical_contact) == (1, True)
    keep(lead, people, "part", person=who)
    assert not Membership.objects.filter(pk=nora.pk).exists()
    wrong = lead.post(at(people, "invite"), new | {"email": "no address"})
    assert wrong.status_code == 422
    assert 'value="no address"' in wrong.content.decode()
    assert len(mail.outbox) == 1, "nobody else was written to"


def test_an_account_is_closed_with_a_way_back(lead: Client, people: Cast) -> None:
    html = keep(lead, people, "close")[1]
    assert at(people, "keep", "reopen") in html
    keep(lead, people, "reopen")
    people.acme.refresh_from_db()
    assert people.acme.is_active


def test_a_remark_is_left_and_removed_with_a_way_back(lead: Client, people: Cast) -> None:
    html = keep(lead, people, "remark", text="Calls **often**.")[1]
    assert "<strong>often</strong>" in html
    removal = html.split('action="/desk/remarks/')[1].split('"')[0]
    gone = lead.post(f"/desk/remarks/{removal}", follow=True).content.decode()
    assert "<strong>often</strong>" not in gone
    back = gone.split('action="/desk/remarks/')[1].split('"')[0]
    assert "often" in words(lead.post(f"/desk/remarks/{back}", follow=True).content.decode())


def test_an_agent_without_the_right_reads_and_remarks_only(client: Client, people: Cast) -> None:
    client.force_login(people.agent)
    html = client.get(at(people)).content.decode()
    assert "Invite a contact" not in html
    assert "Subscribe to a plan" not in html
    assert "Leave the remark" in html
    assert client.post(at(people, "keep", "zone"), {"zone": "Asia/Tokyo"}).status_code == 404


def test_a_person_has_a_page_and_is_let_in_no_longer_and_again(
    lead: Client, people: Cast, ticket: Ticket
) -> None:
    address = f"/desk/people/{people.contact.pk}/"
    text = page(lead, address)
    for expected in ("Clara", "clara@acme.example", "Acme", ticket.subject):
        assert expected in text
    html = lead.post(f"{address}deactivate/", follow=True).content.decode()
    assert f"{address}reactivate/" in html
    assert not Person.objects.get(pk=people.contact.pk).is_active
    lead.post(f"{address}reactivate/")
    assert Person.objects.get(pk=people.contact.pk).is_active


def test_another_address_is_proved_by_a_link_before_anybody_signs_in_with_it(
    lead: Client, people: Cast
) -> None:
    people.contact.set_password("correct horse battery")
    people.contact.save()
    hers = Client()
    hers.force_login(people.contact)
    address = f"/desk/people/{people.contact.pk}/address/"
    for taken in (people.colleague.email, "no address"):
        answer = lead.post(address, {"email": taken})
        assert answer.status_code == 422
        assert f'value="{taken}"' in answer.content.decode()
    text = lead.post(address, {"email": " Clara@New.Example "}, follow=True).content.decode()
    assert "A link to choose a password is on its way to clara@new.example." in words(text)
    clara = Person.objects.get(pk=people.contact.pk)
    assert (clara.email, clara.has_usable_password()) == ("clara@new.example", False)
    assert hers.get("/tickets/").status_code == 302, "her sessions ended"
    (sent,) = mail.outbox
    assert sent.to == ["clara@new.example"]
    assert "/account/password/reset/key/" in sent.body
    assert (
        lead.post(f"/desk/people/{people.agent.pk}/address/", {"email": "a@b.example"}).status_code
        == 403
    )


def test_the_mark_of_an_address_is_taken_away_where_it_stands(
    client: Client, people: Cast, ticket: Ticket, now: datetime
) -> None:
    marked = Person.objects.filter(pk=people.contact.pk)
    client.force_login(people.agent)
    for where, sent in (
        (f"/desk/people/{people.contact.pk}/", {}),
        (f"/desk/tickets/{ticket.number}/", {"ticket": str(ticket.number)}),
    ):
        marked.update(unreached_at=now, unreached_because="550 5.1.1 nobody here")
        assert "550 5.1.1 nobody here" in page(client, where)
        unmark = f"/desk/people/{people.contact.pk}/unmark/"
        assert f'action="{unmark}"' in client.get(where).content.decode()
        assert client.post(unmark, sent)["Location"] == where
        assert "Mail comes back" not in page(client, where)
    assert set(marked.values_list("unreached_at", "unreached_because")) == {(None, "")}
    assert AuditEntry.objects.filter(act="address_unmarked", person=people.agent).count() == 2

    marked.update(unreached_at=now)
    client.force_login(people.light_agent)
    assert "Take the mark away" not in page(client, f"/desk/people/{people.contact.pk}/")
    assert client.post(f"/desk/people/{people.contact.pk}/unmark/").status_code == 403


def test_a_stranger_from_a_domain_of_a_customer_is_suggested_and_not_let_in(
    lead: Client, people: Cast
) -> None:
    set_domains(
        actor=people.actor("lead"),
        organisation_id=people.acme.pk,
        domains=["acme.test"],
        at=MONDAY,
    )
    nora = new_person(email="nora@acme.test", name="Nora", zone="UTC", language="en", at=MONDAY)
    address = f"/desk/people/{nora.pk}/"
    text = page(lead, address)
    assert "They write from acme.test, a domain of Acme" in text
    assert not Membership.objects.filter(person=nora).exists()
    sent = {"email": nora.email, "name": nora.name, "role": LONE_CONTACT}
    lead.post(f"/desk/organisations/{people.acme.pk}/invite/", sent)
    assert Membership.objects.get(person=nora).organisation == people.acme
    assert "They write from" not in page(lead, address)


def test_nobody_else_is_suggested(lead: Client, people: Cast) -> None:
    boss = people.actor("lead")
    for organisation, domain in ((people.acme, "desk.example"), (people.other, "acme.example")):
        set_domains(actor=boss, organisation_id=organisation.pk, domains=[domain], at=MONDAY)
    of = "not.acme.example"
    nora = new_person(email=f"nora@{of}", name="Nora", zone="UTC", language="en", at=MONDAY)
    for person in (people.agent, people.contact, nora):
        assert "They write from" not in page(lead, f"/desk/people/{person.pk}/")


def test_another_plan_is_looked_at_before_it_is_agreed(
    lead: Client, people: Cast, held: Subscription
) -> None:
    address = at(people, "subscriptions", held.pk)
    sent = {"picked": "gold", "from_on": "2026-11-02"}
    before = Binding.objects.count()
    seen = words(lead.post(f"{address}move/", sent | {"look": "1"}).content.decode())
    assert "What would change" in seen
    assert "Urgent, First answer: reported" in seen
    assert Binding.objects.count() == before, "looking changes nothing"
    lead.post(f"{address}move/", sent)
    coming = Binding.objects.latest("pk")
    # Midnight of 2 November in Berlin, in winter time.
    assert (coming.plan, coming.from_at.isoformat()) == ("gold", "2026-11-01T23:00:00+00:00")
    assert "Agreed for later" in page(lead, address)


def test_add_ons_amendments_and_the_end_are_agreed(
    lead: Client, people: Cast, held: Subscription
) -> None:
    address = at(people, "subscriptions", held.pk)
    day = {"from_on": "2026-10-19"}
    lead.post(f"{address}add/", day | {"picked": "weekend", "units": "2"})
    assert "Weekend cover 2 units" in page(lead, address)
    lead.post(f"{address}drop/", day | {"picked": "weekend"})
    path = {"path": "targets.first_response.1", "value": "1 hour", "reason": "Contract 7"}
    lead.post(f"{address}amend/", day | path)
    text = page(lead, address)
    assert "Weekend cover 2" not in text
    assert "Contract 7" in text
    lead.post(f"{address}end/", {"from_on": "2026-12-31"})
    held.refresh_from_db()
    assert held.to_on == date(2026, 12, 31)


def test_what_was_agreed_for_later_is_taken_back_by_its_button_and_by_undo(
    lead: Client, people: Cast, held: Subscription
) -> None:
    address = at(people, "subscriptions", held.pk)
    agreed = lead.post(
        f"{address}move/", {"picked": "gold", "from_on": "2026-11-02"}, follow=True
    ).content.decode()
    assert agreed.count(f'action="{address}back/"') == 2, "in the toast and beside what is agreed"
    assert "Agreed for later" in words(agreed)
    assert "Agreed for later" not in words(
        lead.post(f"{address}back/", follow=True).content.decode()
    )


def test_a_change_by_which_tickets_count_says_that_it_is_final(
    lead: Client, people: Cast, held: Subscription
) -> None:
    actor = people.actor("contact")
    ticket = open_ticket(actor=actor, subject="Ink", text="Out.", priority="2", at=MONDAY)
    address = at(people, "subscriptions", held.pk)
    sent = {"picked": "gold", "from_on": "2026-10-19"}
    looked = words(lead.post(f"{address}move/", sent | {"look": "1"}).content.decode())
    # Opened at ten in Berlin as Normal: eight open hours end on Tuesday at ten, four at two; Berlin is two hours ahead.
    assert "1 open ticket is counted anew" in looked
    assert (
        f"#{ticket.number} {ticket.subject} First answer Tue, 20 Oct 2026, 08:00 UTC "
        "Mon, 19 Oct 2026, 12:00 UTC earlier"
    ) in looked
    done = lead.post(f"{address}move/", sent, follow=True).content.decode()
    assert f"Agreed. Ticket #{ticket.number} counts by it, so it is final" in words(done)
    assert f'action="{address}back/"' not in done


def test_an_end_is_looked_at_and_undone(lead: Client, people: Cast, held: Subscription) -> None:
    address = at(people, "subscriptions", held.pk)
    sent = {"from_on": "2026-12-31"}
    looked = words(lead.post(f"{address}end/", sent | {"look": "1"}).content.decode())
    assert "from Thu, 31 Dec 2026, 23:00 UTC" in looked, "midnight in Berlin"
    assert "promised nothing by this subscription" in looked
    assert "Urgent, First answer: reported Fri, 1 Jan 2027, 08:00 UTC: nothing instead of" in looked
    held.refresh_from_db()
    assert held.to_on is None
    done = lead.post(f"{address}end/", sent, follow=True).content.decode()
    assert f'action="{address}end/?from_on="' in done
    lead.post(f"{address}end/?from_on=")
    held.refresh_from_db()
    assert held.to_on is None


def test_whom_the_plan_names_is_looked_at_and_undone(
    lead: Client, people: Cast, clock: Clock
) -> None:
    set_clock(clock, MONDAY)
    place = "    people: {manager: {title: Manager, primary_contact: true}}\n"
    held = subscribed(people, published(people, SMALL + place))
    address, sent = at(people, "subscriptions", held.pk), {"picked": f"manager:{people.agent.pk}"}
    looked = words(lead.post(f"{address}appoint/", sent | {"look": "1"}).content.decode())
    assert "Manager: Anton instead of nobody." in looked
    assert "No promise changes." in looked
    assert not NamedPerson.objects.exists()
    done = lead.post(f"{address}appoint/", sent, follow=True).content.decode()
    assert f'action="{address}appoint/?picked=manager%3A"' in done
    lead.post(f"{address}appoint/?picked=manager%3A")
    assert not NamedPerson.objects.exists()


def test_what_cannot_be_agreed_comes_back_with_the_reason(
    lead: Client, people: Cast, held: Subscription
) -> None:
    address = at(people, "subscriptions", held.pk)
    answer = lead.post(
        f"{address}amend/",
        {"path": "targets.nothing.1", "value": "1 hour", "reason": "X", "from_on": "2026-11-01"},
    )
    assert answer.status_code == 422
    assert 'value="targets.nothing.1"' in answer.content.decode()
    assert "Say from which day on." in words(
        lead.post(f"{address}move/", {"picked": "gold"}).content.decode()
    )


def test_a_customer_is_subscribed_to_a_plan(lead: Client, people: Cast, now: datetime) -> None:
    version = published(people, TWO_PLANS)
    sent = {"picked": f"{version.pk}:gold", "from_on": "2026-10-19", "look": "1"}
    looked = words(lead.post(at(people, "subscribe"), sent).content.decode())
    # Midnight in Berlin; the first report within office hours is at nine, and Gold answers Urgent within the hour.
    assert "Urgent, First answer: reported Mon, 19 Oct 2026, 07:00 UTC" in looked
    assert "due Mon, 19 Oct 2026, 08:00 UTC; so far nothing is promised" in looked
    assert not Subscription.objects.exists()
    answer = lead.post(
        at(people, "subscribe"),
        {"picked": f"{version.pk}:gold", "from_on": "2026-10-19"},
        follow=True,
    )
    assert "Gold" in words(answer.content.decode())
    wrong = lead.post(at(people, "subscribe"), {"picked": "x:y", "from_on": "2026-10-19"})
    assert wrong.status_code == 404


def test_an_empty_form_subscribes_nobody_and_says_why(lead: Client, people: Cast) -> None:
    answer = lead.post(at(people, "subscribe"), {})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Subscribed." not in html
    assert "Say from which day on." in html
    assert not Subscription.objects.exists()


def test_all_subscriptions_with_their_allowances_stay_within_twelve_statements(
    lead: Client, people: Cast, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    allowances = (
        "    allowances: {incidents: 9 per month, visits: 2 per year, calls: 3 per quarter}\n"
    )
    version = published(people, SMALL + allowances)
    for _ in range(3):
        subscribed(people, version)
    page(lead, "/desk/setup/subscriptions/")  # terms are loaded once
    with django_assert_max_num_queries(12):
        text = page(lead, "/desk/setup/subscriptions/")
    assert text.count("0 of 9 incidents") == 3
    assert text.count("0 of 2 visits") == 3


def test_search_finds_people_and_organisations_beside_tickets(
    lead: Client, people: Cast, ticket: Ticket
) -> None:
    html = lead.get("/desk/search/?q=clara").content.decode()
    assert f'href="/desk/people/{people.contact.pk}/"' in html
    assert (
        f'href="/desk/organisations/{people.acme.pk}/"'
        in lead.get("/desk/search/?q=acme").content.decode()
    )


def test_customers_search_their_own_tickets_and_no_notes(
    client: Client, people: Cast, ticket: Ticket, now: datetime
) -> None:
    note(actor=people.actor("agent"), ticket_id=ticket.pk, text="Grumpy.", at=now + timedelta())
    client.force_login(people.contact)
    assert "The report is empty" in page(client, "/tickets/search/?q=report")
    assert "Nothing was found" in page(client, "/tickets/search/?q=grumpy")
    assert "The report is empty" in page(client, "/tickets/search/?q=report+assignee:berta")
    client.force_login(people.stranger)
    assert "Nothing was found" in page(client, "/tickets/search/?q=report")
    assert "Nothing was found" in page(client, f"/tickets/search/?q=%23{ticket.number}")
    client.force_login(people.contact)
    assert client.get(f"/tickets/search/?q=%23{ticket.number}").status_code == 302


def test_whoever_works_on_the_desk_too_searches_the_portal_as_a_customer(
    client: Client, people: Cast, ticket: Ticket, now: datetime
) -> None:
    invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.other.pk,
        email=people.agent.email,
        name="Anton",
        at=now,
    )
    client.force_login(people.agent)
    assert "The report is empty" in page(client, "/desk/search/?q=report")
    assert "Nothing was found" in page(client, "/tickets/search/?q=report")


COUNTS_ON_THEM = (
    SMALL.replace("1: 2 hours, 2", "1: 2 business hours on customer, 2").replace(
        "2: 8 business hours, 3: best", "2: 8 hours on window, 3: best"
    )
    + """
choices: {window: {label: Support window, of: [office, late]}}
"""
)
LATE = COUNTS_ON_THEM.replace(
    "calendars: {office:",
    'calendars: {late: {zone: Europe/Berlin, week: {mon-fri: "13:00-21:00"}}, office:',
)


def test_whoever_subscribes_a_customer_is_asked_for_their_hours_and_choices(
    lead: Client, people: Cast, now: datetime
) -> None:
    version = published(people, LATE)
    sent = {"picked": f"{version.pk}:basic", "from_on": "2026-10-19"}
    assert "Say their hours" in page(lead, at(people, "subscribe"))
    refused = words(lead.post(at(people, "subscribe"), sent).content.decode())
    assert "This plan counts in the customer's own hours. Say those first." in unescape(refused)

    hours = {"zone": "Europe/Berlin", "from_on": "2026-10-19", "mon": "08:00-12:00"}
    looked = lead.post(at(people, "hours"), {**hours, "look": "1"}).content.decode()
    assert "Nothing is changed yet" in words(looked)
    assert Organisation.objects.get(pk=people.acme.pk).calendar is None
    wrong = lead.post(at(people, "hours"), {**hours, "mon": "eight"})
    assert wrong.status_code == 422
    lead.post(at(people, "hours"), hours)
    assert "Mon 08:00-12:00 (Europe/Berlin)" in page(lead, at(people))

    refused = words(lead.post(at(people, "subscribe"), sent).content.decode())
    assert "This plan lets the customer choose: Support window. Say which one." in refused
    assert "late: Mon-Fri 13:00-21:00 (Europe/Berlin)" in refused
    assert not Subscription.objects.exists()
    assert lead.post(at(people, "subscribe"), {**sent, "choice-window": "late"}).status_code == 302
    it = Subscription.objects.get()
    assert Binding.objects.get(subscription=it).made_from["choices"] == {"window": "late"}

    address = at(people, "subscriptions", it.pk)
    assert "Support window late: Mon-Fri 13:00-21:00" in page(lead, address)
    lead.post(f"{address}choose/", {"picked": "window:office", "from_on": "2026-10-19"})
    assert "Support window office: Mon-Fri 09:00-17:00" in page(lead, address)


def test_a_subscription_begins_by_itself_on_the_customers_own_date(
    lead: Client, people: Cast, clock: Clock
) -> None:
    # 23:30 on Sunday in London is Monday in Berlin, where Acme is.
    set_clock(clock, datetime(2026, 11, 1, 23, 30, tzinfo=UTC))
    assert 'value="2026-11-02"' in lead.get(at(people, "subscribe")).content.decode()


def test_only_whoever_keeps_up_people_says_their_hours(client: Client, people: Cast) -> None:
    client.force_login(people.agent)
    assert client.get(at(people, "hours")).status_code == 404
    assert "Change the hours" not in page(client, at(people))
