"""Any bytes become a plain value; what could not be read is said."""

import base64
import quopri
from email.message import EmailMessage

import pytest

from duly.channels.mail_in import limits
from duly.channels.mail_in.reading import read
from duly.channels.mail_in.values import Address, Automatic, Label

HEAD = b"From: Ann <ann@customer.example>\r\nTo: desk@vendor.example\r\nSubject: Import fails\r\n"


def mail(body: bytes, *headers: bytes) -> bytes:
    return HEAD + b"".join(line + b"\r\n" for line in headers) + b"\r\n" + body


def test_a_plain_mail_is_read_whole() -> None:
    read_mail = read(
        mail(
            b"It stops at 40 %.\r\n\r\nAnn\r\n",
            b"Message-ID: <1@customer.example>",
            b"In-Reply-To: <0@vendor.example>",
            b"Date: Mon, 26 Oct 2026 16:00:00 +0100",
        )
    )
    assert read_mail.senders == (Address("ann@customer.example", "Ann"),)
    assert read_mail.subject == "Import fails"
    assert read_mail.text == "It stops at 40 %.\n\nAnn"
    assert read_mail.message_id == "<1@customer.example>"
    assert read_mail.in_reply_to == ("<0@vendor.example>",)
    assert read_mail.sent_at == 1_793_026_800  # 2026-10-26T15:00:00Z
    assert read_mail.automatic is None
    assert read_mail.labels == frozenset()


def test_k04_a_mail_without_message_id_is_read() -> None:
    assert read(mail(b"hello")).message_id is None


@pytest.mark.parametrize(
    ("charset", "content", "text", "labels"),
    [
        (b"utf-8", "Grüße".encode(), "Grüße", set()),
        (b"iso-8859-1", "Grüße".encode("latin-1"), "Grüße", {Label.WRONG_CHARSET}),
        (b"iso-8859-1", "Grüße".encode(), "Grüße", set()),
        (b"x-klingon", "Grüße".encode(), "Grüße", {Label.UNKNOWN_CHARSET}),
        (b"utf-8", "Grüße".encode("latin-1"), "GrÃ¼ÃŸe", {Label.WRONG_CHARSET}),
        (b"base64", b"aGVsbG8=", "aGVsbG8=", {Label.UNKNOWN_CHARSET}),
        (b"iso-2022-jp", "障害".encode("iso-2022-jp"), "障害", set()),
        (b"utf-16", "Grüße".encode("utf-16"), "Grüße", set()),
    ],
)
def test_k08_unknown_and_wrong_charsets_stay_readable(
    charset: bytes, content: bytes, text: str, labels: set[Label]
) -> None:
    body = base64.encodebytes(content)
    found = read(
        mail(
            body,
            b"Content-Type: text/plain; charset=" + charset,
            b"Content-Transfer-Encoding: base64",
        )
    )
    if labels == {Label.WRONG_CHARSET} and charset == b"utf-8":
        text = "Grüße"  # the fallback reads the Western bytes
    assert found.text == text
    assert found.labels == labels


def test_e16_nul_and_lone_surrogates_never_come_through() -> None:
    found = read(mail(b"a\x00b\xed\xa0\x80c"))
    assert "\x00" not in found.text
    found.text.encode()


@pytest.mark.parametrize(
    "content_type",
    [
        b"multipart/mixed; boundary=",
        b'multipart/mixed; boundary="never',
        b"multipart/mixed",
        b'multipart/mixed; boundary="a"; boundary*0=b',
        b";;;;",
        b"text/plain; charset*=utf-8''%FF%FE; name*0*=x; name*9=y",
    ],
)
def test_k10_malformed_content_types_lose_no_text(content_type: bytes) -> None:
    found = read(mail(b"--x\r\n\r\nstill here\r\n", b"Content-Type: " + content_type))
    assert "still here" in found.text + "".join(part.content.decode() for part in found.parts)


@pytest.mark.parametrize("boundary", [b'; boundary="another"', b""])
def test_k10_of_parts_that_cannot_be_told_apart_the_words_are_shown(boundary: bytes) -> None:
    body = b"--b\r\n\r\nIt stops.\r\n--b--\r\n"
    found = read(mail(body, b"Content-Type: multipart/mixed" + boundary))
    assert "It stops." in found.text
    assert found.parts == ()
    assert Label.BROKEN_STRUCTURE in found.labels


def test_k11_a_broken_winmail_is_kept_and_named() -> None:
    found = read(
        mail(
            base64.encodebytes(b"\x78\x9f\x3e\x22garbage"),
            b"Content-Type: application/ms-tnef; name=winmail.dat",
            b"Content-Transfer-Encoding: base64",
        )
    )
    assert [part.name for part in found.parts] == ["winmail.dat"]
    assert Label.BROKEN_TNEF in found.labels


