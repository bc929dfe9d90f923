"""What is said of mails: outcomes, reasons, what is odd about one, who decided."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from duly.desk.mailroom.sorting import SENTENCES, Reason


def reason(key: str) -> str:
    """Say why a mail was held or refused."""
    return _(SENTENCES[Reason(key)]) if key else ""


def outcome(key: str) -> str:
    """Say what became of a mail."""
    return {
        "": _("Waits to be sorted"),
        "ticket": _("Became a ticket"),
        "reply": _("Became an answer"),
        "held": _("Waits for a decision"),
        "refused": _("Refused"),
    }[key]


def verdict(key: str) -> str:
    """Say whether somebody vouches for the sender."""
    return {
        "passed": _("The receiving server vouches for the sender's domain."),
        "failed": _("The sender's domain disowns this mail."),
        "none": _("Nobody vouches for the sender."),
    }[key]


def label(key: str) -> str:
    """Say what is odd about a mail."""
    return {
        "broken_header": _("a header could not be read well"),
        "broken_structure": _("its parts are not put together well"),
        "unknown_charset": _("its letters are in a code that nobody knows"),
        "wrong_charset": _("its letters are not in the code that it names"),
        "too_many_parts": _("it has too many parts; the rest is in the raw mail"),
        "too_deep": _("it is nested too deeply; the rest is in the raw mail"),
        "too_large": _("it is too large; the rest is in the raw mail"),
        "no_sender": _("it names no sender"),
        "several_senders": _("it names several senders"),
        "ambiguous_sender": _("its sender can be read in two ways"),
        "signed": _("it is signed"),
        "encrypted": _("it is encrypted"),
        "broken_tnef": _("its winmail.dat could not be opened"),
        "unreadable": _("it could not be read within the limits"),
        "cut": _("it was too large to be fetched whole; only its beginning is here"),
        "rebuilt": _("its provider had taken it apart; the desk put it together again"),
        "not_folded": _("what it repeats could not be told apart"),
    }.get(key, key)


def odd(labels: Iterable[str]) -> str:
    """Say all that is odd about a mail."""
    return "; ".join(map(label, labels))


def decision(act: str) -> str:
    """Say what somebody did about a mail."""
    return {
        "mail_accepted": _("accepted it as an answer"),
        "mail_opened": _("opened a ticket from it"),
        "mail_refused": _("refused it"),
        "mail_sorted_again": _("let it be sorted again"),
    }.get(act, act)
