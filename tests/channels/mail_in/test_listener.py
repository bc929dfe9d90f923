"""A server that hands us a mail is told 250 when the mail is kept, and not before."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from duly.channels.mail_in import limits, quota
from duly.channels.mail_in.listener import Keep, Received, listener
from duly.channels.mail_in.quota import Quota
from tests.ports import free_port

MAIL = b"From: ann@customer.example\r\nSubject: hi\r\n\r\n.dots.\r\n..stay\r\n"


@contextmanager
def listening(keep: Keep, protocol: str = "smtp") -> Iterator[int]:
    port = free_port()
    running = listener(
        keep,
        accepts=lambda address: address.endswith("@vendor.example"),
        host="127.0.0.1",
        port=port,
        protocol=protocol,  # type: ignore[arg-type]
    )
    running.start()
    try:
        yield port
    finally:
        running.stop()


@pytest.mark.parametrize(("protocol", "client"), [("smtp", smtplib.SMTP), ("lmtp", smtplib.LMTP)])
def test_a_mail_is_kept_byte_for_byte_with_its_envelope(
    protocol: str, client: Callable[..., smtplib.SMTP]
) -> None:
    kept: list[Received] = []
    with listening(kept.append, protocol) as port, client("127.0.0.1", port) as peer:
        peer.sendmail("bounces@customer.example", ["desk@vendor.example"], MAIL)
    assert [(one.raw, one.sender, one.recipients) for one in kept] == [
        (MAIL, "bounces@customer.example", ("desk@vendor.example",))
    ]


def test_lmtp_answers_for_each_recipient() -> None:
    with listening(lambda received: None, "lmtp") as port, smtplib.LMTP("127.0.0.1", port) as peer:
        peer.ehlo()
        peer.mail("a@customer.example")
        peer.rcpt("desk@vendor.example")
        peer.rcpt("b@vendor.example")
        assert peer.data(MAIL)[0] == 250
        assert peer.getreply()[0] == 250
        assert peer.noop()[0] == 250


def test_mail_for_nobody_here_is_refused_at_the_door() -> None:
    with (
        listening(lambda received: None) as port,
        smtplib.SMTP("127.0.0.1", port) as peer,
        pytest.raises(smtplib.SMTPRecipientsRefused) as refused,
    ):
        peer.sendmail("a@customer.example", ["x@elsewhere.example"], MAIL)
    assert refused.value.recipients["x@elsewhere.example"][0] == 550


def test_k01_a_mail_that_could_not_be_kept_is_not_acknowledged() -> None:
    def full(received: Received) -> None:
        raise OSError("disk full")

    with (
        listening(full) as port,
        smtplib.SMTP("127.0.0.1", port) as peer,
        pytest.raises(smtplib.SMTPDataError) as refused,
    ):
        peer.sendmail("a@customer.example", ["desk@vendor.example"], MAIL)
    assert refused.value.smtp_code == 451


@pytest.mark.parametrize("ending", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r"])
def test_a14_only_a_whole_line_ends_a_mail(ending: bytes) -> None:
    """A second mail smuggled behind another end of data must not become a mail of its own."""
    kept: list[Received] = []
    smuggled = b"MAIL FROM:<admin@vendor.example>\r\nRCPT TO:<desk@vendor.example>\r\nDATA\r\nFrom: admin\r\n\r\nevil"
    with listening(kept.append) as port, smtplib.SMTP("127.0.0.1", port) as peer:
        peer.ehlo()
        peer.mail("ann@customer.example")
        peer.rcpt("desk@vendor.example")
        peer.putcmd("data")
        peer.getreply()
        peer.send(b"From: ann@customer.example\r\n\r\nhello" + ending + smuggled + b"\r\n.\r\n")
        code, _ = peer.getreply()
    assert code in (250, 500, 501, 503, 554)
    assert len(kept) <= 1
    assert all(one.sender == "ann@customer.example" for one in kept)


def test_a_mail_with_a_line_longer_than_the_rules_allow_is_kept() -> None:
    kept: list[Received] = []
    long = b"Subject: hi\r\n\r\n<p>" + b"word " * 100_000 + b"\r\n"
    with listening(kept.append) as port, smtplib.SMTP("127.0.0.1", port) as peer:
        peer.sendmail("a@customer.example", ["desk@vendor.example"], long)
    assert [one.raw for one in kept] == [long]


def test_k19_a_mail_beyond_the_limit_is_refused_by_name() -> None:
    kept: list[Received] = []
    with (
        listening(kept.append) as port,
        smtplib.SMTP("127.0.0.1", port) as peer,
        pytest.raises(smtplib.SMTPSenderRefused) as refused,
    ):
        peer.sendmail("a@customer.example", ["desk@vendor.example"], b"x" * (limits.BYTES + 1))
    assert refused.value.smtp_code == 552
    assert kept == []


def test_g11_what_a_sender_hands_over_beyond_the_quota_waits_at_their_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quota, "MAILS_AN_HOUR", 2)
    kept: list[Received] = []
    with listening(kept.append) as port, smtplib.SMTP("127.0.0.1", port) as peer:
        for sender in ("a@customer.example", "A@customer.example"):
            peer.sendmail(sender, ["desk@vendor.example"], MAIL)
        with pytest.raises(smtplib.SMTPDataError) as refused:
            peer.sendmail("a@customer.example", ["desk@vendor.example"], MAIL)
        peer.sendmail("b@customer.example", ["desk@vendor.example"], MAIL)
    assert refused.value.smtp_code == 452
    assert len(kept) == 3


def test_g11_the_quota_counts_bytes_and_forgets_after_an_hour() -> None:
    now = 0.0
    counted = Quota(lambda: now)
    half = quota.BYTES_AN_HOUR // 2
    assert [counted.takes("a", half) for _ in range(3)] == [True, True, False]
    now = 3599.0
    assert not counted.takes("a", 1)
    now = 3600.0
    assert counted.takes("a", half)
