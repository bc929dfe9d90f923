"""How the help was: the requester's word, once it is resolved, changed until it is closed, counted for reports."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from duly.core.attainment import Share
from duly.desk.actions.tickets.close import close
from duly.desk.actions.tickets.merge import merge
from duly.desk.actions.tickets.open import open_ticket
from duly.desk.actions.tickets.rate import rate
from duly.desk.actions.tickets.reopen import reopen
from duly.desk.actions.tickets.resolve import resolve
from duly.desk.errors import Invalid, NotAllowed, NotPossible
from duly.desk.queries.satisfaction import By, satisfaction, what_was_said
from duly.desk.tickets.event import Event
from duly.desk.tickets.rating import Rating, rating_key, read_rating_key
from duly.desk.tickets.ticket import Ticket
from tests.desk.people import MONDAY, Cast

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")
FOREVER = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


def resolved(people: Cast, name: str = "contact", at: datetime = MONDAY) -> Ticket:
    ticket = open_ticket(
        actor=people.actor(name), subject="Door", text="Stuck.", priority="1", at=at
    )
    return resolve(actor=people.actor("agent"), ticket_id=ticket.pk, at=at + HOUR)


def say(
    people: Cast, ticket: Ticket, verdict: str = "good", words: str = "", name: str = "contact"
) -> Rating:
    return rate(
        actor=people.actor(name),
        ticket_id=ticket.pk,
        verdict=verdict,
        words=words,
        at=MONDAY + 2 * HOUR,
    )


def test_it_is_kept_and_its_event_has_no_words(covered: Cast) -> None:
    ticket = resolved(covered)
    say(covered, ticket, "poor", "  Took three days.  ")
    rating = Rating.objects.get()
    assert (rating.verdict, rating.words, rating.person) == (
        "poor",
        "Took three days.",
        covered.contact,
    )
    event = Event.objects.get(kind="rated")
    assert (event.facts, event.person) == ({"verdict": "poor"}, covered.contact)


def test_it_may_be_said_otherwise_until_the_ticket_is_closed(covered: Cast) -> None:
    ticket = resolved(covered)
    say(covered, ticket, "poor")
    say(covered, ticket, "poor")
    assert Event.objects.filter(kind="rated").count() == 1, "the same again is nothing new"
    say(covered, ticket, "good", "All is well now.")
    close(actor=covered.actor("agent"), ticket_id=ticket.pk, at=MONDAY + 3 * HOUR)
    with pytest.raises(NotPossible, match="stands"):
        say(covered, ticket, "poor")
    assert Rating.objects.get().verdict == "good"
    assert Event.objects.filter(kind="rated").count() == 2


def test_what_was_closed_at_once_can_still_be_rated_for_the_first_time(covered: Cast) -> None:
    ticket = resolved(covered)
    close(actor=covered.actor("agent"), ticket_id=ticket.pk, at=MONDAY + HOUR)
    say(covered, ticket)
    assert Rating.objects.get().verdict == "good"


def test_while_work_goes_on_and_after_a_merge_nothing_is_asked(covered: Cast) -> None:
    ticket, other = resolved(covered), resolved(covered)
    reopen(actor=covered.actor("contact"), ticket_id=ticket.pk, at=MONDAY + HOUR)
    with pytest.raises(NotPossible, match="not resolved yet"):
        say(covered, ticket)
    merge(actor=covered.actor("agent"), ticket_id=other.pk, into_id=ticket.pk, at=MONDAY + HOUR)
    with pytest.raises(NotPossible, match="went on"):
        say(covered, other)


def test_only_the_requester_is_asked_and_only_for_one_of_two_answers(covered: Cast) -> None:
    ticket = resolved(covered)
    for name in ("colleague", "agent"):
        with pytest.raises(NotAllowed):
            say(covered, ticket, name=name)
    with pytest.raises(Invalid):
        say(covered, ticket, "splendid")
    with pytest.raises(Invalid):
        say(covered, ticket, words="a" * 200_001)
    assert not Rating.objects.exists()


def test_a_key_is_this_desks_own() -> None:
    key = rating_key(7, 8)
    assert read_rating_key(key) == (7, 8)
    _, proof = key.split(":")
    forged = f"{rating_key(7, 9).split(':')[0]}:{proof}"
    for wrong in (key[:-1], key + "a", "", "eyJ", forged):
        assert read_rating_key(wrong) is None


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("month", [(date(2026, 10, 1), Share(1, 3))]),
        ("organisation", [("Acme", Share(1, 2)), ("Other", Share(0, 1))]),
        ("team", [("", Share(1, 3))]),
    ],
)
def test_it_is_counted_by_month_organisation_and_team(
    by: By, expected: list[tuple[object, Share]], covered: Cast
) -> None:
    say(covered, resolved(covered), "good")
    say(covered, resolved(covered, "colleague"), "poor", "Slow.", name="colleague")
    say(covered, resolved(covered, "stranger"), "poor", name="stranger")
    lead = covered.actor("lead")
    rows = satisfaction(lead, *FOREVER, by=by, zone=BERLIN)
    assert [(row.first or row.name, row.share) for row in rows] == expected
    assert [said.words for said in what_was_said(lead, *FOREVER)] == ["", "Slow.", ""]
    assert satisfaction(lead, FOREVER[0], MONDAY, by=by, zone=BERLIN) == ()
