"""The same way out for the mails that Django's packages write: sign-in codes, address confirmations."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage as DjangoMail
from django.core.mail.backends.base import BaseEmailBackend

from duly.channels import wall_clock
from duly.channels.mail_out.failure import Undeliverable
from duly.channels.mail_out.message import Mail, compose
from duly.channels.mail_out.route import route


class Backend(BaseEmailBackend):
    """What Django calls with its mails; each goes to one person."""

    def send_messages(self, email_messages: Sequence[DjangoMail]) -> int:
        """Send them and give how many were taken.

        Raises:
            Undeliverable: one was not, unless Django asked to be silent.
        """
        url, sender = self.way_out()
        way, taken = route(url), 0
        for mail in email_messages:
            for recipient in mail.recipients():
                try:
                    way.send(compose(_translated(mail, recipient, sender)))
                    taken += 1
                except Undeliverable:
                    if not self.fail_silently:
                        raise
        return taken

    def way_out(self) -> tuple[str, str]:
        """The mail URL, and the sender instead of the mail's own (empty: none)."""
        return settings.DULY_MAIL_URL, ""


def _translated(mail: DjangoMail, recipient: str, sender: str) -> Mail:
    alternatives = getattr(mail, "alternatives", [])
    return Mail(
        sender=sender or mail.from_email,
        to=recipient,
        subject=str(mail.subject),
        text=str(mail.body),
        html=next((str(each[0]) for each in alternatives if each[1] == "text/html"), None),
        message_id=str(mail.message()["Message-ID"]),
        date=wall_clock.now(),
        headers={"Auto-Submitted": "auto-generated"},
    )
