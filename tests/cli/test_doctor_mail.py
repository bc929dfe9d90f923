"""The doctor notices that mail no longer comes in."""

from datetime import timedelta

import pytest

from duly.channels import wall_clock
from duly.cli.doctor.finding import Finding
from duly.cli.doctor.rows import mail_in
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.reach import not_reached, reached
from duly.desk.mailroom.alarm import Alarm
from duly.desk.mailroom.mailbox import Mailbox


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return Mailbox.objects.create(
        address="desk@vendor.example",
        name="Support",
        kind="imap",
        verdict_server="mx.vendor.example",
    )


def test_k25_a_mailbox_out_of_reach_is_named_until_it_is_reached(mailbox: Mailbox) -> None:
    not_reached(mailbox_id=mailbox.pk, trouble="connection refused")
    (verdict, said), _ = mail_in()
    assert verdict is Finding.WRONG
    assert "desk@vendor.example is out of reach, never read: connection refused" in said
    reached(mailbox_id=mailbox.pk, at=wall_clock.now())
    assert [found for found, _ in mail_in()] == [Finding.GOOD]


@pytest.mark.parametrize(("minutes", "verdict"), [(14, Finding.GOOD), (16, Finding.WRONG)])
def test_k25_mail_that_nobody_sorts_is_noticed(
    minutes: int, verdict: Finding, mailbox: Mailbox
) -> None:
    keep(mailbox_id=mailbox.pk, raw=b"x", at=wall_clock.now() - timedelta(minutes=minutes))
    assert [found for found, _ in mail_in()] == [verdict]


def test_k25_alarms_are_named(mailbox: Mailbox) -> None:
    Alarm.objects.create(mailbox=mailbox, kind="missing", detail="2", since=wall_clock.now())
    (verdict, said), _ = mail_in()
    assert verdict is Finding.WRONG
    assert "desk@vendor.example: 2 mails arrived at its server and never came to the desk" in said


def test_a_mailbox_for_whose_senders_nobody_vouches_is_advised_about(mailbox: Mailbox) -> None:
    Mailbox.objects.update(verdict_server="")
    (verdict, said), _ = mail_in()
    assert verdict is Finding.ADVICE
    assert "desk@vendor.example: nobody's word on senders counts" in said
