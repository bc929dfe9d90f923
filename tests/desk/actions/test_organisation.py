"""Organisations: domains, the support list, technical contacts, places that end, accounts that close."""

from collections.abc import Callable
from typing import Any

import pytest

from duly.desk.access.actor import actor_for
from duly.desk.actions.people.close_account import close_account, reopen_account
from duly.desk.actions.people.part import part
from duly.desk.actions.people.set_domains import set_domains
from duly.desk.actions.people.set_zone import set_zone
from duly.desk.actions.people.support_list import arrange_support_list
from duly.desk.actions.people.technical_contact import name_technical_contact
from duly.desk.errors import Invalid, NotFound
from duly.desk.people.organisation import Membership, Organisation
from duly.desk.setup.audit import AuditEntry
from tests.desk.people import MONDAY, Cast
from tests.desk.policies import SMALL, published, subscribed


def acme(people: Cast) -> Organisation:
    return Organisation.objects.get(pk=people.acme.pk)


def domains(people: Cast, *given: str) -> list[str]:
    owner, it = people.actor("owner"), people.acme.pk
    return set_domains(actor=owner, organisation_id=it, domains=given, at=MONDAY).domains


def arranged(people: Cast, *ids: int) -> list[tuple[str, int | None]]:
    owner, it = people.actor("owner"), people.acme.pk
    arrange_support_list(actor=owner, organisation_id=it, person_ids=ids, at=MONDAY)
    places = Membership.objects.filter(organisation=it, support_position__isnull=False)
    return list(places.order_by("support_position").values_list("person__name", "support_position"))


def test_domains_are_compared_as_mail_compares_them(people: Cast) -> None:
    given = domains(people, " @ACME.example ", "acme.example.", "bücher.example")
    assert given == ["acme.example", "xn--bcher-kva.example"]
    entry = AuditEntry.objects.get(act="domains_set")
    assert entry.facts == {"domains": given}


@pytest.mark.parametrize("domain", ["gmail.com", "GMX.de", "co.uk", "com", "", "a b.de", "-x.de"])
def test_no_domain_of_strangers_and_nothing_that_is_none(people: Cast, domain: str) -> None:
    with pytest.raises(Invalid) as refused:
        domains(people, "acme.example", domain)
    assert refused.value.field == "domains"
    assert acme(people).domains == []


def test_a_domain_belongs_to_one_organisation(people: Cast) -> None:
    domains(people, "acme.example")
    assert domains(people, "acme.example", "acme.test") == ["acme.example", "acme.test"]
    with pytest.raises(Invalid, match=r"acme\.test belongs to Acme"):
        set_domains(
            actor=people.actor("owner"),
            organisation_id=people.other.pk,
            domains=["other.example", "acme.test"],
            at=MONDAY,
        )


def test_the_support_list_has_an_order_that_can_change(people: Cast) -> None:
    clara, carl, solo = (p.pk for p in (people.contact, people.colleague, people.lone_contact))
    assert arranged(people, carl, clara) == [("Carl", 1), ("Clara", 2)]
    assert arranged(people, clara, carl, solo) == [("Clara", 1), ("Carl", 2), ("Solo", 3)]
    part(actor=people.actor("owner"), organisation_id=people.acme.pk, person_id=carl, at=MONDAY)
    left = Membership.objects.filter(support_position__isnull=False)
    order = left.order_by("support_position").values_list("person__name", "support_position")
    assert list(order) == [("Clara", 1), ("Solo", 2)]
    assert arranged(people) == []


def test_the_list_holds_only_own_people_and_each_once(people: Cast) -> None:
    with pytest.raises(Invalid, match="of the organisation"):
        arranged(people, people.stranger.pk)
    with pytest.raises(Invalid, match="twice"):
        arranged(people, people.contact.pk, people.contact.pk)


def test_the_plan_says_how_many_contacts_there_are(people: Cast) -> None:
    most_one = SMALL + "    contacts: {support_list: ordered, maximum: 1}\n"
    subscribed(people, published(people, most_one))
    assert arranged(people, people.contact.pk) == [("Clara", 1)]
    with pytest.raises(Invalid, match="room for 1"):
        arranged(people, people.contact.pk, people.colleague.pk)
    # A second plan without a maximum has room for all.
    subscribed(people, published(people, SMALL.replace("policy: small", "policy: wide")))
    assert len(arranged(people, people.contact.pk, people.colleague.pk)) == 2


def test_a_technical_contact_is_named_and_released(people: Cast) -> None:
    owner, it, clara = people.actor("owner"), people.acme.pk, people.contact.pk
    for is_one in (True, True, False):
        place = name_technical_contact(
            actor=owner, organisation_id=it, person_id=clara, is_one=is_one, at=MONDAY
        )
        assert place.is_technical_contact is is_one
    assert AuditEntry.objects.filter(act="technical_contact_set").count() == 2
    with pytest.raises(Invalid, match="does not belong"):
        name_technical_contact(
            actor=owner, organisation_id=it, person_id=people.stranger.pk, is_one=True, at=MONDAY
        )


def test_whoever_parts_sees_nothing_more_there(people: Cast) -> None:
    owner, it = people.actor("owner"), people.acme.pk
    part(actor=owner, organisation_id=it, person_id=people.contact.pk, at=MONDAY)
    assert people.actor("contact").organisations == {}
    with pytest.raises(Invalid, match="does not belong"):
        part(actor=owner, organisation_id=it, person_id=people.contact.pk, at=MONDAY)


def test_a_closed_account_lets_nobody_in_until_it_is_open_again(people: Cast) -> None:
    owner, it = people.actor("owner"), people.acme.pk
    close_account(actor=owner, organisation_id=it, at=MONDAY)
    close_account(actor=owner, organisation_id=it, at=MONDAY)
    assert actor_for(people.contact, via="portal").organisations == {}
    reopen_account(actor=owner, organisation_id=it, at=MONDAY)
    assert it in people.actor("contact").organisations
    acts = AuditEntry.objects.filter(act__startswith="account").values_list("act", flat=True)
    assert list(acts) == ["account_closed", "account_reopened"]


def test_a_zone_is_one_that_there_is(people: Cast) -> None:
    owner, it = people.actor("owner"), people.acme.pk
    with pytest.raises(Invalid):
        set_zone(actor=owner, organisation_id=it, zone="Mars/Base", at=MONDAY)
    assert set_zone(actor=owner, organisation_id=it, zone="Asia/Tokyo", at=MONDAY).zone


ACTS: dict[str, Callable[..., Any]] = {
    "domains": lambda **to: set_domains(domains=["a.example"], **to),
    "list": lambda **to: arrange_support_list(person_ids=[], **to),
    "technical": lambda **to: name_technical_contact(person_id=0, is_one=True, **to),
    "part": lambda **to: part(person_id=0, **to),
    "close": close_account,
    "reopen": reopen_account,
    "zone": lambda **to: set_zone(zone="UTC", **to),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["agent", "contact", "stranger"])
def test_others_change_nothing_and_learn_nothing(people: Cast, act: str, name: str) -> None:
    before = AuditEntry.objects.count()
    for it in (people.acme.pk, people.other.pk + 100):
        with pytest.raises(NotFound):
            ACTS[act](actor=people.actor(name), organisation_id=it, at=MONDAY)
    assert AuditEntry.objects.count() == before
