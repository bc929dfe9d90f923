"""What a customer's own manager keeps up: people, support list, hours and choices, foreseen before they hold."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from duly.desk.actions.people.invite import invite_contact
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.agreements.subscription import Binding
from duly.desk.clocks.clock import Clock
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.people.person import Person
from duly.desk.people.role import Role
from duly.desk.people.standard_roles import CONTACT, LONE_CONTACT, MANAGER
from duly.desk.tickets.event import Event
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, acme_holds
from tests.web.reading import page, words

THEIRS = (
    SMALL.replace("2: 8 business hours,", "2: 8 business hours on customer,", 1)
    .replace("    hours: office\n", "    hours: window\n    contacts: {maximum: 2}\n")
    .replace(
        "plans:",
        """choices: {window: {label: Support window, of: [office, late]}}
plans:""",
    )
    .replace(
        "calendars: {office:",
        'calendars: {late: {zone: Europe/Berlin, week: {mon-fri: "13:00-21:00"}}, office:',
    )
)
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-17:00")
HOURS = {"zone": "Europe/Berlin", "from_on": "2026-10-19", **WEEK}


@pytest.fixture
def mona(people: Cast, now: datetime, client: Client) -> Client:
    """Mona manages Acme, whose plan counts on its own hours and lets it choose a window."""
    person = invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.acme.pk,
        email="mona@acme.example",
        name="Mona",
        role=MANAGER,
        at=MONDAY,
    )
    calendar = {"zone": "Europe/Berlin", "week": {"mon-fri": "09:00-17:00"}}
    acme_holds(people, THEIRS, choices={"window": "office"}, calendars={"customer": calendar})
    client.force_login(person)
    return client


@pytest.fixture
def at(people: Cast) -> Callable[..., str]:
    return lambda *path: "/".join(["/organisation", str(people.acme.pk), *path, ""])


def listed(people: Cast) -> list[str]:
    rows = Membership.objects.filter(organisation=people.acme, support_position__isnull=False)
    return [row.person.name for row in rows.order_by("support_position")]


def test_the_support_list_is_put_in_order_within_the_plan(
    mona: Client, people: Cast, at: Callable[..., str]
) -> None:
    def move(what: str, who: Person) -> str:
        answer = mona.post(at("list"), {"move": f"{what}-{who.pk}"}, follow=True)
        return words(answer.content.decode())

    move("on", people.contact)
    move("on", people.colleague)
    assert listed(people) == ["Clara", "Carl"]
    move("up", people.colleague)
    assert listed(people) == ["Carl", "Clara"]
    assert "room for 2 contacts" in move("on", people.lone_contact)
    move("down", people.colleague)
    move("off", people.contact)
    assert listed(people) == ["Carl"]
    assert "Only people of the organisation" in move("on", people.stranger)


def test_a_technical_contact_is_named_and_somebodys_place_ends(
    mona: Client, people: Cast, at: Callable[..., str]
) -> None:
    who = str(people.contact.pk)
    mona.post(at("technical"), {"person": who, "is_one": "yes"})
    assert "technical contact" in page(mona, at())
    mona.post(at("end"), {"person": who})
    assert "clara@acme.example" not in page(mona, at())
    answer = mona.post(at("end"), {"person": str(Person.objects.get(name="Mona").pk)})
    assert "Nobody ends their own place" in words(answer.content.decode())


def test_a_colleague_is_invited_with_a_customers_role_alone(
    mona: Client, people: Cast, at: Callable[..., str]
) -> None:
    sent = {"name": "Cora", "email": "cora@acme.example", "role": CONTACT}
    answer = mona.post(at("invite"), sent, follow=True)
    assert "An invitation is on its way to cora@acme.example." in words(answer.content.decode())
    assert "Mona added you to Acme at the support desk" in mail.outbox[0].body
    assert Person.objects.get(email="cora@acme.example").memberships.get().role.key == CONTACT
    for wrong, said in (
        (sent, "belongs to Acme already"),
        ({**sent, "email": "no address"}, "is no e-mail address"),
        ({**sent, "email": "b@acme.example", "role": "administrator"}, "for the desk"),
    ):
        answer = mona.post(at("invite"), wrong)
        assert answer.status_code == 422
        assert said in words(answer.content.decode())
    assert len(mail.outbox) == 1


def test_roles_of_duly_are_said_in_the_readers_language_and_those_of_the_desk_as_given(
    mona: Client, people: Cast, at: Callable[..., str]
) -> None:
    Role.objects.filter(key=LONE_CONTACT).update(name="Guest")
    Person.objects.filter(name="Mona").update(language="de")
    text = page(mona, at())
    assert "Kontakt, verwaltet die Organisation" in text
    assert "Kontakt, sieht die Tickets der Organisation" in text
    assert "Guest" in text


def test_other_hours_are_foreseen_before_anything_changes(
    mona: Client, people: Cast, at: Callable[..., str]
) -> None:
    contact = people.actor("contact")
    ticket = open_ticket(actor=contact, subject="A", text="B", priority="2", at=MONDAY)
    early = {**HOURS, **dict.fromkeys(WEEK, "06:00-14:00")}
    text = words(mona.post(at("hours"), {**early, "look": "1"}).content.decode())
    # The next full hour is noon in Berlin: two of the new hours are left that day and six on Tuesday, until 12:00;
    # of the old ones five and three, until 12:00 too. Reported at 11:00 on Monday: three and five, 11:00 and 11:00.
    # Reported at 15:00 the old hours end on Tuesday at 15:00, the new ones at 14:00.
    assert "1 open ticket is counted anew" in text
    assert "Normal, First answer: reported Mon, 19 Oct 2026, 15:00 CEST" in text
    assert "due Tue, 20 Oct 2026, 14:00 CEST instead of Tue, 20 Oct 2026, 15:00 CEST" in text
    assert "Urgent" not in text[text.index("What would change") : text.index("Nothing is changed")]
    assert Organisation.objects.get(pk=people.acme.pk).calendar is None
    assert Binding.objects.count() == 1
    assert not Event.objects.filter(ticket=ticket, kind="moved").exists()
    assert mona.post(at("hours"), early).status_code == 302
    assert Event.objects.filter(ticket=ticket, kind="moved").exists()
    assert "Mon-Fri 06:00-14:00" in page(mona, at())


def test_the_form_shows_again_what_was_set(mona: Client, at: Callable[..., str]) -> None:
    sent = {
        **HOURS,
        "mon": "09:00-12:00, 13:00-17:00",
        "country": "de",
        "subdivision": "be",
        "closed": "12-24\n2026-12-31",
        "worked": "2026-05-01",
        "days": "2026-12-23: 09:00-13:00",
        "from_on": "2026-12-01",
    }
    mona.post(at("hours"), {**HOURS})
    assert mona.post(at("hours"), sent).status_code == 302
    mona.cookies.clear()
    calendar = Organisation.objects.get(name="Acme").calendar
    assert calendar is not None
    held = calendar[-1]
    assert held["from"] == "2026-12-01"
    assert held["week"]["mon"] == ["09:00-12:00", "13:00-17:00"]
    assert held["holidays"]["subdivision"] == "BE"
    assert (held["holidays"]["also"], held["holidays"]["except"]) == (
        ["12-24", "2026-12-31"],
        ["2026-05-01"],
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mon": "nine to five"}, "This is no calendar"),
        ({"from_on": "2026-10-18"}, "or later"),
        ({"from_on": "soon"}, "Write the day as"),
        ({"zone": "CET"}, "This is no calendar"),
        ({"country": "XX"}, "calendar"),
    ],
)
def test_hours_that_mean_nothing_are_refused_with_what_was_typed(
    wrong: dict[str, str], said: str, mona: Client, at: Callable[..., str]
) -> None:
    for asked in ({"look": "1"}, {}):
        answer = mona.post(at("hours"), {**HOURS, **wrong, **asked})
        assert answer.status_code == 422
        assert said in words(answer.content.decode())
    assert Organisation.objects.get(name="Acme").calendar is None


def test_another_window_is_foreseen_and_chosen_from_a_day_on(
    mona: Client, people: Cast, at: Callable[..., str]
) -> None:
    it = Binding.objects.get().subscription_id
    address = at("choice", str(it), "window")
    sent = {"picked": "late", "from_on": "2026-12-01"}
    text = words(mona.post(address, {**sent, "look": "1"}).content.decode())
    # Urgent is to be resolved within 16 hours of the window, two days of it: by 17:00 or 21:00 on Wednesday.
    assert "from Tue, 1 Dec 2026, 00:00 CET" in text
    assert (
        "Urgent, Resolution: reported Tue, 1 Dec 2026, 09:00 CET: due Wed, 2 Dec 2026, 21:00 CET "
        "instead of Wed, 2 Dec 2026, 17:00 CET"
    ) in text
    mona.post(address, sent)
    text = page(mona, at())
    assert (
        "office Mon-Fri 09:00-17:00 (Europe/Berlin) from Tue, 1 Dec 2026, 00:00 CET: late" in text
    )
    assert mona.post(address, {**sent, "picked": "never"}).status_code == 422
    page(mona, at("choice", str(it), "door"), status=404)
    assert Clock.objects.count() == 0


def test_whoever_does_not_manage_it_finds_nothing(
    mona: Client, people: Cast, at: Callable[..., str], client: Client
) -> None:
    it = str(Binding.objects.get().subscription_id)
    assert "Your organisation" in page(mona, "/tickets/")
    for person in (people.contact, people.stranger, people.agent):
        client.force_login(person)
        page(client, at("choice", it, "window"), status=404)
        page(client, at("hours"), status=404)
        page(client, at(), status=404)
        for path in ("list", "technical", "invite", "end", "zone"):
            assert (
                client.post(
                    at(path), {"name": "A", "email": "a@b.example", "role": "contact"}
                ).status_code
                == 404
            )
    client.force_login(people.contact)
    assert "Your organisation" not in page(client, "/tickets/")


def test_the_page_sends_few_statements(
    mona: Client,
    at: Callable[..., str],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    page(mona, at())
    # Session, person, rights; organisation, people, plans, most, roles, what is planned.
    with django_assert_max_num_queries(10):
        page(mona, at())


def test_a_plan_that_counts_in_the_customers_hours_says_which_they_are(
    mona: Client, at: Callable[..., str], people: Cast
) -> None:
    mona.post(at("hours"), HOURS)
    text = page(mona, "/plan/")
    assert "the customer's own business hours: Mon-Fri 09:00-17:00 (Europe/Berlin)" in text
