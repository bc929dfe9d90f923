"""Mailboxes as those see them who set the desk up; a password is never among what is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.errors import NotFound
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.people.team import Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A mailbox: what is set, how far it was read, and how many mails ended how (`""` has no outcome yet)."""

    id: int
    settings: MailboxSettings
    has_password: bool
    verdict_server: str
    team: str
    read_at: datetime | None
    trouble: str
    outcomes: Mapping[str, int]


def mailboxes(actor: Actor) -> tuple[Box, ...]:
    """Read all mailboxes.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    rows = list(Mailbox.objects.select_related("team").order_by("address"))
    counts: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    sorted_as = RawMail.objects.values_list("mailbox", "outcome").annotate(many=Count("pk"))
    for mailbox_id, outcome, many in sorted_as.order_by():
        counts[mailbox_id][outcome or ""] = many
    return tuple(_box(row, counts[row.pk]) for row in rows)


def mailbox(actor: Actor, mailbox_id: int) -> Box:
    """Read one.

    Raises:
        NotFound: the actor may not, or there is no such mailbox.
    """
    found = next((box for box in mailboxes(actor) if box.id == mailbox_id), None)
    if found is None:
        raise NotFound
    return found


def sealed_password(actor: Actor, mailbox_id: int) -> bytes:
    """The password as it is stored, to try a mailbox out without typing it again.

    Raises:
        NotFound: the actor may not, or there is no such mailbox.
    """
    require(may_manage_mailboxes(actor))
    row = Mailbox.objects.filter(pk=mailbox_id).first()
    if row is None:
        raise NotFound
    return bytes(row.secret)


def arrived(actor: Actor, mailbox_id: int, internet_id: str) -> bytes | None:
    """The raw mail with a Message-ID, once it was sorted; for the test of a mailbox.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    rows = RawMail.objects.filter(mailbox=mailbox_id, internet_id=internet_id)
    found = rows.values_list("raw", flat=True).first()
    return None if found is None else bytes(found)


def teams() -> tuple[tuple[int, str], ...]:
    """The teams that a mailbox's tickets can go to."""
    return tuple(Team.objects.order_by("name").values_list("pk", "name"))


def _box(row: Mailbox, outcomes: Mapping[str, int]) -> Box:
    names = MailboxSettings.__slots__
    return Box(
        id=row.pk,
        settings=MailboxSettings(**{name: getattr(row, name) for name in names}),
        has_password=bool(row.secret),
        verdict_server=row.verdict_server,
        team=row.team.name if row.team else "",
        read_at=row.read_at,
        trouble=row.trouble,
        outcomes=outcomes,
    )
