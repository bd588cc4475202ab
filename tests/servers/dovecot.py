"""A real IMAP server, Dovecot, run from a temporary folder as whoever we are (root: as nobody).

Any user name is good with the password ``secret``; each has an own empty mailbox.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from imapclient import IMAPClient

from tests.servers.certificate import Certificate

PASSWORD = "secret"
_USER = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
NO_MOVE = "IMAP4rev1 SASL-IR LITERAL+ ID ENABLE IDLE NAMESPACE UIDPLUS LIST-EXTENDED"
BARE = "IMAP4rev1"

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 0
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 50
mailbox_idle_check_interval = 1 secs
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = {tls}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
{extra}
"""

_BY_TOKEN = """
auth_mechanisms = plain xoauth2 oauthbearer
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
_OAUTH2 = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """``port`` speaks plain IMAP (and STARTTLS), ``tls_port`` IMAP over TLS. ``introspection`` is
    where it asks whether a bearer token is good (RFC 7662)."""

    def __init__(
        self, tls: Certificate | None = None, extra: str = "", introspection: str = ""
    ) -> None:
        # Not below pytest's own folder, which nobody but its owner may enter.
        self.folder = folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        folder.chmod(0o755)
        self.port, self.tls_port = _free_ports(2)
        secure = "ssl = no"
        if tls is not None:
            certificate = shutil.copy(tls.certificate, folder)
            key = shutil.copy(tls.key, folder)
            secure = f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{key}"
        if introspection:
            (folder / "oauth2.conf").write_text(_OAUTH2.format(url=introspection))
            extra += _BY_TOKEN.format(folder=folder)
        self._config = folder / "dovecot.conf"
        self._config.write_text(
            _CONFIG.format(
                folder=folder,
                password=PASSWORD,
                user=_USER.pw_name,
                group=grp.getgrgid(_USER.pw_gid).gr_name,
                uid=_USER.pw_uid,
                gid=_USER.pw_gid,
                port=self.port,
                tls_port=self.tls_port if tls is not None else 0,
                tls="yes" if tls is not None else "no",
                extra=f"{secure}\n{extra}",
            )
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["dovecot", "-F", "-c", str(self._config)]
        if os.geteuid() == 0:  # Dovecot does not run its mail processes as root
            owner = f"{_USER.pw_uid}:{_USER.pw_gid}"
            subprocess.run(["chown", "-R", owner, str(self.folder)], check=True)
            drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            command = drop + command
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        pause = threading.Event()
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self._process.poll() is not None:
                break
            pause.wait(0.02)
        log = self.folder / "dovecot.log"
        said = log.read_text() if log.exists() else "Dovecot did not start"
        self.stop()
        raise RuntimeError(said)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def client(self, user: str) -> Iterator[IMAPClient]:
        """Somebody else's mail program."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False)
        client._imap.debug = 0
        try:
            client.login(user, PASSWORD)
            yield client
        finally:
            client.logout()

    def append(self, user: str, *raws: bytes, folder: str = "INBOX") -> None:
        with self.client(user) as client:
            for raw in raws:
                client.append(folder, raw)

    def bodies(self, user: str, folder: str = "INBOX") -> list[bytes]:
        with self.client(user) as client:
            client.select_folder(folder, readonly=True)
            uids = client.search()
            answers = client.fetch(uids, ["BODY.PEEK[]"])
            return [answers[uid][b"BODY[]"] for uid in uids]


def require_dovecot() -> None:
    """Skip where Dovecot is missing; never in CI, where that would hide half the proof."""
    if shutil.which("dovecot") is None and not os.environ.get("CI"):
        pytest.skip("dovecot is not installed (apt install dovecot-imapd)")


def _free_ports(count: int) -> list[int]:
    holders = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [holder.getsockname()[1] for holder in holders]
    for holder in holders:
        holder.close()
    return ports
