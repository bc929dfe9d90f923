"""What is said where mailboxes are set up."""

from django.utils.translation import gettext as _

from duly.channels.mail_in.check import Step
from duly.channels.mail_out.providers import PROVIDERS
from duly.desk.mailroom.alarm import AlarmKind
from duly.desk.queries.mailboxes import Trouble


def kinds() -> list[tuple[str, str]]:
    """The ways in which mail gets here."""
    return [
        ("imap", _("The desk fetches it (IMAP)")),
        ("webhook", _("A provider posts it (webhook)")),
        ("listener", _("A mail server hands it over (LMTP or SMTP)")),
    ]


def sign_ins() -> list[tuple[str, str]]:
    """How the desk signs in to be given mail."""
    return [
        ("password", _("with a password")),
        ("google", _("at Google (OAuth 2.0)")),
        ("microsoft", _("at Microsoft (OAuth 2.0)")),
        ("other", _("at another provider (OAuth 2.0)")),
    ]


def securities() -> list[tuple[str, str]]:
    """How a connection is protected."""
    return [
        ("tls", _("encrypted from the first byte (TLS, mostly port 993)")),
        ("starttls", _("encrypted after a greeting (STARTTLS, mostly port 143)")),
        ("none", _("not encrypted; for a server on this machine")),
    ]


def ways_out() -> list[tuple[str, str]]:
    """Who takes outgoing mail."""
    providers = [(word, provider.name) for word, provider in PROVIDERS.items()]
    return [("", _("a server (SMTP)")), *providers]


def protections() -> list[tuple[str, str]]:
    """How the connection to the server for outgoing mail is protected."""
    return [
        ("starttls", _("encrypted after a greeting (STARTTLS, mostly port 587)")),
        ("tls", _("encrypted from the first byte (TLS, mostly port 465)")),
        ("none", _("not encrypted; for a server on this machine")),
    ]


def letter_title(occasion: str) -> str:
    """When a letter is sent."""
    return {
        "opened": _("A ticket is opened"),
        "arrived": _("A mail of somebody unknown arrived"),
        "opened_beyond": _("A ticket is opened beyond an allowance"),
        "used_up": _("An allowance is used up"),
        "replied": _("Somebody answered"),
        "assigned": _("A ticket is given to an agent"),
        "noted": _("An agent is mentioned in a note"),
        "reopened": _("A ticket is reopened"),
        "resolved": _("A ticket is resolved"),
        "resolved_owing": _("A ticket is resolved, and something is still owed"),
        "due_soon": _("A promise is due soon"),
        "missed": _("A promise is missed"),
        "excluded": _("A ticket is found outside the agreement"),
        "excluded_withdrawn": _("An exclusion is withdrawn"),
        "objected": _("Somebody objects to an exclusion"),
        "level_opened": _("A level of the escalation opens"),
        "escalated": _("A ticket is escalated"),
        "summary": _("The desk stood still for a while"),
        "troubles": _("A mailbox needs a look"),
        "invited": _("Somebody is invited"),
        "moved": _("Somebody has another address"),
        "forgotten": _("Somebody forgot their password"),
    }[occasion]


def afterwards() -> list[tuple[str, str]]:
    """What becomes of a mail at its server."""
    return [
        ("keep", _("it stays where it is")),
        ("move", _("it is moved to the folder Archive")),
        ("delete", _("it is deleted")),
    ]


def step(key: Step) -> str:
    """What a step does."""
    return {
        Step.RESOLVE: _("Find the server"),
        Step.CONNECT: _("Reach it"),
        Step.PROTECT: _("Encrypt the connection"),
        Step.SIGN_IN: _("Sign in"),
        Step.FOLDER: _("Open the folder"),
        Step.COUNT: _("Count its mails"),
    }[key]


def advice(key: Step) -> str:
    """Say what it may be that a step failed."""
    return {
        Step.RESOLVE: _("Is the server written as its provider writes it?"),
        Step.CONNECT: _("Is it the right port, and does a firewall let the desk out?"),
        Step.PROTECT: _(
            "Port 993 is mostly TLS from the first byte, port 143 STARTTLS. "
            "A certificate that this machine does not trust fails here, too."
        ),
        Step.SIGN_IN: _(
            "Are user and password right? Some providers want a password made for programs, or a sign-in by OAuth 2.0."
        ),
        Step.FOLDER: _("Is there such a folder? The one that mail arrives in is called INBOX."),
        Step.COUNT: _("The server does not tell what is in the folder."),
    }[key]


def alarm(one: Trouble) -> str:
    """Say what is wrong with a mailbox."""
    if one.kind == AlarmKind.LATE:
        words = _("Mails had been passed over and came late: %s.")
    elif one.kind == AlarmKind.MISSING:
        words = _("Mails that arrived at the server and never came to the desk: %s.")
    elif one.kind == AlarmKind.UNSORTED:
        words = _("Mails that have waited to be sorted for more than an hour: %s.")
    elif one.kind == AlarmKind.OUT_OF_REACH:
        words = _("The desk cannot reach it: %s")
    elif one.kind == AlarmKind.SIGN_IN_ENDED:
        words = _("Its provider no longer lets the desk in; sign in again. It said: %s")
    else:
        return _("Nobody has compared its mails with its server for more than two hours.")
    return words % one.detail


def test_text() -> str:
    """What the test mail says."""
    return _("The desk sent this to itself, to learn how the receiving server calls itself.")
