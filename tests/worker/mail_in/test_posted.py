"""Mail that a provider posts to a running web server: kept before the provider is told, refused from anybody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
import requests
from django.db import connection
from psycopg import sql
from pytest_django import DjangoDbBlocker

from duly.channels.mail_in.reading import read
from duly.desk.actions.mailboxes.make_post_secret import make_post_secret
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from duly.desk.setup.sealing import seal
from duly.worker.mail_in.incoming import incoming_of
from tests.desk.people import MONDAY, Cast, cast
from tests.waiting import PATIENCE_SECONDS, until
from tests.worker.mail_in import posts
from tests.worker.mail_in.posts import Post
from tests.worker.processes import Workers, web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

KILLED = {"mail_in.posted": 0, "mail_in.posted_kept": 1}
"""How many mails are kept where the post is cut off."""


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


@pytest.fixture(scope="module")
def host(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with django_db_blocker.unblock(), web() as (address, _):
        yield address


@contextmanager
def shut() -> Iterator[None]:
    """Let nobody but the test into its database, as while it is stopped."""
    known = connection.settings_dict
    own = {"host": known["HOST"], "port": known["PORT"] or None}
    own |= {"user": known["USER"], "password": known["PASSWORD"]}
    with (
        connection.cursor() as cursor,
        psycopg.connect(dbname="postgres", autocommit=True, **own) as beside,
    ):
        name = sql.Identifier(known["NAME"])
        beside.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        try:
            yield
        finally:
            beside.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))
            # Our own other connections ended too, and their pool would take its time to try again.
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]


class Box:
    """A mailbox to which a provider posts."""

    def __init__(self, people: Cast, post: Post) -> None:
        self.row, _ = Mailbox.objects.update_or_create(
            address="desk@desk.example",
            defaults={
                "name": "Support",
                "kind": "webhook",
                "provider": post.provider,
                "secret": seal(post.key),
                "verdict_server": "mx.desk.example",
            },
        )
        self.secret = make_post_secret(
            actor=people.actor("owner"), mailbox_id=self.row.pk, at=MONDAY
        )

    def url(self, host: str, secret: str | None = None) -> str:
        return f"http://duly:{secret or self.secret}@{host}/mail/in/{self.row.pk}/"

    def post(self, host: str, post: Post, secret: str | None = None) -> requests.Response:
        headers = {"Content-Type": post.content_type, **post.headers}
        return requests.post(
            self.url(host, secret), data=post.body, headers=headers, timeout=PATIENCE_SECONDS
        )


def kept() -> list[bytes]:
    return [bytes(mail.raw) for mail in RawMail.objects.order_by("pk")]


def test_what_each_provider_posts_is_kept_and_known_by_its_envelope(
    people: Cast, host: str
) -> None:
    shapes: list[Callable[[], Post]] = list(posts.SHAPES)
    for shape in shapes:
        post = shape()
        box = Box(people, post)
        answer = box.post(host, post)
        assert answer.status_code == 200, (shape.__name__, answer.text)
        mail = RawMail.objects.get()
        as_read = read(bytes(mail.raw))
        assert mail.is_rebuilt == (post.raw is None), shape.__name__
        if post.raw is not None:
            assert bytes(mail.raw) == post.raw, shape.__name__
        else:
            assert ("a.csv", b"1,2") in [(one.name, one.content) for one in as_read.parts]
            assert "rebuilt" in incoming_of(as_read, mail).labels
        assert mail.envelope_recipients == ["desk@desk.example"], shape.__name__
        assert mail.envelope_sender == "clara@acme.example", shape.__name__
        assert as_read.senders[0].address == "clara@acme.example"
        assert (as_read.subject, as_read.message_id) == ("posted", "<1@acme.example>")
        assert "It stops. Grüße" in as_read.text, shape.__name__
        mail.delete()

    box = Box(people, replace(posts.sparkpost(), provider="mandrill", key=posts.KEY))
    post = posts.mandrill(box.url(host))
    assert box.post(host, post).status_code == 200
    assert kept() == [posts.RAW]


def test_only_the_provider_is_let_in_and_twice_the_same_counts_once(
    people: Cast, host: str
) -> None:
    post = posts.mailgun_raw()
    box = Box(people, post)
    assert box.post(host, post, secret="wrong").status_code == 403
    forged = replace(post, body=post.body.replace(b"0123456789abcdef01\r", b"0123456789abcdef02\r"))
    assert forged.body != post.body
    assert box.post(host, forged).status_code == 403
    nobody = requests.post(
        f"http://duly:x@{host}/mail/in/999999/", data=b"", timeout=PATIENCE_SECONDS
    )
    assert (nobody.status_code, nobody.text) == (403, box.post(host, forged).text)
    assert kept() == []

    assert [box.post(host, post).status_code for _ in range(2)] == [200, 200]
    assert kept() == [posts.LATIN]

    # A new address ends the old one; a mailbox that is switched off takes nothing.
    old, box.secret = (
        box.secret,
        make_post_secret(actor=people.actor("owner"), mailbox_id=box.row.pk, at=MONDAY),
    )
    assert box.post(host, post, secret=old).status_code == 403
    Mailbox.objects.update(is_active=False)
    assert box.post(host, post).status_code == 403


def test_what_cannot_be_read_is_kept_and_what_is_no_mail_is_said(people: Cast, host: str) -> None:
    post = posts.postmark_parsed()
    box = Box(people, post)
    odd = replace(post, body=b'{"From": [], "Headers": 7}')
    assert box.post(host, odd).status_code == 200
    (raw,) = kept()
    assert raw == b"Content-Type: application/json\r\n\r\n" + odd.body
    RawMail.objects.all().delete()

    # What anymail cannot decode is kept by our own reading, byte for byte.
    latin = posts.sparkpost(posts.LATIN)
    assert Box(people, latin).post(host, latin).status_code == 200
    assert kept() == [posts.LATIN]
    RawMail.objects.all().delete()

    box = Box(people, post)
    bounce = replace(post, body=b'{"RecordType": "Bounce"}')
    assert box.post(host, bounce).status_code == 422
    # Larger than what people may type into a form, as mails are.
    large = posts.LATIN + b"x\r\n" * 2_000_000
    box = Box(people, posts.sendgrid_raw())
    form = posts.form({"email": large, "envelope": posts.ENVELOPE})
    assert box.post(host, replace(posts.sendgrid_raw(), body=form)).status_code == 200
    assert kept() == [large]


def test_k01_a_provider_is_told_to_try_again_while_nothing_can_be_kept(
    people: Cast, host: str
) -> None:
    post = posts.postmark_raw()
    box = Box(people, post)
    assert box.post(host, post).status_code == 200
    RawMail.objects.all().delete()
    with shut():
        down = box.post(host, post)
    assert (down.status_code, down.headers["Retry-After"]) == (503, "60")
    assert kept() == []
    assert box.post(host, post).status_code == 200
    assert kept() == [posts.RAW]


@pytest.mark.parametrize(("point", "count"), KILLED.items())
def test_k01_a_post_that_was_not_answered_comes_again_and_counts_once(
    point: str, count: int, people: Cast, host: str
) -> None:
    post = posts.mailgun_raw()
    box = Box(people, post)
    with web(DULY_FAULT=point) as (dying, process):
        with pytest.raises(requests.ConnectionError):
            box.post(dying, post)
        process.wait(PATIENCE_SECONDS)
    assert len(kept()) == count
    assert box.post(host, post).status_code == 200
    assert kept() == [posts.LATIN]


def test_posted_mail_goes_the_way_of_all_mail(people: Cast, host: str) -> None:
    post = posts.mailgun_raw()
    vouched = b"Authentication-Results: mx.desk.example; dmarc=pass header.from=acme.example\r\n"
    box = Box(people, post)
    with Workers("mail-sorting"):
        body = post.body.replace(b"Received: from", vouched + b"Received: from")
        assert box.post(host, replace(post, body=body)).status_code == 200
        until(lambda: RawMail.objects.exclude(outcome=None).exists())
    mail = RawMail.objects.get()
    assert (mail.outcome, mail.reason) == ("ticket", "")
