"""What is said where mailboxes are set up."""

from django.utils.translation import gettext as _

from duly.channels.mail_in.check import Step


def kinds() -> list[tuple[str, str]]:
    """The ways in which mail gets here."""
    return [
        ("imap", _("The desk fetches it (IMAP)")),
        ("listener", _("A mail server hands it over (LMTP or SMTP)")),
    ]


def securities() -> list[tuple[str, str]]:
    """How a connection is protected."""
    return [
        ("tls", _("encrypted from the first byte (TLS, mostly port 993)")),
        ("starttls", _("encrypted after a greeting (STARTTLS, mostly port 143)")),
        ("none", _("not encrypted; for a server on this machine")),
    ]


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


def test_text() -> str:
    """What the test mail says."""
    return _("The desk sent this to itself, to learn how the receiving server calls itself.")
