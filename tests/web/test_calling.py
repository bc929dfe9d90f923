"""An agent opens a ticket for a customer: who it is, what they are promised, what is kept when it cannot be opened."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.fields.define import Asked, add_field
from duly.desk.actions.people.bring_in import bring_in
from duly.desk.actions.people.deactivate import deactivate
from duly.desk.actions.people.organise import add_team
from duly.desk.actions.people.set_domains import set_domains
from duly.desk.clocks.clock import Clock
from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.people.standard_roles import LONE_CONTACT
from duly.desk.tickets.answer import Answer
from duly.desk.tickets.attachment import Attachment
from duly.desk.tickets.event import Event
from duly.desk.tickets.field import FieldValue
from duly.desk.tickets.message import Message
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds
from tests.web.reading import hidden, page, words

HALF_AN_HOUR = timedelta(minutes=30)
NEW, OPEN = "/desk/tickets/new/", "/desk/tickets/open/"
CALLERS, PROMISED = f"{NEW}callers/", f"{NEW}promised/"
BY_PHONE = SMALL.replace(
    "first_response: {1: 2 hours,",
    "first_response: {1: [{within: 30 minutes, when: {channel: phone}}, {within: 2 hours}],",
).replace(
    "    hours: office\n",
    "    hours: office\n    requires: [priority]\n    allowances: {incidents: 4 per month}\n",
)
"""Who calls about something urgent is answered sooner; there are four incidents a month."""
ASKING = BY_PHONE + "intake: {fields: [{key: steps, label: Steps, required: always}]}\n"
JUDGED = SMALL.replace("    hours: office\n", "    hours: office\n    priority_set_by: provider\n")


@pytest.fixture
def agent(people: Cast, client: Client, now: datetime) -> Client:
    client.force_login(people.agent)
    return client


def call(client: Client, **fields: object) -> dict[str, object]:
    key = hidden(client.get(NEW).content.decode(), "key")
    told = {"subject": "No mail arrives", "text": "Since noon.", "channel": "phone", "key": key}
    return told | fields


def test_a_ticket_is_opened_for_whoever_is_on_the_phone(agent: Client, people: Cast) -> None:
    acme_holds(people, BY_PHONE)
    form = call(agent, who=f"p{people.contact.pk}", priority="1")
    text = words(agent.post(OPEN, form, follow=True).content.decode())
    assert "The customer is told by mail" in text
    ticket = Ticket.objects.get()
    # Callers are promised half an hour.
    assert Clock.objects.get(kind="first_response").due_at == ticket.opened_at + HALF_AN_HOUR
    assert (ticket.requester, ticket.channel) == (people.contact, "phone")
    event = Event.objects.get(ticket=ticket)
    assert (event.person, event.facts["by"]) == (people.agent, "agent")
    assert Message.objects.get().author == people.contact


def test_the_form_sent_twice_makes_one_ticket(agent: Client, people: Cast) -> None:
    form = call(agent, who="new", email="jo@new.example", name="Jo")
    first, second = (agent.post(OPEN, form)["Location"] for _ in range(2))
    assert first == second
    assert Ticket.objects.get().requester == Person.objects.get(email="jo@new.example")


@pytest.mark.parametrize("typed", ["cla", "clara@acme.example", "acme", "acme clara"])
def test_people_are_found_by_name_address_and_organisation(
    typed: str, agent: Client, people: Cast
) -> None:
    text = page(agent, f"{CALLERS}?find={typed}")
    assert "Clara" in text
    assert "Acme · clara@acme.example" in text
    assert "Stella" not in text


def test_whoever_has_a_place_is_found_by_its_name_whatever_their_address(
    agent: Client, people: Cast
) -> None:
    agents = people.actor("agent")
    acme = people.acme.pk
    bring_in(actor=agents, email="jo@home.example", name="Jo", organisation_id=acme, at=MONDAY)
    for typed in ("acme", "acme jo"):
        assert "jo@home.example" in page(agent, f"{CALLERS}?find={typed}")


def test_of_a_known_domain_somebody_new_is_suggested_for_its_organisation(
    agent: Client, people: Cast
) -> None:
    owner = people.actor("owner")
    set_domains(
        actor=owner, organisation_id=people.acme.pk, domains=["customer.example"], at=MONDAY
    )
    text = page(agent, f"{CALLERS}?find=jo@customer.example")
    assert "Somebody new at Acme" in text
    assert "Nobody is known by that" not in page(agent, f"{CALLERS}?find=acme")


def test_whom_nobody_may_reach_or_who_only_works_here_is_not_suggested(
    agent: Client, people: Cast
) -> None:
    deactivate(actor=people.actor("owner"), person_id=people.contact.pk, at=MONDAY)
    assert "Nobody is known by that" in page(agent, f"{CALLERS}?find=clara")
    assert "Nobody is known by that" in page(agent, f"{CALLERS}?find=anton")


def test_nothing_is_looked_for_by_one_letter(agent: Client) -> None:
    assert "Clara" not in page(agent, f"{CALLERS}?find=c")


def test_somebody_new_gets_a_place_and_sees_their_own_tickets_there(
    agent: Client, people: Cast
) -> None:
    acme_holds(people)
    form = call(agent, who=f"o{people.acme.pk}", email="Jo@Acme.example", name="Jo", priority="2")
    text = words(agent.post(OPEN, form, follow=True).content.decode())
    assert "8 h left" in text
    place = Membership.objects.get(person__email="jo@acme.example")
    assert (place.organisation, place.role.key) == (people.acme, LONE_CONTACT)
    assert Ticket.objects.get().requester == place.person


def test_an_address_that_is_known_is_whose_it_is(agent: Client, people: Cast) -> None:
    acme_holds(people)
    new = {"who": f"o{people.acme.pk}", "email": "clara@acme.example", "name": "C"}
    agent.post(OPEN, call(agent, **new, priority="2"))
    assert Ticket.objects.get().requester == people.contact
    assert Membership.objects.get(person=people.contact).role.key != LONE_CONTACT


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"who": ""}, "Say for whom it is."),
        ({"who": "p999999"}, "Choose one of those that were found."),
        ({"who": "o999999"}, "Choose one of those that were found."),
        ({"who": "new"}, "Write down where they can be reached."),
        ({"who": "new", "email": "jo at home", "priority": ""}, "is no e-mail address"),
        ({"subject": ""}, "Give it a subject"),
        ({"text": ""}, "Write down what they told you."),
        ({"priority": ""}, "Say how severe it is."),
        ({"priority": "9"}, "Choose one of the levels."),
        ({"channel": "owl"}, "Select a valid choice"),
        ({"team": "999999"}, "There is no such team."),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_is_kept(
    wrong: dict[str, str], said: str, agent: Client, people: Cast
) -> None:
    acme_holds(people)
    form = call(agent, who=f"p{people.contact.pk}", priority="2", find="clara", mine="on") | wrong
    people_before = Person.objects.count()
    answer = agent.post(OPEN, form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in words(html)
    for name, kept in (("subject", "No mail arrives"), ("text", "Since noon."), ("find", "clara")):
        assert name in wrong or kept in html
    assert not Ticket.objects.exists()
    assert Person.objects.count() == people_before


def test_what_is_promised_is_in_view_before(agent: Client, people: Cast) -> None:
    acme_holds(people, BY_PHONE)
    who = f"who=p{people.contact.pk}"
    assert "Choose how severe it is" in page(agent, f"{PROMISED}?{who}&channel=phone")
    by_phone = page(agent, f"{PROMISED}?{who}&channel=phone&priority=1")
    # It is 10:00 in Berlin; the agent's own zone is not chosen, so UTC: 08:30 and 10:00.
    assert "Reported now by phone as priority Urgent they are promised" in by_phone
    assert "today 08:30" in by_phone
    assert "0 of 4 incidents used this month" in by_phone
    assert "today 10:00" in page(agent, f"{PROMISED}?{who}&channel=email&priority=1")


def test_where_the_desk_sets_the_priority_the_agent_does_so_at_once(
    agent: Client, people: Cast
) -> None:
    acme_holds(people, JUDGED)
    who = f"p{people.contact.pk}"
    assert "Urgent" in page(agent, f"{NEW}?who={who}")
    agent.post(OPEN, call(agent, who=who, priority="1"))
    assert Ticket.objects.get().priority == "1"


def test_without_a_choice_the_default_for_the_phone_holds(agent: Client, people: Cast) -> None:
    source = SMALL.replace("priorities: {levels", "priorities: {default: {phone: 2}, levels")
    acme_holds(people, source)
    who = f"p{people.contact.pk}"
    assert "as priority Normal they are promised" in page(
        agent, f"{PROMISED}?who={who}&channel=phone"
    )
    agent.post(OPEN, call(agent, who=who))
    assert Ticket.objects.get().priority == "2"


def test_what_the_plan_asks_for_may_be_left_out_on_the_phone(agent: Client, people: Cast) -> None:
    acme_holds(people, ASKING)
    add_field(actor=people.actor("owner"), kind="text", asked=FOR_CUSTOMERS, at=MONDAY)
    who = f"p{people.contact.pk}"
    assert "Leave it out if they cannot say." in page(agent, f"{NEW}?who={who}")
    agent.post(OPEN, call(agent, who=who, priority="2"))
    agent.post(
        OPEN, call(agent, who=who, priority="2") | {"answer-steps": "None.", "field-cause": "Wind"}
    )
    assert Answer.objects.get().text == "None."
    assert FieldValue.objects.get().text == "Wind"


FOR_CUSTOMERS = Asked(name="Cause", is_for_customers=True, is_required_on_form=True)


def test_without_scripts_the_choice_brings_what_follows_from_it(
    agent: Client, people: Cast
) -> None:
    acme_holds(people)
    form = call(agent, find="clara", ask="find", subject="Half a subj", text="")
    html = agent.post(OPEN, form).content.decode()
    assert "Clara" in words(html)
    assert "Half a subj" in html
    html = agent.post(OPEN, form | {"ask": "who", "who": f"p{people.contact.pk}"}).content.decode()
    assert "Urgent" in words(html)
    assert "something to put right" not in html
    assert not Ticket.objects.exists()


def test_what_was_looked_for_in_vain_is_not_typed_again(agent: Client) -> None:
    assert 'value="jo@new.example"' in at(agent, "new", "jo@new.example")
    assert 'name="name" value="Jo Doe"' in at(agent, "new", "Jo Doe").replace(' type="text"', "")


def at(client: Client, who: str, find: str) -> str:
    return client.get(NEW, {"who": who, "find": find}).content.decode()


def test_it_goes_to_the_agent_and_the_team_that_were_chosen(agent: Client, people: Cast) -> None:
    form = call(agent, who=f"p{people.contact.pk}", mine="on", team=str(people.team.pk))
    agent.post(OPEN, form)
    ticket = Ticket.objects.get()
    assert (ticket.assignee, ticket.team) == (people.agent, people.team)


def test_a_team_that_keeps_to_itself_is_not_offered(agent: Client, people: Cast) -> None:
    add_team(actor=people.actor("owner"), name="Secret", is_private=True, at=MONDAY)
    text = page(agent, NEW)
    assert "Support" in text
    assert "Secret" not in text


def test_files_come_with_it(agent: Client, people: Cast) -> None:
    log = SimpleUploadedFile("mail.log", b"refused", content_type="text/plain")
    agent.post(OPEN, call(agent, who=f"p{people.contact.pk}", files=log))
    assert Attachment.objects.get().name == "mail.log"


def test_of_several_agreements_one_is_chosen(agent: Client, people: Cast) -> None:
    acme_holds(people)
    Membership.objects.create(
        person=people.contact,
        organisation=people.other,
        role=Membership.objects.get(person=people.contact).role,
    )
    who = f"p{people.contact.pk}"
    assert "Other" in page(agent, f"{NEW}?who={who}")
    answer = agent.post(OPEN, call(agent, who=who))
    assert "Choose the agreement this is about." in words(answer.content.decode())
    agent.post(OPEN, call(agent, who=who, cover=f"{people.other.pk}-0"))
    assert Ticket.objects.get().organisation == people.other


def test_that_mail_comes_back_is_said_before(agent: Client, people: Cast) -> None:
    people.contact.unreached_at, people.contact.unreached_because = MONDAY, "mailbox full"
    people.contact.save()
    assert "mailbox full" in page(agent, f"{NEW}?who=p{people.contact.pk}")


def test_who_only_leaves_notes_opens_nothing(people: Cast, client: Client, now: datetime) -> None:
    client.force_login(people.light_agent)
    assert NEW not in client.get("/desk/").content.decode()
    for address in (NEW, CALLERS, PROMISED):
        assert client.get(address).status_code == 404
    assert client.post(OPEN, {"who": f"p{people.contact.pk}"}).status_code == 404


def test_the_page_sends_at_most_twelve_statements(
    agent: Client, people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    acme_holds(people, ASKING)
    asked = f"{NEW}?who=p{people.contact.pk}&find=acme&priority=1"
    agent.get(asked)  # terms are loaded once
    with django_assert_max_num_queries(12):
        agent.get(asked)
