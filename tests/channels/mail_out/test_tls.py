"""A server for outgoing mail proves its name by a certificate or is told nothing: real TLS, our own authority."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from duly.channels.mail_out.conversation import conversation
from tests.certificates import Authority, self_signed
from tests.channels.mail_out.test_message import MAIL
from tests.channels.mail_out.test_smtp import Post, sign_in
from tests.ports import free_port

SCHEMES = ("smtps", "smtp+starttls", "smtp")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def authority(folder: Path) -> Authority:
    return Authority(folder)


@pytest.fixture(autouse=True)
def _trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine whose owner trusts an authority of their own."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))


@contextmanager
def server(scheme: str, certificate: Path, post: Post) -> Iterator[str]:
    """A server on loopback, as a URL with a password; it takes none before the connection is encrypted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=sign_in,
        auth_require_tls=scheme != "smtps",
        ssl_context=context if scheme == "smtps" else None,
        tls_context=context if scheme != "smtps" else None,
    )
    controller.start()
    try:
        yield f"{scheme}://desk:secret@localhost:{controller.port}"
    finally:
        controller.stop()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_server_that_proves_its_name_is_told_everything(
    scheme: str, authority: Authority
) -> None:
    post = Post()
    with server(scheme, authority.issue("localhost"), post) as url:
        heard = conversation(url, MAIL)
    assert heard.problem == ""
    assert len(post.taken) == 1
    assert ("> STARTTLS" in heard.lines) == (scheme != "smtps")
    assert "< 235 2.7.0 Authentication successful" in heard.lines


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mail.other.example", "certificate is not valid for 'localhost'"),
        ("", "self-signed certificate"),
    ],
    ids=["another name", "self-signed"],
)
def test_a_server_that_does_not_is_told_nothing(
    scheme: str, name: str, said: str, authority: Authority, folder: Path
) -> None:
    post = Post()
    certificate = authority.issue(name) if name else self_signed(folder, "localhost")
    with server(scheme, certificate, post) as url:
        heard = conversation(url, MAIL)
    assert heard.problem.startswith("localhost cannot prove its name, so nothing was said to it: ")
    assert said in heard.problem
    assert post.taken == []
    assert not any("AUTH …" in line or "mail FROM" in line for line in heard.lines)
