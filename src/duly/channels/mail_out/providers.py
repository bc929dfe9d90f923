"""Providers that take mail over HTTP, as django-anymail speaks to them, and what each wants to be told."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """`key` and `account` are what django-anymail calls the secret and the name beside it (empty: there is none).

    `needs_url`: everybody has a server of their own there. `takes_message_id`: it lets us name the mail.
    `takes_metadata`: its reports come back with what we said beside the mail.
    """

    name: str
    key: str = "api_key"
    account: str = ""
    needs_url: bool = False
    takes_message_id: bool = True
    takes_metadata: bool = True

    @property
    def takes_account(self) -> bool:
        """Whether a name is said beside the secret."""
        return bool(self.account)


PROVIDERS: Mapping[str, Provider] = {
    "brevo": Provider(name="Brevo"),
    "mailgun": Provider(name="Mailgun"),
    "mailjet": Provider(
        name="Mailjet", account="api_key", key="secret_key", takes_message_id=False
    ),
    "mailtrap": Provider(name="Mailtrap", key="api_token"),
    "mandrill": Provider(name="Mandrill"),
    "postal": Provider(name="Postal", needs_url=True, takes_metadata=False),
    "postmark": Provider(name="Postmark", key="server_token"),
    "resend": Provider(name="Resend"),
    "scaleway": Provider(name="Scaleway", account="project_id", key="secret_key"),
    "sendgrid": Provider(name="SendGrid"),
    "sparkpost": Provider(name="SparkPost"),
    "unisender-go": Provider(name="Unisender Go", needs_url=True),
}
"""By the word that stands in a mail URL. Of django-anymail's, Amazon SES needs Amazon's library of some 100 MB, and
MailerSend takes the headers that keep a ticket's mails together from few of its customers: both take mail by SMTP.
"""
