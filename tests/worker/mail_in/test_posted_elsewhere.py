"""Mail of providers that keep a part of it, or the key that proves it, at their own server: spoken for by the test."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from pytest_django import DjangoDbBlocker

from duly.channels.mail_in.reading import read
from duly.desk.mailroom.mailbox import Mailbox
from duly.desk.mailroom.raw_mail import RawMail
from tests.desk.people import Cast, cast
from tests.elsewhere import Answer, Elsewhere
from tests.worker.mail_in import posts_elsewhere as posts
from tests.worker.mail_in.posts import Post
from tests.worker.mail_in.test_posted import Box, kept
from tests.worker.processes import web

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

AMAZON = posts.Amazon()
SERVERS = {
    posts.AMAZON: AMAZON.answer,
    "api.brevo.com": posts.brevos,
    "api.resend.com": posts.resends,
    "inbound-cdn.resend.com": posts.store,
    "mailtrap.io": posts.mailtraps,
    "mailtrap-inbound.s3.amazonaws.com": posts.store,
}


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    with Elsewhere(tmp_path_factory.mktemp("elsewhere"), dict(SERVERS)) as there:
        yield there


@pytest.fixture(scope="module")
def host(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, there: Elsewhere
) -> Iterator[str]:
    with django_db_blocker.unblock(), web(**there.environment) as (address, _):
        yield address


@pytest.mark.parametrize(
    "post",
    [
        AMAZON.post(posts.ses()),
        AMAZON.post(posts.ses(), version="1"),
        posts.resend(),
        posts.mailtrap(),
        posts.brevo(),
    ],
    ids=["ses", "ses-sha1", "resend", "mailtrap", "brevo"],
)
def test_k01_what_a_provider_keeps_is_fetched_and_kept_before_it_is_told(
    post: Post, people: Cast, host: str
) -> None:
    answer = Box(people, post).post(host, post)
    assert answer.status_code == 200, answer.text
    mail = RawMail.objects.get()
    as_read = read(bytes(mail.raw))
    assert mail.is_rebuilt == (post.raw is None)
    if post.raw is not None:
        assert bytes(mail.raw) == post.raw
    else:
        assert [(one.name, one.content) for one in as_read.parts] == [("a.csv", b"1,2")]
    if post.provider != "mailtrap":  # which says nothing of envelopes
        assert mail.envelope_recipients == ["desk@desk.example"]
        assert mail.envelope_sender == "clara@acme.example"
    assert (as_read.subject, as_read.message_id) == ("posted", "<1@acme.example>")
    assert "It stops. Grüße" in as_read.text


@pytest.mark.parametrize(
    "instead",
    [
        {"Message": "{}"},
        {"Signature": ""},
        {"SignatureVersion": "3"},
        {"SigningCertURL": "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem"},
        {"SigningCertURL": "https://evil.example\\@sns.eu-west-1.amazonaws.com/a.pem"},
        {"SigningCertURL": f"http://{posts.AMAZON}/SimpleNotificationService-0123.pem"},
    ],
)
def test_a_post_that_amazon_did_not_sign_is_refused(
    instead: dict[str, str], people: Cast, host: str, there: Elsewhere
) -> None:
    post = AMAZON.post(posts.ses(), **instead)
    assert Box(people, post).post(host, post).status_code == 403
    assert kept() == []


def test_amazon_is_told_that_its_messages_are_wanted_by_whoever_knows_the_address(
    people: Cast, host: str, there: Elsewhere
) -> None:
    post = AMAZON.post(posts.ses_subscription())
    box = Box(people, post)
    there.asked.clear()
    assert box.post(host, post, secret="wrong").status_code == 403
    assert there.asked == []
    assert box.post(host, post).status_code == 200
    assert posts.SUBSCRIBE.endswith(there.asked[-1][1].path)
    assert kept() == []

    # Amazon says the secret of an address only when it is asked for it.
    bare = requests.post(
        box.url(host).replace(f"duly:{box.secret}@", ""), data=post.body, timeout=9
    )
    assert (bare.status_code, bare.headers["WWW-Authenticate"]) == (401, 'Basic realm="mail"')


def test_another_topic_of_amazon_is_refused(people: Cast, host: str) -> None:
    post = AMAZON.post(posts.ses())
    box = Box(people, replace(post, key=posts.TOPIC + "-other"))
    assert box.post(host, post).status_code == 403
    assert kept() == []


def test_a_mail_that_a_rule_of_amazon_put_elsewhere_is_said_to_a_person(
    people: Cast, host: str
) -> None:
    post = AMAZON.post(posts.ses_in_a_bucket())
    assert Box(people, post).post(host, post).status_code == 200
    (raw,) = kept()
    assert raw.endswith(post.body)


@pytest.mark.parametrize(
    ("post", "away"),
    [
        (posts.brevo(), "api.brevo.com"),
        (posts.resend(), "api.resend.com"),
        (posts.resend(), "inbound-cdn.resend.com"),
        (posts.mailtrap(), "mailtrap.io"),
    ],
    ids=["brevo", "resend", "resend-store", "mailtrap"],
)
def test_k01_while_a_provider_hands_nothing_out_nothing_is_acknowledged(
    post: Post, away: str, people: Cast, host: str, there: Elsewhere
) -> None:
    box = Box(people, post)
    there.servers[away], known = (lambda _: Answer(500)), there.servers[away]
    try:
        answer = box.post(host, post)
    finally:
        there.servers[away] = known
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert kept() == []
    assert Mailbox.objects.get().trouble == f"{away} answered 500"

    assert box.post(host, post).status_code == 200
    assert len(kept()) == 1
    assert Mailbox.objects.get().trouble == ""
