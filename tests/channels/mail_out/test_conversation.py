"""Whoever sets mail up sees what both servers say, and never a password."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from duly.channels.mail_out.conversation import conversation
from tests.channels.mail_out.test_message import MAIL
from tests.channels.mail_out.test_smtp import Post, sign_in
from tests.ports import free_port


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def address(post: Post) -> Iterator[str]:
    controller = Controller(
        post, hostname="127.0.0.1", port=free_port(), authenticator=sign_in, auth_require_tls=False
    )
    controller.start()
    yield f"127.0.0.1:{controller.port}"
    controller.stop()


def test_the_whole_conversation_is_heard_without_the_password(address: str, post: Post) -> None:
    heard = conversation(f"smtp://desk:secret@{address}", MAIL)
    assert heard.problem == ""
    assert len(post.taken) == 1
    said = "\n".join(heard.lines)
    for line in ("< 220", "> AUTH …", "< 235", "> mail FROM:", "> rcpt TO:", "< 250 OK", "> quit"):
        assert line in said
    assert "secret" not in said
    assert "AGRlc2sAc2VjcmV0" not in said  # "\0desk\0secret" in Base64, as PLAIN says it


def test_a_refusal_is_the_problem_and_the_last_that_is_heard(address: str, post: Post) -> None:
    post.answer_to_recipient = "550 nobody here"
    heard = conversation(f"smtp://{address}", MAIL)
    assert heard.problem == "550 nobody here"
    assert "< 550 nobody here" in heard.lines


def test_a_wrong_password_is_said_plainly(address: str) -> None:
    heard = conversation(f"smtp://desk:wrong@{address}", MAIL)
    assert "sign-in refused" in heard.problem
    assert "wrong" not in "\n".join(heard.lines)


def test_a_folder_says_nothing(tmp_path: Path) -> None:
    heard = conversation(f"sink:{tmp_path}", MAIL)
    assert heard == type(heard)((), "")
    assert len(list(tmp_path.glob("*.eml"))) == 1
