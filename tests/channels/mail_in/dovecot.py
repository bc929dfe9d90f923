"""A real IMAP server on loopback for one test, from the system's Dovecot."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS

SERVER = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")

CONFIGURATION = """
base_dir = {home}/run
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{home}/mail
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
auth_mechanisms = plain xoauth2
{oauth}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail
}}
"""


OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2.conf
}}
"""
INTROSPECTION = """
introspection_mode = get
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """Its folder is a Maildir that tests deliver into; `stop` and `start` are its life, within that of the `with`."""

    def __init__(self, introspection: str = "") -> None:
        """`introspection` is where it asks whether a token is good; without it, it takes passwords alone."""
        if SERVER is None:
            pytest.skip("Dovecot is not installed (Debian: dovecot-imapd)")
        # Not in pytest's folder: every new session shuts that off from the user whom Dovecot becomes.
        self._folder = tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True)
        self.home = home = Path(self._folder.name)
        self.port = free_port()
        me = pwd.getpwuid(65534 if os.getuid() == 0 else os.getuid())
        group = subprocess.run(
            ["id", "-gn", me.pw_name], capture_output=True, text=True, check=True
        )
        for folder in ("run", "mail/new", "mail/cur", "mail/tmp"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        (home / "dovecot.conf").write_text(
            CONFIGURATION.format(
                home=home,
                port=self.port,
                user=me.pw_name,
                group=group.stdout.strip(),
                oauth=OAUTH.format(home=home) if introspection else "",
                uid=me.pw_uid,
                gid=me.pw_gid,
            )
        )
        (home / "oauth2.conf").write_text(INTROSPECTION.format(url=introspection))
        if os.getuid() == 0:
            for path in (home, *home.rglob("*")):
                os.chown(path, me.pw_uid, me.pw_gid)
        self._owner = (me.pw_uid, me.pw_gid)
        self._process: subprocess.Popen[bytes] | None = None
        self._delivered = 0

    def __enter__(self) -> "Dovecot":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        self._folder.cleanup()

    def start(self) -> None:
        assert SERVER is not None
        self._process = subprocess.Popen(
            [SERVER, "-F", "-c", str(self.home / "dovecot.conf")], start_new_session=True
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                probe.settimeout(0.2)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError((self.home / "log").read_text())

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)  # its sessions too: as when a machine dies
            self._process.wait()
            (self.home / "run/master.pid").unlink(missing_ok=True)
            self._process = None

    def deliver(self, raw: bytes) -> None:
        """As a delivery agent does: written aside, then renamed into place."""
        self._delivered += 1
        name = f"{time.time_ns()}.{self._delivered}.test"
        written = self.home / "mail/tmp" / name
        written.write_bytes(raw)
        if os.getuid() == 0:
            os.chown(written, *self._owner)
        written.rename(self.home / "mail/new" / name)

    def renumber(self) -> None:
        """As after a restore: the same mails under another UIDVALIDITY."""
        self.stop()
        for index in self.home.glob("mail/dovecot*"):
            index.unlink()
        time.sleep(1.1)  # Dovecot takes the second of its making as the new UIDVALIDITY
        self.start()
