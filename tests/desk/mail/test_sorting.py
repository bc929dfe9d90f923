"""Which mail becomes what: each known way in which a desk was fooled has its row."""

from dataclasses import replace

import pytest

from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import Outcome
from duly.desk.mailroom.sorting import (
    MOST_AN_HOUR,
    SENTENCES,
    AnswersTo,
    Known,
    Reason,
    Sorted,
    sort,
)
from duly.desk.tickets.words import TEXT_LENGTH

MAIL = Incoming(
    sender="ann@acme.example",
    sender_name="Ann",
    verdict="passed",
    recipients=("desk@vendor.example",),
    subject="Import fails",
    text="It stops.",
    html=None,
    folded_from=None,
    files=(),
    internet_id="<1@acme.example>",
    automatic=None,
    bounced_id=None,
    bounced_address=None,
    bounce_is_permanent=False,
    labels=frozenset(),
)
UNKNOWN = Known(
    answers_to=None,
    is_contact=False,
    is_ours=False,
    is_blocked=False,
    takes_strangers=True,
    came_before=False,
    reports_ours=False,
    lately=0,
)
CONTACT = replace(UNKNOWN, is_contact=True)
ANNS = AnswersTo(
    email="ann@acme.example", is_internal=False, is_revoked=False, may_write=True, is_closed=False
)
ANSWERING = replace(CONTACT, answers_to=ANNS)
AGENTS_NOTE = replace(ANNS, is_internal=True)


def held(reason: Reason) -> Sorted:
    return Sorted(Outcome.HELD, reason)


def refused(reason: Reason) -> Sorted:
    return Sorted(Outcome.REFUSED, reason)


@pytest.mark.parametrize(
    ("case", "mail", "known", "becomes"),
    [
        ("a contact writes", MAIL, CONTACT, Sorted(Outcome.TICKET)),
        ("a stranger whose domain vouches writes", MAIL, UNKNOWN, Sorted(Outcome.TICKET)),
        ("a contact answers at their own address", MAIL, ANSWERING, Sorted(Outcome.REPLY)),
        (
            "A01 a number in the subject",
            replace(MAIL, subject="Re: [#1042] x"),
            UNKNOWN,
            Sorted(Outcome.TICKET),
        ),
        (
            "A06 nobody vouches for a contact",
            replace(MAIL, verdict="none"),
            CONTACT,
            held(Reason.UNVOUCHED),
        ),
        (
            "A06 nobody vouches for an answer",
            replace(MAIL, verdict="none"),
            ANSWERING,
            held(Reason.UNVOUCHED),
        ),
        (
            "A06 the domain disowns it",
            replace(MAIL, verdict="failed"),
            ANSWERING,
            held(Reason.FORGED),
        ),
        (
            "nobody vouches for a stranger",
            replace(MAIL, verdict="none"),
            UNKNOWN,
            held(Reason.UNVOUCHED),
        ),
        (
            "A04 somebody in Cc has the address of another",
            replace(MAIL, sender="carl@acme.example"),
            ANSWERING,
            held(Reason.NOT_THE_PERSON),
        ),
        (
            "A02 a revoked address",
            MAIL,
            replace(ANSWERING, answers_to=replace(ANNS, is_revoked=True)),
            held(Reason.REVOKED),
        ),
        (
            "A06 an agent who lost the right",
            MAIL,
            replace(ANSWERING, answers_to=replace(ANNS, may_write=False)),
            held(Reason.NO_LONGER_ALLOWED),
        ),
        (
            "a closed ticket",
            MAIL,
            replace(ANSWERING, answers_to=replace(ANNS, is_closed=True)),
            held(Reason.TICKET_CLOSED),
        ),
        (
            "a note on a closed ticket",
            MAIL,
            replace(ANSWERING, answers_to=replace(AGENTS_NOTE, is_closed=True)),
            Sorted(Outcome.REPLY),
        ),
        (
            "A08 a machine writes to the desk",
            replace(MAIL, automatic="auto_generated"),
            UNKNOWN,
            held(Reason.MACHINE),
        ),
        ("A08 a newsletter", replace(MAIL, automatic="list"), CONTACT, held(Reason.MACHINE)),
        (
            "G01 an auto-reply to our mail",
            replace(MAIL, automatic="auto_reply"),
            ANSWERING,
            Sorted(Outcome.REPLY),
        ),
        (
            "G01 an agent's auto-reply to a note",
            replace(MAIL, automatic="auto_reply"),
            replace(ANSWERING, answers_to=AGENTS_NOTE),
            held(Reason.MACHINE),
        ),
        (
            "G02 a delivery report",
            replace(MAIL, automatic="bounce", sender=""),
            replace(UNKNOWN, reports_ours=True),
            refused(Reason.REPORT),
        ),
        (
            "K15 a delivery report about a mail that somebody else sent in our name",
            replace(MAIL, automatic="bounce", sender=""),
            UNKNOWN,
            refused(Reason.REPORT_OF_ANOTHER),
        ),
        ("A12 no or several senders", replace(MAIL, sender=""), UNKNOWN, held(Reason.NO_SENDER)),
        (
            "A12 a sender that reads in two ways",
            replace(MAIL, labels=frozenset({"ambiguous_sender"})),
            ANSWERING,
            held(Reason.NO_SENDER),
        ),
        (
            "R4 a mail that killed its reader",
            replace(MAIL, sender="", labels=frozenset({"unreadable"})),
            UNKNOWN,
            held(Reason.UNREADABLE),
        ),
        (
            "G01 our own address",
            MAIL,
            replace(CONTACT, is_ours=True),
            refused(Reason.FROM_OURSELVES),
        ),
        ("a blocked sender", MAIL, replace(UNKNOWN, is_blocked=True), refused(Reason.BLOCKED)),
        (
            "K06 the same mail by another address",
            MAIL,
            replace(CONTACT, came_before=True),
            refused(Reason.AGAIN),
        ),
        (
            "a stranger at a desk for contacts",
            MAIL,
            replace(UNKNOWN, takes_strangers=False),
            held(Reason.STRANGER),
        ),
        ("an empty mail", replace(MAIL, subject="", text=" "), CONTACT, held(Reason.EMPTY)),
    ],
)
def test_a_mail_has_one_outcome(case: str, mail: Incoming, known: Known, becomes: Sorted) -> None:
    assert sort(mail, known) == becomes, case


def test_every_reason_is_said_in_words() -> None:
    assert set(SENTENCES) == set(Reason)


@pytest.mark.parametrize("label", ["cut", "too_deep", "too_large", "too_many_parts"])
def test_k19_a_mail_of_which_something_is_left_out_is_held(label: str) -> None:
    for known in (UNKNOWN, CONTACT, ANSWERING):
        cut = replace(MAIL, labels=frozenset({label}))
        assert sort(cut, known) == held(Reason.TOO_LARGE)


def test_k19_a_text_longer_than_a_message_may_be_is_held() -> None:
    assert sort(replace(MAIL, text="x" * TEXT_LENGTH), CONTACT).outcome is Outcome.TICKET
    assert sort(replace(MAIL, text="x" * (TEXT_LENGTH + 1)), CONTACT) == held(Reason.TOO_LARGE)


def test_g11_a_sender_of_very_many_mails_is_held() -> None:
    for known in (UNKNOWN, CONTACT, ANSWERING):
        assert sort(MAIL, replace(known, lately=MOST_AN_HOUR - 1)).outcome is not Outcome.HELD
        assert sort(MAIL, replace(known, lately=MOST_AN_HOUR)) == held(Reason.TOO_MANY)
