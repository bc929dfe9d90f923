"""What was read in a mail, as the desk takes it."""

from duly.channels.mail_in.values import Label, Mail, Part
from duly.channels.mail_in.verdict import verdict
from duly.channels.sanitise import sanitised
from duly.desk.mailroom.incoming import Incoming
from duly.desk.mailroom.mailbox import MailboxKind
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.tickets.attachment import NewFile


def incoming_of(mail: Mail, kept: RawMail) -> Incoming:
    """Put the mail's words beside what its envelope and our receiving server say of it."""
    sender = _sender(mail)
    bounce = mail.bounce
    return Incoming(
        sender=sender,
        sender_name=mail.senders[0].name if sender else "",
        verdict=verdict(mail.verdicts, kept.mailbox.verdict_server, sender).value,
        recipients=_recipients(mail, kept),
        subject=mail.subject,
        text=mail.text,
        html=sanitised(mail.html, pictures=True) if mail.html else None,
        folded_from=_folded_from(mail),
        files=tuple(map(_file, mail.parts)),
        internet_id=mail.message_id or "",
        automatic=mail.automatic.value if mail.automatic else _null_sender(kept),
        bounced_id=bounce.about if bounce else None,
        bounced_address=bounce.recipient if bounce else None,
        bounce_is_permanent=bool(bounce and bounce.permanent),
        labels=frozenset(label.value for label in mail.labels) | _of_its_way(kept),
    )


def _sender(mail: Mail) -> str:
    """The one address in the From; nobody where there are none or several."""
    if len(mail.senders) != 1 or Label.SEVERAL_SENDERS in mail.labels:
        return ""
    return mail.senders[0].address


def _folded_from(mail: Mail) -> int | None:
    """A signature stands above what is repeated, so one fold takes both."""
    lines = (mail.signature_from, mail.folded_from)
    return min((line for line in lines if line is not None), default=None)


def _recipients(mail: Mail, kept: RawMail) -> tuple[str, ...]:
    named = [one.address for one in (*mail.to, *mail.cc)]
    everybody = [*kept.envelope_recipients, *mail.delivered_to, *named]
    return tuple(dict.fromkeys(address.lower() for address in everybody))


def _null_sender(kept: RawMail) -> str | None:
    """Mail that a server hands over without a sender is a machine's, whatever its headers say."""
    handed_over = kept.mailbox.kind == MailboxKind.LISTENER and bool(kept.envelope_recipients)
    return "auto_generated" if handed_over and not kept.envelope_sender else None


def _of_its_way(kept: RawMail) -> frozenset[str]:
    """What is odd about how it came, which the mail itself does not show."""
    odd = {"cut": kept.is_cut, "rebuilt": kept.is_rebuilt}
    return frozenset(label for label, is_so in odd.items() if is_so)


def _file(part: Part) -> NewFile:
    return NewFile(
        name=part.name,
        media_type=part.media_type,
        content=part.content,
        content_id=part.content_id,
        is_inline=part.inline,
    )
