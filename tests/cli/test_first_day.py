"""The administrator's first day, as the documentation tells it: every block of the page is carried
out literally, on a clean folder, against Dovecot with TLS and an SMTP server with STARTTLS.

Marks behind the language of a block: ``sh run`` is run, ``sh daemon`` is started and goes on,
``text shown`` must have been printed by the block before, ``eml deliver`` arrives in the mailbox,
and any other word is the file that the block is saved as. Only the two host names are put in.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.servers.certificate import self_signed
from tests.servers.dovecot import PASSWORD, Dovecot, require_dovecot
from tests.servers.scripted_smtp import ScriptedSmtp

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"en": DOCS / "administrators.md", "zh": DOCS / "zh" / "administrators.md"}
ADDRESS = "support@example.com"
BLOCK = re.compile(r"^```(\w+) ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEAST = {"en": 100, "zh": 10}  # mails while the configuration changes: once is proof enough
MOST = 3000
AHEAD = 100  # mails and answers that wait while more mails come
PATIENCE = 120.0  # seconds


class Block(NamedTuple):
    language: str
    mark: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The marked blocks of a page, in order."""
    return [Block(*found.groups()) for found in BLOCK.finditer(page.read_text("utf-8"))]


@dataclass
class Day:
    """An administrator at a shell in a clean folder."""

    folder: Path
    dovecot: Dovecot
    smtp: ScriptedSmtp
    environment: dict[str, str]
    daemon: subprocess.Popen[bytes] | None = None
    said: str = ""
    home: Path = field(init=False)

    def __post_init__(self) -> None:
        self.home = self.folder / "desk"
        (self.folder / ".shell").write_text("")

    def follow(self, block: Block) -> None:
        """Do what the page says."""
        text = block.text.replace("imap.example.com", f"127.0.0.1:{self.dovecot.tls_port}")
        text = text.replace("smtp.example.com", f"127.0.0.1:{self.smtp.port}")
        match block.language, block.mark:
            case "sh", "run":
                # what one block exports is there for the next, as in one terminal
                script = f". ./.shell\n{text}\nexport -p > .shell\n"
                ended = self._bash(script)
                assert ended.returncode == 0, f"{text}\n{ended.stdout}\n{ended.stderr}"
                self.said = ended.stdout
            case "sh", "daemon":
                self.daemon = subprocess.Popen(
                    ["bash", "-c", f". ./.shell\nexec {text}"],
                    cwd=self.folder,
                    env=self.environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            case "text", "shown":
                for line in text.splitlines():
                    assert line in self.said, f"{line!r} is not in:\n{self.said}"
            case "eml", "deliver":
                self.dovecot.append(ADDRESS, text.encode())
            case _, file:
                path = self.folder / file
                assert path.parent.is_dir(), f"{path.parent} is not there"
                path.write_text(text, "utf-8")

    def _bash(self, script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def asked(self, question: str) -> list[tuple[object, ...]]:
        """Rows of the desk's database."""
        with closing(sqlite3.connect(self.home / "data" / "postdesk.db", timeout=60)) as database:
            return database.execute(question).fetchall()

    def stop(self) -> int:
        """End the daemon as systemd does; its exit status."""
        if self.daemon is None:
            return 0
        self.daemon.send_signal(signal.SIGTERM)
        return self.daemon.wait(PATIENCE)


@pytest.fixture
def day(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Day]:
    require_dovecot()
    certificate = self_signed(tmp_path)
    dovecot = Dovecot(certificate)
    dovecot.start()
    (tmp_path / "clean").mkdir()
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "POSTDESK_LANG": request.node.callspec.params["lang"],
        "SSL_CERT_FILE": str(certificate.certificate),
    }
    with ScriptedSmtp(certificate.server(), starttls=True, password=PASSWORD) as smtp:
        made = Day(tmp_path / "clean", dovecot, smtp, environment)
        try:
            yield made
        finally:
            if made.daemon is not None and made.daemon.poll() is None:
                made.daemon.kill()
                made.daemon.wait(PATIENCE)
            dovecot.stop()


def mail(number: int) -> bytes:
    """Every second one is about ERP; each is by somebody else, as answers are capped."""
    about = "ERP does not start" if number % 2 else "The printer jams"
    return (
        f"From: person{number}@customer.example\r\nTo: {ADDRESS}\r\n"
        f"Subject: {about}, case {number}\r\nMessage-ID: <load-{number}@customer.example>\r\n\r\n"
        f"{about} on desk {number} in room {number * 7}.\r\n"
    ).encode()


def until(held: Callable[[], bool], what: str) -> None:
    """Wait for another process."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.2)):
        if held():
            return
        pause.wait(0.2)
    raise AssertionError(f"in vain: {what}")


def under_load(day: Day, change: Block, least: int) -> int:
    """Carry out ``change`` while mails come, never more than the desk will have done with soon,
    until some were judged by what it says; returns how many came."""
    numbers = count(1)
    with day.dovecot.client(ADDRESS) as client:

        def come(how_many: int) -> int:
            for number in (next(numbers) for _ in range(how_many)):
                client.append("INBOX", mail(number))
            return number

        last = come(least // 2)
        until(lambda: len(versions(day)) == 1, "the daemon settles the first mails")
        day.follow(change)
        while len(versions(day)) < 2 and last < MOST:
            last = come(10)
            until(partial(keeps_up, day, last), "the desk keeps up")
        last = come(least // 2)
    until(
        lambda: (
            day.asked("SELECT count(*) FROM spool WHERE state = 'pending'") == [(0,)]
            and day.asked("SELECT count(*) FROM incidents")[0][0] == last + 1
        ),
        f"all {last} mails are settled",
    )
    return last


def keeps_up(day: Day, last: int) -> bool:
    """Whether of ``last`` mails few are not settled, and few answers are still to go."""
    ((settled, unsent),) = day.asked(
        "SELECT (SELECT count(*) FROM incidents),"
        " (SELECT count(*) FROM outbox WHERE state <> 'sent')"
    )
    assert isinstance(settled, int)
    assert isinstance(unsent, int)
    return last + 1 - settled + unsent < AHEAD


def versions(day: Day) -> set[object]:
    """The configurations that judged the mails of the load."""
    return {
        version
        for (version,) in day.asked(
            "SELECT DISTINCT j.new FROM journal j JOIN incidents i ON i.number = j.number"
            " WHERE j.kind = 'rule' AND i.subject LIKE '%, case %'"
        )
    }


def misfiled(day: Day, last: int) -> list[object]:
    """Mails that have no record, two, or one that its own configuration would file otherwise."""
    rows = day.asked(
        'SELECT i.subject, i."group", i.tags, j.new FROM incidents i LEFT JOIN journal j'
        " ON j.number = i.number AND j.kind = 'rule' WHERE i.subject LIKE '%, case %' ORDER BY i.id"
    )
    order = list(dict.fromkeys(version for *_, version in rows))
    assert len(order) == 2, order
    wrong: list[object] = []
    for subject, group, tags, version in rows:
        is_erp = "ERP" in str(subject)
        tagged = "erp" in json.loads(str(tags))
        if (group == "applications") != is_erp or tagged != (is_erp and version == order[1]):
            wrong.append((subject, group, tags, version))
    cases = sorted(int(str(row[0]).rpartition(" ")[2]) for row in rows)
    return wrong if cases == list(range(1, last + 1)) else [*wrong, cases]


@pytest.mark.slow
@pytest.mark.parametrize("lang", PAGES)
def test_the_page_does_what_it_says(lang: str, day: Day) -> None:
    told = blocks(PAGES[lang])
    assert [block.mark for block in told].count("run") >= 8
    last = 0
    for block in told:
        if day.daemon is not None and block.language == "yaml" and not last:
            last = under_load(day, block, LEAST[lang])
        else:
            day.follow(block)
    assert last >= LEAST[lang]
    assert misfiled(day, last) == []
    assert day.asked("SELECT count(*) FROM spool WHERE state = 'quarantined'") == [(0,)]
    # whoever wrote was answered, once
    until(
        lambda: day.asked("SELECT count(*) FROM outbox WHERE state <> 'sent'") == [(0,)],
        "everything is sent",
    )
    answered = [one for taken in day.smtp.taken for one in taken.recipients]
    for number in range(1, last + 1):
        assert answered.count(f"person{number}@customer.example") == 1, number
    assert day.stop() == 0
    # the secret stands nowhere but in the environment
    for path in (*day.home.rglob("*.yaml"), *day.home.rglob("*.log")):
        assert "password: secret" not in path.read_text("utf-8")
    (restored,) = (day.folder / "desk-again" / "config").glob("postdesk.yaml")
    assert restored.read_bytes() == (day.home / "config" / "postdesk.yaml").read_bytes()


def test_both_languages_tell_the_same_day() -> None:
    en, zh = (blocks(page) for page in PAGES.values())
    assert [(one.language, one.mark) for one in en] == [(one.language, one.mark) for one in zh]
    for one, other in zip(en, zh, strict=True):
        if one.language in ("sh", "yaml"):
            plain = one.text.replace("--lang en", "--lang zh").replace("Example Ltd", "示例科技")
            assert plain == other.text
