"""Two who change an organisation at once."""

from datetime import date

import pytest

from duly.desk.actions.agreements.set_calendar import set_calendar
from duly.desk.actions.people.set_domains import set_domains
from duly.desk.actions.people.support_list import arrange_support_list
from duly.desk.agreements.subscription import Binding
from duly.desk.errors import Invalid
from duly.desk.people.organisation import Membership, Organisation
from tests.desk.people import MONDAY, Cast, cast
from tests.desk.policies import SMALL, published, subscribed
from tests.desk.test_at_once import at_once


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


def test_of_two_who_claim_a_domain_at_once_one_gets_it(people: Cast) -> None:
    owner = people.actor("owner")
    found = at_once(
        *[
            lambda it=it: set_domains(
                actor=owner, organisation_id=it, domains=["acme.example"], at=MONDAY
            )
            for it in (people.acme.pk, people.other.pk)
        ]
    )
    assert [isinstance(each, Invalid) for each in found].count(True) == 1
    assert Organisation.objects.filter(domains__contains=["acme.example"]).count() == 1


def test_two_orders_of_the_support_list_do_not_mix(people: Cast) -> None:
    owner, them = people.actor("owner"), [people.contact.pk, people.colleague.pk]
    at_once(
        *[
            lambda ids=ids: arrange_support_list(
                actor=owner, organisation_id=people.acme.pk, person_ids=ids, at=MONDAY
            )
            for ids in (them, them[::-1])
        ]
    )
    listed = Membership.objects.filter(support_position__isnull=False).order_by("support_position")
    assert list(listed.values_list("person", flat=True)) in (them, them[::-1])


def test_of_two_editions_at_once_both_are_kept_and_bound(people: Cast) -> None:
    owner, it = people.actor("owner"), people.acme.pk

    def given(hours: str, since: date) -> Organisation:
        week = {"zone": "Europe/Berlin", "week": {"mon-fri": hours}}
        return set_calendar(
            actor=owner, organisation_id=it, calendar=week, from_on=since, at=MONDAY
        )

    given("09:00-17:00", MONDAY.date())
    theirs = SMALL.replace("8 business hours", "8 business hours on customer")
    subscribed(people, published(people, theirs))
    at_once(
        lambda: given("08:00-16:00", date(2026, 11, 2)),
        lambda: given("07:00-15:00", date(2026, 12, 1)),
    )
    kept = Organisation.objects.get(pk=it).calendar
    # Whoever came second with the earlier date replaced the later one, which is then not bound any more.
    assert isinstance(kept, list)
    assert kept[1]["from"] in ("2026-11-02", "2026-12-01")
    last = Binding.objects.order_by("from_at", "pk").last()
    assert last is not None
    assert last.made_from["calendars"]["customer"] == kept
