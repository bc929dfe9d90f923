"""Mailboxes as those see them who set the desk up; a password is never among what is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count as Number
from django.db.models import OuterRef, Prefetch, Q, Subquery

from duly.desk.access.actor import Actor
from duly.desk.access.mail import may_manage_mailboxes
from duly.desk.access.require import require
from duly.desk.errors import NotFound
from duly.desk.mailroom.alarm import Alarm
from duly.desk.mailroom.count import MailCount
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.oauth import OAuthClient, OAuthGrant, OAuthSettings
from duly.desk.mailroom.raw_mail import Outcome, RawMail
from duly.desk.mailroom.settings import MailboxSettings
from duly.desk.mailroom.sorting import Reason
from duly.desk.people.team import Team

HOURS = 24
OUTCOMES = (*Outcome, "")
"""What may have become of a mail; without a word nothing yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that is wrong with a mailbox; `detail` is a number, or what its server said."""

    kind: str
    detail: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What arrived since the count before, says the server, and what became of what was kept meanwhile."""

    since: datetime
    at: datetime
    arrived: int
    kept: int
    again: int
    late: int
    missing: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A mailbox: what is set, how far it was read, and how many mails ended how (`""` has no outcome yet)."""

    id: int
    settings: MailboxSettings
    has_password: bool
    has_post_address: bool
    oauth: OAuthSettings | None
    is_signed_in: bool
    verdict_server: str
    team: str
    read_at: datetime | None
    trouble: str
    outcomes: Mapping[str, int]
    unvouched: int
    """How many mails are held because nobody vouched for their sender."""
    alarms: tuple[Trouble, ...]


def mailboxes(actor: Actor) -> tuple[Box, ...]:
    """Read all mailboxes.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    open_alarms = Prefetch("alarms", Alarm.objects.filter(mended_at=None).order_by("pk"))
    boxes = Mailbox.objects.select_related("team", "oauth").prefetch_related(open_alarms)
    rows = list(boxes.order_by("address"))
    counts: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    unvouched = dict.fromkeys(counts, 0)
    sorted_as = RawMail.objects.values_list("mailbox", "outcome").annotate(
        many=Number("pk"), unvouched=Number("pk", filter=Q(reason=Reason.UNVOUCHED))
    )
    for mailbox_id, outcome, many, so_many in sorted_as.order_by():
        counts[mailbox_id][outcome or ""] = many
        unvouched[mailbox_id] += so_many if outcome == Outcome.HELD else 0
    return tuple(_box(row, counts[row.pk], unvouched[row.pk]) for row in rows)


def mailbox(actor: Actor, mailbox_id: int) -> Box:
    """Read one.

    Raises:
        NotFound: the actor may not, or there is no such mailbox.
    """
    found = next((box for box in mailboxes(actor) if box.id == mailbox_id), None)
    if found is None:
        raise NotFound
    return found


def counts(actor: Actor, mailbox_id: int) -> tuple[Count, ...]:
    """The last day's comparisons with the server, newest first. One statement.

    Raises:
        NotFound: the actor may not.
    """
    require(may_manage_mailboxes(actor))
    rows = MailCount.objects.filter(mailbox=mailbox_id).order_by("-counted_at")
    annotated = rows.annotate(**{f"as_{name or 'none'}": _sorted_as(name) for name in OUTCOMES})
    return tuple(map(_count, annotated[:HOURS]))


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


def oauth_client(actor: Actor, mailbox_id: int) -> OAuthClient:
    """Who the desk is at a mailbox's provider, its secret opened.

    Raises:
        NotFound: the actor may not, or the mailbox is not signed in to that way.
    """
    require(may_manage_mailboxes(actor))
    grant = OAuthGrant.objects.filter(mailbox=mailbox_id).first()
    if grant is None:
        raise NotFound
    return grant.client


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


def _box(row: Mailbox, outcomes: Mapping[str, int], unvouched: int) -> Box:
    names = MailboxSettings.__slots__
    grant: OAuthGrant | None = getattr(row, "oauth", None)
    return Box(
        id=row.pk,
        settings=MailboxSettings(**{name: getattr(row, name) for name in names}),
        has_password=bool(row.secret),
        has_post_address=bool(row.post_secret),
        oauth=OAuthSettings(**{name: getattr(grant, name) for name in OAuthSettings.__slots__})
        if grant
        else None,
        is_signed_in=bool(grant and grant.refresh_token and not grant.lost_at),
        verdict_server=row.verdict_server,
        team=row.team.name if row.team else "",
        read_at=row.read_at,
        trouble=row.trouble,
        outcomes=outcomes,
        unvouched=unvouched,
        alarms=tuple(
            Trouble(kind=one.kind, detail=one.detail, since=one.since) for one in row.alarms.all()
        ),
    )


def _count(row: MailCount) -> Count:
    return Count(
        since=row.since,
        at=row.counted_at,
        arrived=row.arrived,
        kept=row.kept,
        again=row.arrived - row.kept - row.missing,
        late=row.late,
        missing=row.missing,
        outcomes={name: getattr(row, f"as_{name or 'none'}") or 0 for name in OUTCOMES},
    )


def _sorted_as(outcome: str) -> Subquery:
    """How many mails of a count's time ended so."""
    mails = RawMail.objects.filter(
        mailbox=OuterRef("mailbox"),
        received_at__gt=OuterRef("since"),
        received_at__lte=OuterRef("counted_at"),
        outcome=outcome or None,
    )
    return Subquery(mails.values("mailbox").annotate(many=Number("pk")).values("many"))
