"""What becomes of a mail: one outcome with its reason, decided from facts alone.

A reply needs three things at once: the secret address, a sender who is that person, and our receiving server's word for
the sender. A ticket number in a subject is never enough, nor is a header that a stranger can copy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_noop as _

from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import Outcome
from duly.desk.tickets.words import TEXT_LENGTH


class Reason(StrEnum):
    """Why a mail was held or refused."""

    UNREADABLE = "unreadable"
    NO_SENDER = "no_sender"
    FORGED = "forged"
    UNVOUCHED = "unvouched"
    NOT_THE_PERSON = "not_the_person"
    REVOKED = "revoked"
    NO_LONGER_ALLOWED = "no_longer_allowed"
    TICKET_CLOSED = "ticket_closed"
    MACHINE = "machine"
    STRANGER = "stranger"
    WHICH_SUBSCRIPTION = "which_subscription"
    FROM_OURSELVES = "from_ourselves"
    BLOCKED = "blocked"
    REPORT = "report"
    REPORT_OF_ANOTHER = "report_of_another"
    AGAIN = "again"
    SPAM = "spam"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    FAILED = "failed"


SENTENCES: Mapping[Reason, str] = {
    Reason.UNREADABLE: _(
        "The mail took more time or memory to read than one mail may. Its raw text is kept."
    ),
    Reason.NO_SENDER: _("It does not say clearly who wrote it."),
    Reason.FORGED: _("The domain of its sender disowns it."),
    Reason.UNVOUCHED: _("Nobody vouches for its sender, so it may be forged."),
    Reason.NOT_THE_PERSON: _("It answers at an address that was given to somebody else."),
    Reason.REVOKED: _("It answers at an address that is no longer in use."),
    Reason.NO_LONGER_ALLOWED: _("Its sender may no longer write to this ticket."),
    Reason.TICKET_CLOSED: _("The ticket that it answers is closed."),
    Reason.MACHINE: _("A machine wrote it, and it answers nothing of ours."),
    Reason.STRANGER: _(
        "Nobody here knows its sender, and this mailbox takes mail from contacts only."
    ),
    Reason.WHICH_SUBSCRIPTION: _(
        "Its sender has more than one organisation or subscription; choose the one it is about."
    ),
    Reason.FROM_OURSELVES: _("It comes from an address of this desk."),
    Reason.BLOCKED: _("Its sender is blocked."),
    Reason.REPORT: _("It is a delivery report; the message it is about shows it."),
    Reason.REPORT_OF_ANOTHER: _(
        "It is a delivery report about a mail that this desk did not send."
    ),
    Reason.AGAIN: _("The same mail came by another address before."),
    Reason.SPAM: _("Somebody here said that it is spam."),
    Reason.EMPTY: _("It says nothing."),
    Reason.TOO_LARGE: _(
        "It is larger than a ticket may be, so a part of it would be left out. Accepted, its whole text is a file."
    ),
    Reason.TOO_MANY: _("Its sender wrote more mails within an hour than the desk takes unseen."),
    Reason.FAILED: _(
        "Sorting it went wrong on our side. Its raw text is kept, and the log says what happened."
    ),
}


TAKEN_BACK = frozenset({Reason.SPAM, Reason.BLOCKED})
"""Refusals that hang on what a person said of a mail or of its sender."""
MOST_AN_HOUR = 120
"""Mails of one sender that become tickets and answers by themselves."""
CUT = frozenset({"cut", "too_large", "too_many_parts", "too_deep"})
"""The labels of a mail of which something was left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersTo:
    """The reply address that a mail came to, as far as it matters here."""

    email: str
    """Of the person to whom it was given."""
    is_internal: bool
    is_revoked: bool
    may_write: bool
    """Whether that person may still reply, or note on an internal one."""
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the desk knows about a mail's sender and way."""

    answers_to: AnswersTo | None
    is_contact: bool
    """Somebody with the sender's address may open tickets."""
    is_ours: bool
    is_blocked: bool
    takes_strangers: bool
    came_before: bool
    reports_ours: bool
    """It is a delivery report about a letter of this desk."""
    lately: int
    """How many mails of this sender became tickets or answers within the hour before it."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The decision. Held and refused mails have a reason, the others none."""

    outcome: Outcome
    reason: Reason | None = None


def sort(mail: Incoming, known: Known) -> Sorted:
    """Decide; the first rule that fits."""
    return (
        _refused(mail, known) or _suspect(mail, known) or _answer(mail, known) or _new(mail, known)
    )


def _refused(mail: Incoming, known: Known) -> Sorted | None:
    if mail.automatic == "bounce":
        reason = Reason.REPORT if known.reports_ours else Reason.REPORT_OF_ANOTHER
        return Sorted(Outcome.REFUSED, reason)
    if known.is_ours:
        return Sorted(Outcome.REFUSED, Reason.FROM_OURSELVES)
    if known.is_blocked:
        return Sorted(Outcome.REFUSED, Reason.BLOCKED)
    if known.came_before:
        return Sorted(Outcome.REFUSED, Reason.AGAIN)
    return None


def _suspect(mail: Incoming, known: Known) -> Sorted | None:
    is_known = known.answers_to is not None or known.is_contact
    says = mail.text.strip() or mail.subject.strip() or mail.files
    doubts = (
        ("unreadable" in mail.labels, Reason.UNREADABLE),
        (not mail.sender or "ambiguous_sender" in mail.labels, Reason.NO_SENDER),
        (mail.verdict == "failed", Reason.FORGED),
        (mail.verdict == "none" and is_known, Reason.UNVOUCHED),
        (not says, Reason.EMPTY),
        (bool(mail.labels & CUT) or len(mail.text.strip()) > TEXT_LENGTH, Reason.TOO_LARGE),
        (known.lately >= MOST_AN_HOUR, Reason.TOO_MANY),
    )
    reason = next((reason for applies, reason in doubts if applies), None)
    return Sorted(Outcome.HELD, reason) if reason else None


def _answer(mail: Incoming, known: Known) -> Sorted | None:
    address = known.answers_to
    if address is None:
        return None
    objections = (
        (address.is_revoked, Reason.REVOKED),
        (address.email != mail.sender.lower(), Reason.NOT_THE_PERSON),
        (not address.may_write, Reason.NO_LONGER_ALLOWED),
        (address.is_closed and not address.is_internal, Reason.TICKET_CLOSED),
        (mail.automatic is not None and address.is_internal, Reason.MACHINE),
    )
    reason = next((reason for applies, reason in objections if applies), None)
    return Sorted(Outcome.HELD, reason) if reason else Sorted(Outcome.REPLY)


def _new(mail: Incoming, known: Known) -> Sorted:
    if mail.automatic is not None:
        return Sorted(Outcome.HELD, Reason.MACHINE)
    if not known.is_contact and (mail.verdict != "passed" or not known.takes_strangers):
        reason = Reason.STRANGER if mail.verdict == "passed" else Reason.UNVOUCHED
        return Sorted(Outcome.HELD, reason)
    return Sorted(Outcome.TICKET)
