"""What is wrong with a mailbox is told to whoever runs the desk, once a day until it is mended."""

from datetime import datetime, timedelta

import pytest

from duly.desk.actions.deliveries.claim import claim
from duly.desk.actions.deliveries.settle import sent
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.reach import not_reached, reached
from duly.desk.actions.mailboxes.alarm import look_after_mailboxes
from duly.desk.mailroom.alarm import Alarm
from duly.desk.mailroom.count import MailCount
from duly.desk.mailroom.letter import Letter
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from tests.desk.people import MONDAY, Cast

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def letters(at: datetime) -> list[Letter]:
    look_after_mailboxes(at=at)
    claimed = claim(at=at)
    for letter in claimed:
        sent(delivery_id=letter.delivery_id, at=at)
    return claimed


def counted(mailbox: Mailbox, at: datetime, *, late: int = 0, missing: int = 0) -> None:
    MailCount.objects.create(
        mailbox=mailbox,
        since=at - HOUR,
        counted_at=at,
        arrived=late + missing,
        kept=late,
        late=late,
        missing=missing,
    )
    Mailbox.objects.filter(pk=mailbox.pk).update(counted_at=at)


def test_k25_a_missing_mail_is_told_to_the_administrators_once_a_day(
    people: Cast, mailbox: Mailbox
) -> None:
    counted(mailbox, MONDAY, missing=2)
    (letter,) = letters(MONDAY)
    assert (letter.reader.email, letter.about, letter.reply_to) == (people.owner.email, (), None)
    (trouble,) = letter.troubles
    assert (trouble.kind, trouble.detail, trouble.since) == ("missing", "2", MONDAY)
    counted(mailbox, MONDAY + 23 * HOUR, missing=1)
    assert letters(MONDAY + 23 * HOUR) == []
    counted(mailbox, MONDAY + 24 * HOUR, missing=1)
    (again,) = letters(MONDAY + 24 * HOUR)
    assert [(one.detail, one.since) for one in again.troubles] == [("1", MONDAY)]
    counted(mailbox, MONDAY + 25 * HOUR)
    assert letters(MONDAY + 49 * HOUR) != []  # by then nobody has counted for a day
    assert [one.kind for one in Alarm.objects.filter(mended_at=None)] == ["not_counted"]


def test_a_mail_that_came_late_is_told(people: Cast, mailbox: Mailbox) -> None:
    counted(mailbox, MONDAY, late=1)
    assert [one.kind for one in letters(MONDAY)[0].troubles] == ["late"]


@pytest.mark.parametrize(("waited", "told"), [(59 * MINUTE, []), (61 * MINUTE, ["unsorted"])])
def test_k25_a_mail_without_its_outcome_for_an_hour_is_told(
    waited: timedelta, told: list[str], people: Cast, mailbox: Mailbox
) -> None:
    keep(mailbox_id=mailbox.pk, raw=b"stuck", at=MONDAY - waited)
    assert [one.kind for letter in letters(MONDAY) for one in letter.troubles] == told


def test_a_mailbox_out_of_reach_is_told_after_an_hour_and_mended_when_it_is_reached(
    people: Cast, mailbox: Mailbox
) -> None:
    reached(mailbox_id=mailbox.pk, at=MONDAY)
    not_reached(mailbox_id=mailbox.pk, trouble="connection refused")
    assert letters(MONDAY + HOUR) == []
    look_after_mailboxes(at=MONDAY + HOUR + MINUTE)
    reached(mailbox_id=mailbox.pk, at=MONDAY + HOUR + 2 * MINUTE)
    look_after_mailboxes(at=MONDAY + HOUR + 3 * MINUTE)
    assert claim(at=MONDAY + HOUR + 3 * MINUTE) == []  # mended before it was sent
    assert Alarm.objects.get().mended_at == MONDAY + HOUR + 3 * MINUTE


def test_a_mailbox_that_nobody_counts_is_told_after_two_hours(
    people: Cast, mailbox: Mailbox
) -> None:
    counted(mailbox, MONDAY)
    assert letters(MONDAY + 2 * HOUR) == []
    assert [one.kind for one in letters(MONDAY + 2 * HOUR + MINUTE)[0].troubles] == ["not_counted"]
    Mailbox.objects.update(is_active=False)
    look_after_mailboxes(at=MONDAY + 3 * HOUR)
    assert not Alarm.objects.filter(mended_at=None).exists()


def test_what_one_reads_about_is_what_one_may_set_up(people: Cast, mailbox: Mailbox) -> None:
    counted(mailbox, MONDAY, missing=1)
    look_after_mailboxes(at=MONDAY)
    people.owner.grants.all().delete()
    assert claim(at=MONDAY) == []
    assert RawMail.objects.count() == 0
