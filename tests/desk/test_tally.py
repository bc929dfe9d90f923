"""The counts beside views: what the worker counted, and of it what each reader sees."""

from datetime import timedelta

import pytest

from duly.desk.access.actor import Actor
from duly.desk.actions.mail.hold import hold
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.people.organise import add_team
from duly.desk.actions.tickets.assign import assign
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.actions.tickets.tally import tally_held, tally_queue, tally_view, views_to_tally
from duly.desk.actions.views.remove import remove_view
from duly.desk.actions.views.save import save_view
from duly.desk.actions.views.share import share_view
from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.mailroom.sorting import Reason
from duly.desk.queries.freshness import desk_number
from duly.desk.queries.side import Count, side
from duly.desk.tickets.saved_view import SharedWith
from duly.desk.tickets.selection import Filters, Selection
from duly.desk.tickets.tally import Tally
from duly.desk.tickets.ticket import Ticket
from duly.worker import tallying
from tests.desk.people import MONDAY, Cast

SOON, LATE = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=3)
"""Urgent tickets are due two hours after Monday's opening."""


@pytest.fixture
def desk(covered: Cast) -> Cast:
    """Anton has one urgent ticket in the team, nobody two normal ones, a private team one urgent."""
    people, boss = covered, covered.actor("owner")
    private = add_team(actor=boss, name="Private", is_private=True, at=MONDAY)

    def opened(priority: str, team: int | None = None, assignee: int | None = None) -> Ticket:
        ticket = open_ticket(
            actor=people.actor("contact"), subject="S", text="…", priority=priority, at=MONDAY
        )
        assign(actor=boss, ticket_id=ticket.pk, team_id=team, assignee_id=assignee, at=MONDAY)
        return ticket

    opened("1", people.team.pk, people.agent.pk)
    opened("2"), opened("2")
    opened("1", private.pk)
    return people


def counts(actor: Actor) -> dict[str, Count]:
    found = side(actor)
    return {
        "queue": found.queue,
        "mine": found.mine,
        "unassigned": found.unassigned,
        "held": found.held,
        **{entry.name: entry.count for entry in (*found.teams, *found.views)},
    }


def test_each_reader_sees_counts_of_what_they_see(desk: Cast) -> None:
    tally_queue(at=LATE)
    assert counts(desk.actor("agent")) == {
        "queue": Count(3, 1),
        "mine": Count(1, 1),
        "unassigned": Count(2, 0),
        "held": Count(0, 0),
        "Support": Count(1, 1),
    }
    seen = counts(desk.actor("owner"))
    assert (seen["queue"], seen["unassigned"]) == (Count(4, 2), Count(3, 1))


def test_before_its_due_instant_nothing_counts_as_missed(desk: Cast) -> None:
    tally_queue(at=SOON)
    assert counts(desk.actor("agent"))["queue"] == Count(3, 0)
    near = {
        row.team_id: row.pressing for row in Tally.objects.filter(of="queue", team__isnull=False)
    }
    # Two hours are less than a day; eight business hours from ten o'clock end on Tuesday at ten, 23 hours away.
    assert near[desk.team.pk] == 1
    assert Tally.objects.get(of="queue", team=None).pressing == 2


def test_a_saved_view_is_counted_for_whoever_reads_it(desk: Cast) -> None:
    lead = desk.actor("lead")
    mine = save_view(
        actor=lead,
        name="My urgent",
        selection=Selection(Filters(assignee="me", priority="1")),
        at=MONDAY,
    )
    ours = save_view(actor=lead, name="Ours", selection=Selection(Filters(team="mine")), at=MONDAY)
    for view in (mine, ours):
        share_view(actor=lead, view_id=view.pk, shared_with=SharedWith.EVERYBODY, at=MONDAY)
    for view_id in views_to_tally():
        tally_view(view_id=view_id, at=LATE)
    anton, owner = counts(desk.actor("agent")), counts(desk.actor("owner"))
    assert (anton["My urgent"], anton["Ours"]) == (Count(1, 1), Count(1, 1))
    assert (owner["My urgent"], owner["Ours"]) == (Count(0, 0), Count(0, 0))
    remove_view(actor=lead, view_id=mine.pk, at=MONDAY)
    assert list(views_to_tally()) == [ours.pk]
    tally_view(view_id=mine.pk, at=LATE)  # somebody removed it meanwhile


def test_held_mails_of_a_private_team_count_for_its_members(desk: Cast) -> None:
    private = Ticket.objects.get(team__name="Private").team
    for number, team in enumerate((None, private)):
        box = Mailbox.objects.create(
            address=f"{number}@vendor.example", name="M", kind=MailboxKind.LISTENER, team=team
        )
        keep(mailbox_id=box.pk, raw=str(number).encode(), at=MONDAY)
    for mail in RawMail.objects.all():
        hold(mail_id=mail.pk, reason=Reason.STRANGER, at=MONDAY)
    tally_held()
    assert counts(desk.actor("agent"))["held"] == Count(1, 0)
    assert counts(desk.actor("owner"))["held"] == Count(2, 0)


def test_only_what_changed_is_written_and_an_open_page_hears_of_it(desk: Cast) -> None:
    tally_queue(at=SOON)
    rows, number = set(Tally.objects.values_list("pk", flat=True)), desk_number()
    tally_queue(at=SOON)
    assert (set(Tally.objects.values_list("pk", flat=True)), desk_number()) == (rows, number)
    mine = Ticket.objects.get(assignee=desk.agent)
    resolve(actor=desk.actor("agent"), ticket_id=mine.pk, at=SOON)
    resolved = desk_number()
    assert resolved > number
    tally_queue(at=SOON)
    assert counts(desk.actor("agent"))["mine"] == Count(0, 0)
    kept = rows & set(Tally.objects.values_list("pk", flat=True))
    assert len(kept) == 4, "all but Anton's: two of the queue, two of nobody's"
    tally_queue(at=LATE)
    assert desk_number() > resolved


def test_the_worker_counts_when_something_happened(
    desk: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallying, "_last", (None, 0.0))
    assert tallying.step() >= tallying.PAUSE_SECONDS
    assert counts(desk.actor("agent"))["queue"].tickets == 3
    Tally.objects.all().delete()
    tallying.step()
    assert counts(desk.actor("agent"))["queue"].tickets == 0, "nothing happened since"
    open_ticket(actor=desk.actor("contact"), subject="S", text="…", priority="2", at=MONDAY)
    tallying.step()
    assert counts(desk.actor("agent"))["queue"].tickets == 4
