"""Give a kept mail its one outcome: a ticket, a reply, a place among the held, or a refusal."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from duly.desk.access.actor import actor_for
from duly.desk.access.tickets import may_note, may_reply
from duly.desk.actions.mail._bounce import bounced, reported_delivery
from duly.desk.actions.mail._deliver import as_reply, as_ticket
from duly.desk.errors import DeskError, Invalid
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.reading import keep_reading
from duly.desk.mailroom.reply_address import ReplyAddress, found, secret_in, without_secret
from duly.desk.mailroom.sorting import AnswersTo, Known, Reason, Sorted, sort
from duly.desk.people.person import address
from duly.desk.tickets.ticket import Status

LOCKS = 0x6D61696C  # "mail": the space of our advisory locks on Message-IDs
DECIDED = (
    *("sender", "subject", "internet_id", "labels", "ticket", "message", "note"),
    *("outcome", "reason", "decided_at"),
)
"""What a decision writes: never the raw mail, which may be large, once more."""


def next_unsorted() -> RawMail | None:
    """Lock the oldest mail that nobody else is sorting; call it inside the transaction that sorts it."""
    unsorted = RawMail.objects.filter(outcome=None).select_related("mailbox").order_by("pk")
    return unsorted.select_for_update(skip_locked=True, of=("self",)).first()


@transaction.atomic(savepoint=False)
def sort_mail(mail: RawMail, incoming: Incoming, *, at: datetime) -> Outcome:
    """Decide and do it, in one transaction with the outcome. `mail` is locked by `next_unsorted`.

    Promises count from the mail's receipt, however late it is sorted.
    """
    answers = reply_address_of(incoming)
    _wait_for_the_same(incoming)
    decision = sort(incoming, _known(mail, incoming, answers))
    _note_head(mail, incoming)
    try:
        with transaction.atomic():
            _carry_out(decision, mail, incoming, answers)
    except DeskError as problem:
        # The agreement asks what a mail cannot say, e.g. which subscription, or nobody can have such an address.
        is_nobody = isinstance(problem, Invalid) and problem.field == "email"
        reason = Reason.NO_SENDER if is_nobody else Reason.WHICH_SUBSCRIPTION
        decision = Sorted(Outcome.HELD, reason)
        mail.ticket = mail.message = mail.note = None
    mail.outcome, mail.reason = decision.outcome.value, decision.reason or ""
    mail.decided_at = at
    mail.save(update_fields=DECIDED)
    if decision.outcome is Outcome.HELD:
        keep_reading(mail, incoming)
    return decision.outcome


def _carry_out(
    decision: Sorted, mail: RawMail, incoming: Incoming, address: ReplyAddress | None
) -> None:
    at = mail.received_at
    if decision.reason is Reason.REPORT:
        bounced(mail, incoming, at)
    elif decision.outcome is Outcome.REPLY:
        assert address is not None
        as_reply(
            mail, incoming, address.person, address.ticket_id, internal=address.is_internal, at=at
        )
    elif decision.outcome is Outcome.TICKET:
        as_ticket(mail, incoming, at=at)


def _note_head(mail: RawMail, incoming: Incoming) -> None:
    mail.sender, mail.subject = incoming.sender[:320], incoming.subject[:300]
    mail.internet_id, mail.labels = incoming.internet_id[:1000], sorted(incoming.labels)


def reply_address_of(incoming: Incoming) -> ReplyAddress | None:
    """The reply address among those that the mail was sent or delivered to."""
    secrets = filter(None, map(secret_in, incoming.recipients))
    return next(filter(None, map(found, secrets)), None)


_KNOWN = """
SELECT mailbox.takes_strangers,
       EXISTS (SELECT FROM desk_membership member JOIN desk_person person ON person.id = member.person_id
                WHERE person.email = %(address)s AND person.is_active) AS is_contact,
       EXISTS (SELECT FROM desk_mailbox WHERE address = %(desk)s) AS is_ours,
       EXISTS (SELECT FROM desk_blockedsender WHERE address = %(sender)s) AS is_blocked,
       EXISTS (SELECT FROM desk_rawmail other
                WHERE internet_id = %(internet_id)s AND internet_id <> '' AND sender = %(written)s
                  AND subject = %(subject)s AND other.mailbox_id <> mailbox.id AND outcome <> 'refused') AS came_before,
       (SELECT count(*) FROM desk_rawmail
         WHERE lower(sender) = %(sender)s AND received_at BETWEEN %(since)s AND %(at)s
           AND outcome IN ('ticket', 'reply')) AS lately
  FROM desk_mailbox mailbox WHERE mailbox.id = %(mailbox)s
"""
"""`came_before`: its Message-ID, sender and subject were sorted before, at another of our addresses; some programs use
an id twice, so the id alone loses mails. `lately`: how many mails of the sender went through in the hour before it.
"""


def _known(mail: RawMail, incoming: Incoming, answers: ReplyAddress | None) -> Known:
    """All that must be known of the sender, in one statement: mails come by the thousand."""
    sender = incoming.sender.lower()
    asked: dict[str, str | int | datetime | None] = {
        "address": address(sender),
        "desk": without_secret(sender),
        "sender": sender,
        "written": incoming.sender,
        "subject": incoming.subject[:300],
        "internet_id": incoming.internet_id,
        "since": mail.received_at - timedelta(hours=1),
        "at": mail.received_at,
        "mailbox": mail.mailbox_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, asked)
        takes_strangers, is_contact, is_ours, is_blocked, came_before, lately = cursor.fetchone()
    return Known(
        answers_to=_answers_to(answers) if answers else None,
        is_contact=is_contact,
        is_ours=is_ours,
        is_blocked=is_blocked,
        takes_strangers=takes_strangers,
        came_before=came_before,
        reports_ours=reported_delivery(incoming).exists(),
        lately=lately,
    )


def _answers_to(address: ReplyAddress) -> AnswersTo:
    person, ticket = address.person, address.ticket
    actor = actor_for(person, via="mail")
    may = may_note if address.is_internal else may_reply
    return AnswersTo(
        email=person.email,
        is_internal=address.is_internal,
        is_revoked=address.revoked_at is not None,
        may_write=may(actor, ticket),
        is_closed=ticket.status == Status.CLOSED,
    )


def _wait_for_the_same(incoming: Incoming) -> None:
    """Sort the same mail to two of our addresses one after the other: the second sees what the first became."""
    if incoming.internet_id:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (LOCKS, incoming.internet_id)
            )
