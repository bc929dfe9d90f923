"""Callers are made known: once, with a place that shows them their own tickets, and what is so already stays."""

import pytest

from duly.desk.actions.people.bring_in import bring_in
from duly.desk.actions.people.close_account import close_account
from duly.desk.actions.people.deactivate import deactivate
from duly.desk.errors import Invalid, NotFound
from duly.desk.people.organisation import Membership
from duly.desk.people.person import Person
from duly.desk.people.standard_roles import CONTACT, LONE_CONTACT
from duly.desk.setup.audit import AuditEntry
from tests.desk.people import MONDAY, Cast


def test_a_caller_of_no_organisation_is_known_and_cannot_sign_in_yet(people: Cast) -> None:
    jo = bring_in(actor=people.actor("agent"), email=" Jo@New.example", name="Jo", at=MONDAY)
    assert (jo.email, jo.name) == ("jo@new.example", "Jo")
    assert not jo.has_usable_password()
    assert not Membership.objects.filter(person=jo).exists()


def test_a_place_is_given_once_with_the_organisations_zone(people: Cast) -> None:
    agent, before = people.actor("agent"), AuditEntry.objects.count()
    jo, again = (
        bring_in(
            actor=agent,
            email="jo@acme.example",
            name="Jo",
            organisation_id=people.acme.pk,
            at=MONDAY,
        )
        for _ in range(2)
    )
    assert (jo, jo.zone) == (again, "Europe/Berlin")
    assert Membership.objects.get(person=jo).role.key == LONE_CONTACT
    entry = AuditEntry.objects.latest("pk")
    assert AuditEntry.objects.count() == before + 1
    assert (entry.act, entry.subject_id) == ("brought_in", jo.pk)


def test_whoever_is_known_keeps_their_name_and_their_role(people: Cast) -> None:
    before = Person.objects.count()
    found = bring_in(
        actor=people.actor("agent"),
        email=people.contact.email,
        name="Somebody else",
        organisation_id=people.acme.pk,
        at=MONDAY,
    )
    assert (found, found.name) == (people.contact, "Clara")
    assert Membership.objects.get(person=found).role.key == CONTACT
    assert Person.objects.count() == before


def test_nobody_comes_back_by_calling(people: Cast) -> None:
    owner = people.actor("owner")
    deactivate(actor=owner, person_id=people.contact.pk, at=MONDAY)
    with pytest.raises(Invalid):
        bring_in(actor=people.actor("agent"), email=people.contact.email, name="", at=MONDAY)
    close_account(actor=owner, organisation_id=people.acme.pk, at=MONDAY)
    with pytest.raises(NotFound):
        bring_in(
            actor=people.actor("agent"),
            email="jo@acme.example",
            name="Jo",
            organisation_id=people.acme.pk,
            at=MONDAY,
        )
