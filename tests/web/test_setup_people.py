"""Who works here: invited by mail, given roles and teams, with hours and absences of their own; roles are data."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from duly.desk.access.actor import actor_for
from duly.desk.people.absence import Absence
from duly.desk.people.person import Person
from duly.desk.people.role import Right, Role
from duly.desk.people.team import Team
from duly.desk.setup.audit import AuditEntry
from tests.desk.people import Cast
from tests.web.reading import page, words

PEOPLE = "/desk/setup/people/"
NEW = {"name": "Nora", "email": "nora@desk.test", "role": "agent", "team": "", "language": "de"}
OURS = "duly.web.mail_backend.DeskBackend"
WEEK = {"zone": "Europe/Berlin", "mon": "09:00-17:00", "tue": "09:00-12:00, 13:00-17:00"}


@pytest.fixture
def owner(people: Cast, now: datetime, client: Client) -> Client:
    client.force_login(people.owner)
    return client


def do(client: Client, person: Person, verb: str, **sent: str) -> str:
    """Do something to somebody and read what is said about it."""
    address = reverse("setup:do-agent", args=[person.pk, verb])
    return words(client.post(address, sent, follow=True).content.decode())


def mails(settings: Settings) -> list[str]:
    folder = settings.DULY_MAIL_URL.removeprefix("sink:")
    return [
        words_in(message_from_bytes(file.read_bytes(), policy=default))
        for file in sorted(Path(folder).iterdir())
    ]


def words_in(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_an_invitation_leads_to_a_password_of_ones_own(
    owner: Client, settings: Settings, tmp_path: object
) -> None:
    settings.EMAIL_BACKEND = OURS
    settings.DULY_MAIL_URL = f"sink:{tmp_path}/mail"
    answer = owner.post(PEOPLE, NEW, follow=True)
    assert "An invitation is on its way to nora@desk.test." in words(answer.content.decode())
    (mail,) = mails(settings)
    assert "Wählen Sie hier ein Passwort" in mail, "in their language"
    link = re.search(r"http://[^/]+(/account/password/reset/key/\S+)", mail)
    assert link
    stranger = Client()
    form = stranger.get(link[1], follow=True)
    assert form.status_code == 200
    sent = {"password1": "correct horse battery", "password2": "correct horse battery"}
    stranger.post(form.request["PATH_INFO"], sent)
    assert Person.objects.get(email="nora@desk.test").check_password("correct horse battery")


def test_an_invitation_that_cannot_be_sent_says_so_and_can_be_sent_again(
    owner: Client, settings: Settings, tmp_path: object
) -> None:
    settings.EMAIL_BACKEND = OURS
    settings.DULY_MAIL_URL = "smtp://127.0.0.1:1"
    text = words(owner.post(PEOPLE, NEW, follow=True).content.decode())
    assert "is added, but the invitation could not be sent" in text
    assert "Send the invitation again" in text
    settings.DULY_MAIL_URL = f"sink:{tmp_path}/mail"
    nora = Person.objects.get(email="nora@desk.test")
    owner.post(reverse("setup:invite-again", args=[nora.pk]))
    assert len(mails(settings)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nobody"}, "is no e-mail address"),
        ({"email": "anton@desk.example"}, "known here"),
        ({"role": "contact"}, "That role is for customers."),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_who_cannot_be_invited_is_told_why(owner: Client, wrong: dict[str, str], said: str) -> None:
    answer = owner.post(PEOPLE, NEW | wrong)
    assert answer.status_code == 422
    assert said in words(answer.content.decode())
    assert "nora" in answer.content.decode() or "email" in wrong


def test_the_list_shows_roles_teams_and_second_factors(
    owner: Client, people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Authenticator.objects.create(user=people.agent, type=Authenticator.Type.TOTP, data={})
    with django_assert_max_num_queries(12):
        text = page(owner, PEOPLE)
    assert "Anton anton@desk.example Agent Support authenticator app not yet" in text
    assert "Olga olga@desk.example Administrator" in text
    assert "Clara" not in text, "contacts are no colleagues"


def test_roles_and_teams_are_given_and_taken(owner: Client, people: Cast) -> None:
    assert "Changed." in do(owner, people.agent, "give-role", of="lead")
    assert actor_for(people.agent, via="web").has(Right.MANAGE_PEOPLE)
    do(owner, people.agent, "take-role", of="lead")
    assert not actor_for(people.agent, via="web").has(Right.MANAGE_PEOPLE)
    do(owner, people.agent, "lead", of=str(people.team.pk))
    assert people.team.members.get(person=people.agent).is_lead
    do(owner, people.agent, "leave", of=str(people.team.pk))
    assert not people.team.members.filter(person=people.agent).exists()


def test_the_last_who_gives_rights_cannot_be_removed(owner: Client, people: Cast) -> None:
    assert "Nobody would be left" in do(owner, people.owner, "take-role", of="administrator")
    address = reverse("setup:role", args=["administrator"])
    answer = owner.post(address, {"name": "Administrator", "rights": ["tickets.see"]})
    assert answer.status_code == 422
    assert "Nobody would be left" in words(answer.content.decode())
    assert Right.MANAGE_ROLES in Role.objects.get(key="administrator").rights


def test_somebody_deactivated_is_out_and_can_come_back(owner: Client, people: Cast) -> None:
    his = Client()
    his.force_login(people.agent)
    do(owner, people.agent, "deactivate")
    assert his.get("/desk/").status_code in (302, 404)
    assert "deactivated" in page(owner, PEOPLE)
    do(owner, people.agent, "reactivate")
    assert Person.objects.get(pk=people.agent.pk).is_active


def test_agents_say_their_own_hours_and_absences_and_no_others(
    people: Cast, now: datetime, client: Client
) -> None:
    client.force_login(people.agent)
    assert "Your hours" in page(client, "/desk/setup/")
    text = do(client, people.agent, "hours", **WEEK)
    assert "Mon 09:00-17:00; Tue 09:00-12:00 and 13:00-17:00 (Europe/Berlin)" in text
    do(client, people.agent, "away", first="2026-12-01", last="2026-12-04")
    away = Absence.objects.get()
    # Whoever chose no zone reads UTC; the last day is a day away, too.
    assert (away.from_at.isoformat(), away.to_at - away.from_at) == (
        "2026-12-01T00:00:00+00:00",
        timedelta(days=4),
    )
    do(client, people.agent, "back", of=str(away.pk))
    assert not Absence.objects.exists()
    do(client, people.agent, "no-hours")
    assert Person.objects.get(pk=people.agent.pk).hours is None
    page(client, reverse("setup:agent", args=[people.second_agent.pk]), status=404)
    other = reverse("setup:do-agent", args=[people.second_agent.pk, "no-hours"])
    assert client.post(other).status_code == 404
    own = reverse("setup:do-agent", args=[people.agent.pk, "give-role"])
    assert client.post(own, {"of": "administrator"}).status_code == 404


def test_hours_that_are_none_are_refused_with_what_was_typed(
    people: Cast, now: datetime, client: Client
) -> None:
    client.force_login(people.agent)
    address = reverse("setup:do-agent", args=[people.agent.pk, "hours"])
    answer = client.post(address, {**WEEK, "mon": "nine to five"})
    assert answer.status_code == 422
    assert "nine to five" in answer.content.decode()
    answer = client.post(
        reverse("setup:do-agent", args=[people.agent.pk, "away"]),
        {"first": "2026-01-01", "last": "2026-01-02"},
    )
    assert "lies ahead" in words(answer.content.decode())


def test_a_role_is_made_changed_and_given_up(owner: Client) -> None:
    made = {"name": "Auditor", "rights": ["tickets.see", "audit.see"]}
    owner.post(reverse("setup:new-role"), made)
    assert Role.objects.get(key="auditor").rights == ["audit.see", "tickets.see"]
    text = page(owner, reverse("setup:role", args=["auditor"]))
    assert "Who changed the desk itself, and when." in text
    address = reverse("setup:role", args=["auditor"])
    owner.post(address, {"name": "Reviser", "rights": ["tickets.see"]})
    assert Role.objects.get(key="auditor").name == "Reviser"
    assert owner.post(address, {"name": "Agent", "rights": ["tickets.see"]}).status_code == 422
    mixed = {"name": "Reviser", "rights": ["tickets.see", "organisation.manage"]}
    assert "not for both" in words(owner.post(address, mixed).content.decode())
    assert owner.post(address, {"name": "Reviser"}).status_code == 422
    owner.post(reverse("setup:drop-role", args=["auditor"]))
    assert not Role.objects.filter(key="auditor").exists()
    acts = AuditEntry.objects.filter(act__startswith="role_").values_list("act", flat=True)
    assert list(acts.order_by("id")) == ["role_made", "role_changed", "role_dropped"]


def test_a_role_that_is_held_or_that_every_desk_has_stays(owner: Client, people: Cast) -> None:
    owner.post(reverse("setup:new-role"), {"name": "Held", "rights": ["tickets.see"]})
    do(owner, people.agent, "give-role", of="held")
    for key, said in (("held", "Somebody holds this role"), ("agent", "Every desk has this role")):
        answer = owner.post(reverse("setup:drop-role", args=[key]), follow=True)
        assert said in words(answer.content.decode())
        assert Role.objects.filter(key=key).exists()


def test_teams_are_added_and_changed(owner: Client, people: Cast) -> None:
    owner.post(reverse("setup:teams"), {"name": "Night", "is_private": "on"})
    night = Team.objects.get(name="Night")
    assert night.is_private
    address = reverse("setup:team", args=[night.pk])
    owner.post(address, {"name": "Night shift"})
    night.refresh_from_db()
    assert (night.name, night.is_private) == ("Night shift", False)
    answer = owner.post(address, {"name": "Support"}, follow=True)
    assert "is taken" in words(answer.content.decode())
    assert owner.post(reverse("setup:teams"), {"name": "Support"}).status_code == 422
    assert "Lena · leads it" in page(owner, reverse("setup:teams"))
