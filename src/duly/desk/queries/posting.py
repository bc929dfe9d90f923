"""What is asked of a provider that posts mail: it is let in by a secret, so nobody is named."""

from dataclasses import dataclass, field

from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.setup.sealing import opened


@dataclass(frozen=True, slots=True)
class Posting:
    """Who posts, with our secret in the address, and the key that the provider signs with, if it does."""

    provider: str
    secret: str = field(repr=False)
    key: str = field(repr=False)


def posting(mailbox_id: int) -> Posting | None:
    """How mail is posted to a mailbox that is in use and has an address to post to.

    Raises:
        NotPossible: its secrets were sealed with another key.
    """
    active = Mailbox.objects.filter(kind=MailboxKind.WEBHOOK, is_active=True)
    mailbox = active.filter(pk=mailbox_id).first()
    if mailbox is None or not mailbox.post_secret:
        return None
    return Posting(
        mailbox.provider, opened(bytes(mailbox.post_secret)), opened(bytes(mailbox.secret))
    )
