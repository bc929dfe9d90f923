"""Fetch from every IMAP mailbox, each in a thread of its own that any worker may hold and only one does.

A mail is kept, then settled at its server, then the cursor moves: killed anywhere in between, it comes again and is
kept once.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from duly.channels import wall_clock
from duly.channels.fault import fault_point
from duly.channels.mail_in.imap import (
    Account,
    Afterwards,
    Cursor,
    Fetched,
    Folder,
    Security,
    SignInRefused,
    Unreachable,
)
from duly.channels.mail_in.oauth import GrantLost, NotNow, refresh
from duly.desk.actions.mail.count import count_folder, passed_over
from duly.desk.actions.mail.keep import keep
from duly.desk.actions.mail.reach import not_reached, reached, read_up_to
from duly.desk.actions.mail.renew import good_until, grant_lost, token_of
from duly.desk.mailroom.count import is_count_due
from duly.desk.mailroom.mailbox import Mailbox, MailboxKind
from duly.desk.mailroom.oauth import OAuthGrant
from duly.desk.setup.sealing import opened

LOOK_SECONDS = 5.0
"""How often new and changed mailboxes are looked for."""
IDLE_SECONDS = 60.0
"""How long a server's silence is believed."""
TROUBLE_SECONDS = 15.0
LOCKS = 0x64756C79  # "duly": the space of our advisory locks on mailboxes

logger = logging.getLogger(__name__)
_threads: dict[int, threading.Thread] = {}


def step() -> float:
    """Start a thread for each mailbox that has none."""
    active = Mailbox.objects.filter(kind=MailboxKind.IMAP, is_active=True)
    for mailbox_id in active.values_list("pk", flat=True):
        thread = _threads.get(mailbox_id)
        if thread is None or not thread.is_alive():
            # A daemon: it may hang in a silent connection, and whatever kills it loses nothing.
            thread = threading.Thread(target=_fetch, args=(mailbox_id,), daemon=True)
            _threads[mailbox_id] = thread
            thread.start()
    return LOOK_SECONDS


def _fetch(mailbox_id: int) -> None:
    """Fetch until the mailbox is changed, switched off, out of reach, or held by another worker."""
    try:
        with _alone(mailbox_id) as alone:
            mailbox = Mailbox.objects.get(pk=mailbox_id)
            if alone:
                _follow(mailbox)
    except (Unreachable, NotNow) as trouble:
        logger.warning("%s", trouble)
        not_reached(mailbox_id=mailbox_id, trouble=str(trouble))
        time.sleep(TROUBLE_SECONDS)
    finally:
        connection.close()


def _follow(mailbox: Mailbox) -> None:
    settings, until = _settings(mailbox), good_until(mailbox_id=mailbox.pk)
    with open_folder(mailbox) as folder:
        while _settings(mailbox) == settings and not _is_over(until):
            take_all(mailbox, folder)
            reached(mailbox_id=mailbox.pk, at=wall_clock.now())
            if is_count_due(mailbox, wall_clock.now()):
                count(mailbox, folder)
            folder.wait(IDLE_SECONDS)
            mailbox.refresh_from_db()


def open_folder(mailbox: Mailbox) -> Folder:
    """Open the folder; where a token is refused before its time, once more with a new one."""
    try:
        return Folder(account_of(mailbox))
    except SignInRefused:
        if not mailbox_token(mailbox):
            raise
        return Folder(account_of(mailbox, anew=True))


def mailbox_token(mailbox: Mailbox, *, anew: bool = False) -> str:
    """The token to sign in with; a provider that refuses to renew it is written down.

    Raises:
        Unreachable: the provider refuses.
        NotNow: the provider cannot be asked.
    """
    at = wall_clock.now()
    try:
        return token_of(mailbox_id=mailbox.pk, ask=refresh, at=at, anew=anew)
    except GrantLost as lost:
        grant_lost(mailbox_id=mailbox.pk, because=str(lost), at=at)
        raise Unreachable(f"the sign-in has ended: {lost}") from lost


def take_all(mailbox: Mailbox, folder: Folder) -> None:
    """Take what is new in an open folder, and what arrives meanwhile, which its server does not announce again."""
    while _take_new(mailbox, folder):
        pass


def _take_new(mailbox: Mailbox, folder: Folder) -> bool:
    """Take what is there now; whether that was any."""
    before = mailbox.validity, mailbox.uid
    for mail in folder.new(Cursor(mailbox.validity, mailbox.uid)):
        fault_point("mail_in.fetched")
        _take(mailbox, folder, mail)
        read_up_to(
            mailbox_id=mailbox.pk, validity=mail.at.validity, uid=mail.at.uid, at=wall_clock.now()
        )
        mailbox.validity, mailbox.uid = mail.at.validity, mail.at.uid
        fault_point("mail_in.cursor_moved")
    return (mailbox.validity, mailbox.uid) != before


def count(mailbox: Mailbox, folder: Folder) -> None:
    """Compare the folder with what was kept; what was passed over is taken now."""
    end = folder.end()
    take_all(mailbox, folder)
    counted = mailbox.counted_uid if mailbox.counted_validity == folder.validity else 0
    late = passed_over(mailbox, folder.validity, [n for n in folder.present(counted) if n < end])
    for mail in folder.fetch(late):
        _take(mailbox, folder, mail)
    count_folder(
        mailbox_id=mailbox.pk,
        validity=folder.validity,
        end=end,
        late=len(late),
        at=wall_clock.now(),
    )


def _take(mailbox: Mailbox, folder: Folder, mail: Fetched) -> None:
    """Keep a mail for good, then let its server know."""
    keep(
        mailbox_id=mailbox.pk,
        raw=mail.raw,
        is_cut=mail.cut,
        validity=mail.at.validity,
        uid=mail.at.uid,
        at=wall_clock.now(),
    )
    fault_point("mail_in.kept")
    folder.settle(mail.at.uid)
    fault_point("mail_in.settled")


@contextmanager
def _alone(mailbox_id: int) -> Iterator[bool]:
    """Hold the mailbox for this connection; PostgreSQL lets go when the connection dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCKS, mailbox_id])
        (alone,) = cursor.fetchone() or (False,)
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCKS, mailbox_id])


def _settings(mailbox: Mailbox) -> tuple[object, ...]:
    names = ("is_active", "host", "port", "user", "secret", "security", "folder", "afterwards")
    grant = OAuthGrant.objects.filter(mailbox=mailbox.pk).values_list("provider", "granted_at")
    return grant.first(), *(
        bytes(value) if isinstance(value, memoryview) else value
        for value in (getattr(mailbox, name) for name in names)
    )


def account_of(mailbox: Mailbox, *, anew: bool = False) -> Account:
    """Where the mailbox is fetched, with its password opened, or its token renewed where that is due."""
    return Account(
        host=mailbox.host,
        port=mailbox.port,
        user=mailbox.user,
        password=opened(bytes(mailbox.secret)),
        token=mailbox_token(mailbox, anew=anew),
        security=Security(mailbox.security),
        folder=mailbox.folder,
        afterwards=Afterwards(mailbox.afterwards),
    )


def _is_over(until: datetime | None) -> bool:
    return until is not None and wall_clock.now() >= until
