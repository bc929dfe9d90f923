"""A mailbox of the small desk."""

import pytest

from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from tests.desk.people import Cast


@pytest.fixture
def mailbox(people: Cast) -> Mailbox:
    return Mailbox.objects.create(
        address="desk@vendor.example", name="Support", kind=MailboxKind.LISTENER, team=people.team
    )