def test_k13_signed_and_encrypted_mails_are_read_and_named() -> None:
    signed = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nsigned words\r\n"
        b"--b\r\nContent-Type: application/pgp-signature; name=signature.asc\r\n\r\n-----BEGIN\r\n--b--\r\n"
    )
    found = read(mail(signed, b"Content-Type: multipart/signed; boundary=b; protocol=x"))
    assert found.text == "signed words"
    assert Label.SIGNED in found.labels
    assert [part.name for part in found.parts] == ["signature.asc"]
    shell = read(
        mail(
            b"MIAG",
            b"Content-Type: application/pkcs7-mime; name=smime.p7m",
            b"Content-Transfer-Encoding: base64",
        )
    )
    assert Label.ENCRYPTED in shell.labels
    assert [part.name for part in shell.parts] == ["smime.p7m"]


def test_k21_every_part_of_a_nested_mail_is_kept() -> None:
    inner = EmailMessage()
    inner["From"] = "bob@elsewhere.example"
    inner["Subject"] = "inner"
    inner.set_content("inner words")
    outer = EmailMessage()
    outer["From"] = "ann@customer.example"
    outer.set_content("see below")
    outer.add_attachment(inner)
    outer.add_attachment(
        b"\x89PNG\r\n\x1a\n" + bytes(40), maintype="image", subtype="png", filename="shot.png"
    )
    outer.add_attachment("a,b\n", subtype="csv", filename="rows.csv")
    found = read(outer.as_bytes())
    assert found.text == "see below"
    assert [part.name for part in found.parts] == ["forwarded.eml", "shot.png", "rows.csv"]
    assert b"inner words" in found.parts[0].content
    assert found.parts[1].media_type == "image/png"


def test_the_type_of_a_file_is_told_by_its_bytes() -> None:
    liar = EmailMessage()
    liar["From"] = "ann@customer.example"
    liar.add_attachment(
        b"<html><script>1</script>", maintype="image", subtype="png", filename="a.png"
    )
    part = read(liar.as_bytes()).parts[0]
    assert part.declared == "image/png"
    assert not part.media_type.startswith("image/")


def test_k26_binary_garbage_in_addresses_is_survived() -> None:
    found = read(b"From: \xff\xfe\x00 <\xc3\x28@\x80>\r\nSubject: \xf0\x28\x8c\x28\r\n\r\nbody")
    assert found.text == "body"
    assert Label.NO_SENDER in found.labels
    found.subject.encode()


@pytest.mark.parametrize(
    ("headers", "label"),
    [
        (b"From: a@x.example\r\nFrom: b@x.example\r\n", Label.SEVERAL_SENDERS),
        (b"From: a@x.example, b@x.example\r\n", Label.SEVERAL_SENDERS),
        (b"Subject: nobody\r\n", Label.NO_SENDER),
        (b'From: "a@x.example" <b@x.example> <c@x.example>\r\n', Label.AMBIGUOUS_SENDER),
    ],
)
def test_a12_a_sender_that_can_be_read_in_two_ways_is_labelled(
    headers: bytes, label: Label
) -> None:
    assert label in read(headers + b"\r\nbody").labels


def test_a12_an_encoded_word_never_becomes_an_address() -> None:
    word = base64.b64encode(b"boss@customer.example").decode()
    found = read(f"From: =?utf-8?b?{word}?= <evil@elsewhere.example>\r\n\r\nx".encode())
    assert [one.address for one in found.senders] == ["evil@elsewhere.example"]
    assert found.senders[0].name == ""


def test_a12_a_name_never_poses_as_an_address() -> None:
    raw = b'From: "ceo@bank.example" <thief@evil.example>\r\n\r\nPay.'
    assert read(raw).senders == (Address("thief@evil.example", ""),)


def test_a_name_is_read_in_the_order_in_which_it_is_written() -> None:
    """U+202E turns what follows: `invoice` before `fdp.exe` would look like `invoiceexe.pdf`."""
    turned = "invoice\u202efdp.exe"
    attachment = EmailMessage()
    attachment["From"] = "Ann \u202enna <ann@customer.example>"
    attachment["Subject"] = turned
    attachment.set_content("see file")
    attachment.add_attachment(b"MZ", maintype="application", subtype="x", filename=turned)
    found = read(attachment.as_bytes())
    assert found.senders == (Address("ann@customer.example", "Ann nna"),)
    assert (found.subject, found.parts[0].name) == ("invoicefdp.exe", "invoicefdp.exe")


