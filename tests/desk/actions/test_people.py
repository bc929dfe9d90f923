"""Bringing people in and letting them go: who may, what is refused, what the audit says."""

import pytest

from duly.desk.access.actor import Actor, actor_for
from duly.desk.access.people import organisations_visible_to, people_visible_to
from duly.desk.actions.people.choose_password import choose_password
from duly.desk.actions.people.deactivate import deactivate, reactivate
from duly.desk.actions.people.invite import invite_agent, invite_contact
from duly.desk.actions.people.organise import add_organisation, add_team
from duly.desk.actions.people.roles import give_role, take_role
from duly.desk.actions.people.signed_in import signed_in
from duly.desk.actions.setup.found import found
from duly.desk.errors import Invalid, NotAllowed, NotFound, NotPossible
from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.people.role import Right
from duly.desk.people.standard_roles import ADMINISTRATOR, AGENT, LEAD
from duly.desk.setup.audit import AuditEntry
from tests.desk.people import MONDAY, Cast


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.mark.django_db
def test_a_desk_is_founded_once() -> None:
    owner = found(email=" Olga@Desk.Example ", name="Olga", password="a secret", at=MONDAY)
    assert owner.email == "olga@desk.example"
    assert owner.check_password("a secret")
    assert Right.MANAGE_ROLES in actor_for(owner, via="web").rights
    with pytest.raises(NotPossible):
        found(email="eve@desk.example", name="Eve", password="mine now", at=MONDAY)
    assert acts() == ["desk_founded"]


@pytest.mark.parametrize(
    "email", ["nonsense", "", "a@b@c", "olga@desk.example", "OLGA@desk.example"]
)
def test_an_address_that_is_none_or_taken_is_refused(people: Cast, email: str) -> None:
    with pytest.raises(Invalid) as refused:
        invite_agent(actor=people.actor("owner"), email=email, name="X", at=MONDAY)
    assert refused.value.field == "email"


@pytest.mark.parametrize("zone", ["CET+1", "../etc/passwd", "", "Nowhere/City"])
def test_a_zone_that_there_is_not_is_refused(people: Cast, zone: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_organisation(actor=people.actor("owner"), name="New", zone=zone, at=MONDAY)
    assert refused.value.field == "zone"


def test_a_lead_gives_no_rights_that_they_do_not_hold(people: Cast) -> None:
    lead = people.actor("lead")
    invite_agent(actor=lead, email="new@desk.example", name="New", role=AGENT, at=MONDAY)
    with pytest.raises(NotAllowed):
        invite_agent(actor=lead, email="b@desk.example", name="B", role=ADMINISTRATOR, at=MONDAY)
    assert not Person.objects.filter(email="b@desk.example").exists()


def test_a_contact_is_not_given_a_role_of_the_desk(people: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        invite_contact(
            actor=people.actor("owner"),
            organisation_id=people.acme.pk,
            email="x@acme.example",
            name="X",
            role=LEAD,
            at=MONDAY,
        )
    assert refused.value.field == "role"


@pytest.mark.parametrize("name", ["agent", "contact", "stranger"])
def test_others_bring_nobody_in(people: Cast, name: str) -> None:
    actor, before = people.actor(name), acts()
    with pytest.raises(NotFound):
        invite_agent(actor=actor, email="x@desk.example", name="X", at=MONDAY)
    with pytest.raises(NotFound):
        invite_contact(
            actor=actor, organisation_id=people.acme.pk, email="x@a.example", name="X", at=MONDAY
        )
    with pytest.raises(NotFound):
        add_team(actor=actor, name="X", at=MONDAY)
    with pytest.raises(NotFound):
        give_role(actor=actor, person_id=people.agent.pk, role=LEAD, at=MONDAY)
    with pytest.raises(NotFound):
        deactivate(actor=actor, person_id=people.owner.pk, at=MONDAY)
    with pytest.raises(NotFound):
        choose_password(actor=actor, person_id=people.owner.pk, password="x", at=MONDAY)
    assert acts() == before


def test_a_known_person_is_given_a_place_in_a_second_organisation(people: Cast) -> None:
    person = invite_contact(
        actor=people.actor("owner"),
        organisation_id=people.other.pk,
        email="Clara@ACME.example",
        name="ignored",
        at=MONDAY,
    )
    assert person == people.contact
    assert Membership.objects.filter(person=person).count() == 2
    with pytest.raises(Invalid):
        invite_contact(
            actor=people.actor("owner"),
            organisation_id=people.other.pk,
            email=person.email,
            name="again",
            at=MONDAY,
        )


def test_roles_come_and_go_with_an_entry_each(people: Cast) -> None:
    owner, before = people.actor("owner"), len(acts())
    give_role(actor=owner, person_id=people.agent.pk, role=LEAD, at=MONDAY)
    give_role(actor=owner, person_id=people.agent.pk, role=LEAD, at=MONDAY)
    assert people.actor("agent").has(Right.EXCLUDE)
    take_role(actor=owner, person_id=people.agent.pk, role=LEAD, at=MONDAY)
    assert not people.actor("agent").has(Right.EXCLUDE)
    assert acts()[before:] == ["role_given", "role_taken"]


def test_the_last_administrator_stays(people: Cast) -> None:
    owner = people.actor("owner")
    with pytest.raises(NotPossible):
        take_role(actor=owner, person_id=people.owner.pk, role=ADMINISTRATOR, at=MONDAY)
    with pytest.raises(NotPossible):
        deactivate(actor=owner, person_id=people.owner.pk, at=MONDAY)


def test_somebody_deactivated_is_nobody_until_reactivated(people: Cast) -> None:
    owner = people.actor("owner")
    person = deactivate(actor=owner, person_id=people.agent.pk, at=MONDAY)
    assert actor_for(person, via="web") == Actor(person_id=None, via="web")
    person = reactivate(actor=owner, person_id=people.agent.pk, at=MONDAY)
    assert actor_for(person, via="web").has(Right.REPLY)
    assert acts()[-2:] == ["person_deactivated", "person_reactivated"]


def test_a_lead_lets_contacts_go_but_not_agents(people: Cast) -> None:
    lead = people.actor("lead")
    assert not deactivate(actor=lead, person_id=people.contact.pk, at=MONDAY).is_active
    with pytest.raises(NotAllowed):
        deactivate(actor=lead, person_id=people.agent.pk, at=MONDAY)


def test_contacts_see_neither_other_organisations_nor_their_people(people: Cast) -> None:
    contact = people.actor("contact")
    assert list(organisations_visible_to(contact)) == [people.acme]
    assert list(people_visible_to(contact)) == [people.contact]
    assert people_visible_to(people.actor("agent")).count() == Person.objects.count()


def test_a_sign_in_is_remembered(people: Cast) -> None:
    signed_in(person=people.agent, how="password", via="web", at=MONDAY)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.act, entry.person, entry.facts) == (
        "signed_in",
        people.agent,
        {"how": "password"},
    )
