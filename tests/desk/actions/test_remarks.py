"""Remarks about customers: for agents alone, by whom they were left, with a way back."""

import pytest

from duly.desk.actions.people.remark import leave_remark, put_remark_back, remove_remark
from duly.desk.errors import Invalid, NotAllowed, NotFound
from duly.desk.people.remark import Remark
from duly.desk.queries.organisation import organisation_page
from duly.desk.queries.person import person_page
from tests.desk.people import MONDAY, Cast


def left(people: Cast, who: str = "agent", text: str = "Call before noon.") -> Remark:
    return leave_remark(
        actor=people.actor(who), organisation_id=people.acme.pk, text=text, at=MONDAY
    )


def texts(people: Cast, who: str = "second_agent") -> list[str]:
    shown = organisation_page(people.actor(who), people.acme.pk, MONDAY).remarks
    return [one.text for one in shown]


def test_every_agent_reads_it_on_the_organisations_page(people: Cast) -> None:
    left(people)
    assert texts(people) == ["Call before noon."]


def test_one_about_a_person_stands_on_theirs(people: Cast) -> None:
    leave_remark(
        actor=people.actor("agent"), person_id=people.contact.pk, text="Prefers mail.", at=MONDAY
    )
    shown = person_page(people.actor("lead"), people.contact.pk, MONDAY)
    assert [one.text for one in shown.remarks] == ["Prefers mail."]
    assert texts(people) == []


@pytest.mark.parametrize("who", ["contact", "stranger"])
def test_no_customer_reads_or_leaves_one(people: Cast, who: str) -> None:
    left(people)
    with pytest.raises(NotFound):
        left(people, who)
    if who == "contact":
        assert texts(people, who) == []


def test_only_its_author_and_leads_remove_it_and_it_comes_back(people: Cast) -> None:
    remark = left(people)
    with pytest.raises(NotAllowed):
        remove_remark(actor=people.actor("second_agent"), remark_id=remark.pk, at=MONDAY)
    remove_remark(actor=people.actor("lead"), remark_id=remark.pk, at=MONDAY)
    assert texts(people) == []
    put_remark_back(actor=people.actor("agent"), remark_id=remark.pk, at=MONDAY)
    assert texts(people) == ["Call before noon."]


def test_an_empty_one_is_refused(people: Cast) -> None:
    with pytest.raises(Invalid):
        left(people, text=" \n")