def test_g07_a_part_bomb_is_cut_and_named() -> None:
    part = b"--b\r\nContent-Type: application/x-a; name=f\r\n\r\nx\r\n"
    found = read(
        mail(part * (limits.PARTS + 50) + b"--b--", b"Content-Type: multipart/mixed; boundary=b")
    )
    assert Label.TOO_MANY_PARTS in found.labels
    assert len(found.parts) <= limits.PARTS


def test_g07_a_deep_mail_is_cut_and_named() -> None:
    depth = limits.DEPTH + 20
    body = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
        for level in range(depth)
    )
    found = read(HEAD + body + b"Content-Type: text/plain\r\n\r\ndeep")
    assert Label.TOO_DEEP in found.labels


def test_a_header_flood_keeps_the_body() -> None:
    flood = b"".join(b"X-%d: %s\r\n" % (number, b"y" * 900) for number in range(2000))
    found = read(HEAD + flood + b"\r\nstill here")
    assert found.text == "still here"
    assert Label.TOO_LARGE in found.labels


@pytest.mark.parametrize(
    ("header", "automatic"),
    [
        (b"Auto-Submitted: auto-replied (vacation)", Automatic.REPLY),
        (b"Auto-Submitted: auto-replied", Automatic.REPLY),
        (b"Auto-Submitted: auto-generated", Automatic.GENERATED),
        (b"Auto-Submitted: no", None),
        (b"Precedence: bulk", Automatic.LIST),
        (b"List-Id: <news.example>", Automatic.LIST),
        (b"X-Auto-Response-Suppress: All", Automatic.GENERATED),
        (b"X-Autoreply: yes", Automatic.REPLY),
        (b"Return-Path: <>", Automatic.GENERATED),
        (b"Return-Path: <>\r\nAuto-Submitted: auto-replied", Automatic.REPLY),
        (b"Sender: mailer-daemon@customer.example", None),
    ],
)
def test_g01_a_machine_is_told_from_a_person(header: bytes, automatic: Automatic | None) -> None:
    assert read(mail(b"x", header)).automatic is automatic


@pytest.mark.parametrize(
    ("sender", "automatic"),
    [(b"MAILER-DAEMON@mx.example", Automatic.GENERATED), (b"postmaster@customer.example", None)],
)
def test_a_daemon_is_told_from_a_postmaster_who_may_be_a_person(
    sender: bytes, automatic: Automatic | None
) -> None:
    raw = b"From: " + sender + b"\r\nSubject: slow\r\n\r\nCould you look?"
    assert read(raw).automatic is automatic


def test_k15_a_report_older_than_its_rules_names_the_mail_that_it_encloses() -> None:
    report = (
        b"--b\r\n\r\nI could not deliver this.\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <ours@vendor.example>\r\n\r\nhello\r\n--b--\r\n"
    )
    found = read(mail(report, b"Return-Path: <>", b"Content-Type: multipart/mixed; boundary=b"))
    assert found.automatic is Automatic.BOUNCE
    assert found.bounce is not None
    assert (found.bounce.about, found.bounce.permanent) == ("<ours@vendor.example>", False)


def test_k15_a_delivery_report_names_the_mail_and_the_address() -> None:
    report = (
        b"--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; Gone@Customer.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <ours@vendor.example>\r\n\r\nhello\r\n--b--\r\n"
    )
    found = read(
        mail(report, b"Content-Type: multipart/report; report-type=delivery-status; boundary=b")
    )
    assert found.automatic is Automatic.BOUNCE
    assert found.bounce is not None
    assert (
        found.bounce.recipient,
        found.bounce.status,
        found.bounce.about,
        found.bounce.permanent,
    ) == (
        "gone@customer.example",
        "5.1.1",
        "<ours@vendor.example>",
        True,
    )


def test_an_html_only_mail_gives_its_words() -> None:
    html = (
        "<style>p{}</style><p>The import <b>stops</b>.</p>"
        "<blockquote><p>Which one?</p></blockquote><script>x</script>"
    )
    body = quopri.encodestring(html.encode())
    found = read(
        mail(
            body,
            b"Content-Type: text/html; charset=utf-8",
            b"Content-Transfer-Encoding: quoted-printable",
        )
    )
    assert found.text == "The import stops.\n\n> Which one?"
    assert found.html == html


def test_g07_many_texts_are_cut_as_one_long_text_is() -> None:
    leaf = b"--b\r\nContent-Type: text/plain\r\n\r\n" + b"x" * 900_000 + b"\r\n"
    raw = b"From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + leaf * 4
    found = read(raw + b"--b--\r\n")
    assert len(found.text) <= limits.TEXT_CHARACTERS + 4
    assert Label.TOO_LARGE in found.labels
    assert [len(part.content) for part in found.parts] == [
        900_000,
        900_000,
    ]  # the third was cut, the fourth left out
