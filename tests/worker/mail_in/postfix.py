"""A real mail server for one test, from the system's Postfix: what is sent to it, it hands to our listener."""

import grp
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.waiting import until
from tests.worker.processes import answers

SERVER = shutil.which("postfix", path=os.environ.get("PATH", "") + ":/usr/sbin")

MAIN = """
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
maillog_file = {home}/log
maillog_file_prefixes = {home}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.desk.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
relay_domains = desk.example
transport_maps = inline:{{ desk.example=lmtp:inet:127.0.0.1:{listener} }}
disable_dns_lookups = yes
smtpd_peername_lookup = no
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
lmtp_connection_cache_on_demand = no
"""
SERVICES = """
{port} inet n - n - - smtpd
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Takes mail on `port` and hands it over to `listener`, again and again until it is taken."""

    def __init__(self, listener: int) -> None:
        if SERVER is None or os.getuid() != 0:
            pytest.skip("Postfix is not installed (Debian: postfix), or this is not root")
        self.port = free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="postfix-", ignore_cleanup_errors=True)
        home = Path(self._folder.name)
        home.chmod(0o755)
        (home / "main.cf").write_text(MAIN.format(home=home, listener=listener))
        (home / "master.cf").write_text(SERVICES.format(port=f"127.0.0.1:{self.port}"))
        self._home = home
        self._make_folders(home)

    def _make_folders(self, home: Path) -> None:
        """As its package makes them: the queue is Postfix's own, and its commands may drop mail into it."""
        owner, group = pwd.getpwnam("postfix").pw_uid, grp.getgrnam("postdrop").gr_gid
        folders = "active bounce corrupt defer deferred flush hold incoming private saved trace"
        for name in ("", *folders.split(), "maildrop", "public", "pid"):
            folder = home / "spool" / name
            folder.mkdir(mode=0o700)
            if name in ("", "pid"):
                folder.chmod(0o755)
            else:
                os.chown(folder, owner, group if name in ("maildrop", "public") else -1)
        (home / "spool/maildrop").chmod(0o1730)
        (home / "spool/public").chmod(0o2710)
        (home / "data").mkdir(mode=0o700)
        os.chown(home / "data", owner, -1)

    def __enter__(self) -> "Postfix":
        assert SERVER is not None
        self._process = subprocess.Popen(
            [SERVER, "-c", str(self._home), "start-fg"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: answers(self.port))
        return self

    def __exit__(self, *error: object) -> None:
        assert SERVER is not None
        subprocess.run([SERVER, "-c", str(self._home), "abort"], check=False, capture_output=True)
        self._process.wait(30)
        self._folder.cleanup()

    def log(self) -> str:
        """What it says happened."""
        return (self._home / "log").read_text()
