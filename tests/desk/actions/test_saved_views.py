"""Saved views: who keeps, sees, shares and removes them, and what is written down of it."""

from datetime import timedelta

import pytest

from duly.desk.actions.views.arrange import move_view
from duly.desk.actions.views.remove import remove_view, restore_view
from duly.desk.actions.views.save import change_view, save_view
from duly.desk.actions.views.share import share_view
from duly.desk.errors import Invalid, NotAllowed, NotFound
from duly.desk.queries.saved_views import audiences, saved_views
from duly.desk.setup.audit import AuditEntry
from duly.desk.tickets.saved_view import SavedView, SharedWith
from duly.desk.tickets.selection import Column, Filters, Selection, Sort, read_selection
from tests.desk.people import MONDAY, Cast

DAY = timedelta(days=1)
PRESSING = Selection(Filters(due="4h", team="mine"), Sort.CRITICAL, (Column.STATE, Column.TAGS))


def saved(people: Cast, name: str = "Pressing", who: str = "agent") -> SavedView:
    return save_view(actor=people.actor(who), name=name, selection=PRESSING, at=MONDAY)


def names(people: Cast, who: str) -> list[str]:
    return [view.name for view in saved_views(people.actor(who))]


def test_a_selection_is_kept_and_read_again(people: Cast) -> None:
    assert saved(people).selection == PRESSING
    (found,) = saved_views(people.actor("agent"))
    assert (found.name, found.selection, found.is_own) == ("Pressing", PRESSING, True)


def test_what_makes_no_sense_is_left_out_of_a_selection() -> None:
    written = {"priority": "1", "team": "all' OR 1", "due": "yesterday", "sort": "?", "x": "y"}
    assert read_selection(written) == Selection(Filters(priority="1"))
    assert read_selection({"columns": "tags,nonsense"}).columns == (Column.TAGS,)
    assert read_selection(Selection(columns=()).written()).columns == ()


def test_a_view_is_ones_own_until_it_is_shared(people: Cast) -> None:
    view = saved(people)
    agent = people.actor("agent")
    assert names(people, "second_agent") == []
    with pytest.raises(NotFound):
        change_view(actor=people.actor("second_agent"), view_id=view.pk, name="Mine", at=MONDAY)
    share_view(
        actor=agent,
        view_id=view.pk,
        shared_with=SharedWith.TEAM,
        team_id=people.team.pk,
        at=MONDAY,
    )
    assert names(people, "second_agent") == ["Pressing"]
    assert names(people, "owner") == [], "Olga works in no team"
    with pytest.raises(NotAllowed):
        change_view(actor=people.actor("second_agent"), view_id=view.pk, name="Mine", at=MONDAY)
    entry = AuditEntry.objects.get(act="view_shared")
    assert entry.facts == {"shared_with": "team", "team": people.team.pk}


def test_only_who_manages_people_shares_with_everybody(people: Cast) -> None:
    view = saved(people)
    with pytest.raises(NotAllowed):
        share_view(
            actor=people.actor("agent"),
            view_id=view.pk,
            shared_with=SharedWith.EVERYBODY,
            at=MONDAY,
        )
    theirs = saved(people, "For all", "lead")
    share_view(
        actor=people.actor("lead"), view_id=theirs.pk, shared_with=SharedWith.EVERYBODY, at=MONDAY
    )
    assert names(people, "agent") == ["Pressing", "For all"]
    assert names(people, "light_agent") == ["For all"]
    assert names(people, "contact") == []


def test_a_view_is_shared_only_with_a_team_one_works_in(people: Cast) -> None:
    view = saved(people, who="owner")
    owner = people.actor("owner")
    with pytest.raises(NotAllowed):
        share_view(
            actor=owner,
            view_id=view.pk,
            shared_with=SharedWith.TEAM,
            team_id=people.team.pk,
            at=MONDAY,
        )
    with pytest.raises(Invalid):
        share_view(actor=owner, view_id=view.pk, shared_with=SharedWith.TEAM, at=MONDAY)
    teams = [(str(people.team.pk), "Support")]
    assert [one.key for one in audiences(owner, teams)] == ["nobody", "everybody"]
    mine = audiences(people.actor("agent"), teams)
    assert [one.key for one in mine] == ["nobody", str(people.team.pk)]


def test_a_removed_view_comes_back_for_a_day(people: Cast) -> None:
    agent, view = people.actor("agent"), saved(people)
    remove_view(actor=agent, view_id=view.pk, at=MONDAY)
    assert names(people, "agent") == []
    with pytest.raises(NotFound):
        move_view(actor=agent, view_id=view.pk, step=1, at=MONDAY)
    restore_view(actor=agent, view_id=view.pk, at=MONDAY)
    assert names(people, "agent") == ["Pressing"]

    remove_view(actor=agent, view_id=view.pk, at=MONDAY)
    other = saved(people, "Other")
    remove_view(actor=agent, view_id=other.pk, at=MONDAY + 2 * DAY)
    with pytest.raises(NotFound):
        restore_view(actor=agent, view_id=view.pk, at=MONDAY + 2 * DAY)


def test_views_stand_in_the_order_one_gives_them(people: Cast) -> None:
    agent = people.actor("agent")
    ids = [saved(people, name).pk for name in ("A", "B", "C")]
    move_view(actor=agent, view_id=ids[2], step=-2, at=MONDAY)
    assert names(people, "agent") == ["C", "A", "B"]
    move_view(actor=agent, view_id=ids[1], step=1, at=MONDAY)
    assert names(people, "agent") == ["C", "A", "B"], "the last one stays the last"


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_name(people: Cast, name: str) -> None:
    with pytest.raises(Invalid):
        saved(people, name)
    view = saved(people)
    with pytest.raises(Invalid):
        change_view(actor=people.actor("agent"), view_id=view.pk, name=name, at=MONDAY)
