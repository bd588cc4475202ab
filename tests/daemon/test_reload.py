"""A changed configuration comes into force as a whole or not at all, while mail goes on coming."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

from imapclient import IMAPClient

from processor.bootstrap.checking import check
from processor.bootstrap.clock import wall_clock
from processor.bootstrap.wiring import App, wire
from processor.daemon.reload import Reloading
from processor.demo.correspondent import Correspondent
from processor.demo.story import DESK
from processor.pipeline.state import Checkpoint
from processor.settings.loader import load
from processor.settings.settings import Settings
from processor.store.database import Store
from tests.journeys.homes import MORNING, home_of
from tests.servers.dovecot import PASSWORD, Dovecot, require_dovecot

PATIENCE = 60.0
LAST = 20  # mails that come after the configuration has changed
LI = Correspondent("李娜", "li.na@example.com", "zh")
RULE = "- name: which-edition\n  when: {subject: 批次}\n  then: {tags: edition-%d}\n"


class Seen:
    """Counts what passes, and lets others wait for it."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}
        self._news = threading.Condition()

    def __call__(self, name: str) -> None:
        with self._news:
            self._count[name] = self._count.get(name, 0) + 1
            self._news.notify_all()

    def wait(self, name: str, times: int = 1) -> None:
        with self._news:
            came = self._news.wait_for(lambda: self._count.get(name, 0) >= times, PATIENCE)
        assert came, f"{name}: {self._count}"


@contextmanager
def following(home: Path, seen: Seen, once: bool = True) -> Iterator[Reloading]:
    """A desk that follows its configuration, on threads of this process."""

    def build(settings: Settings, checkpoint: Checkpoint = seen) -> App:
        app = wire(settings, wall_clock, once=once, checkpoint=checkpoint)
        seen("built")
        return app

    desk = Reloading(build(load(home)), build, check, look_seconds=0.05)
    thread = threading.Thread(target=desk.run, kwargs={"signals": False})
    thread.start()
    try:
        yield desk
    finally:
        desk.stop()
        thread.join(PATIENCE)
    assert not thread.is_alive()


def write_edition(home: Path, edition: int) -> str:
    """Put an edition of the rule into the home; the version of the configuration that makes it."""
    path = home / "config" / "rules" / "90-edition.yaml"
    unfinished = path.with_suffix(".new")
    unfinished.write_text(RULE % edition, "utf-8")
    unfinished.replace(path)
    return load(home).version


def filed(home: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Subject, configuration and tags of every mail that was settled, in order."""
    store = Store(load(home).database, blobs=home / "data" / "blobs")
    found = []
    with store.read() as work:
        rows = work.connection.exec_driver_sql(
            "SELECT subject, steps, incident_number FROM spool WHERE state = 'settled' ORDER BY id"
        ).all()
        for subject, steps, number in rows:
            (version,) = {
                step.removeprefix("configuration:")
                for step in json.loads(steps)
                if step.startswith("configuration:")
            }
            incident = work.incidents.get(number)
            found.append((subject, version, tuple(incident.tags) if incident else ()))
    store.close()
    return found


def letters(home: Path, event: str) -> list[str]:
    """The texts of the letters of one kind that were sent."""
    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted((home / "outbox").glob("*.eml"))
    ]
    return [
        mail.get_body(("plain",)).get_content()
        for mail in mails
        if mail["X-Postdesk-Event"] == event
    ]


def hand_in(home: Path, subject: str, minute: int) -> None:
    raw = LI.write(DESK, subject, "麻烦看一下", MORNING + timedelta(minutes=minute))
    path = home / "inbox" / f"{minute}.eml"
    path.with_suffix(".part").write_bytes(raw)
    path.with_suffix(".part").replace(path)


def test_a_change_takes_over_and_a_bad_edit_leaves_the_last_good_one(tmp_path: Path) -> None:
    home, seen = home_of(tmp_path / "home", language="en"), Seen()
    postdesk = home / "config" / "postdesk.yaml"
    postdesk.write_text(postdesk.read_text().replace("poll_seconds: 60", "poll_seconds: 1"))
    first = write_edition(home, 1)
    with following(home, seen) as desk:
        hand_in(home, "批次 1", 1)
        seen.wait("committed", 1)
        assert desk.version == first

        second = write_edition(home, 2)
        seen.wait("built", 2)
        hand_in(home, "批次 2", 2)
        seen.wait("committed", 2)

        sla = home / "config" / "sla.yaml"
        good = sla.read_text("utf-8")
        sla.write_text(good.replace("vip_raises_urgency: true", "vip_raise_urgency: true"), "utf-8")
        (home / "config" / "rules" / "90-edition.yaml").write_text(RULE % 3, "utf-8")
        seen.wait("outbox.sent", 5)  # two mails a report, and one to the administrator
        hand_in(home, "批次 3", 3)
        seen.wait("committed", 3)
        assert desk.version == second, "half of an edit is in force"

        sla.write_text(good, "utf-8")
        seen.wait("built", 3)
        hand_in(home, "批次 4", 4)
        seen.wait("committed", 4)
        third = desk.version

    assert filed(home) == [
        ("批次 1", first, ("edition-1",)),
        ("批次 2", second, ("edition-2",)),
        ("批次 3", second, ("edition-2",)),
        ("批次 4", third, ("edition-3",)),
    ]
    (told,) = letters(home, "configuration-refused")
    assert "config/sla.yaml:" in told
    assert "Did you mean “vip_raises_urgency”?" in told
    assert second in told
    with Store(load(home).database, blobs=home).read() as work:
        assert work.configurations.in_force() == third
        kept = work.configurations.get(second)
        assert kept is not None
        assert "edition-2" in kept.files["config/rules/90-edition.yaml"]
        secret = load(home).secret.hex()
        assert not [name for name, text in kept.files.items() if secret in text or "key" in name]
        rules = [
            (entry.kind, entry.new)
            for number in work.incidents.open_numbers()
            for entry in work.journal.of(number)
            if entry.kind == "rule"
        ]
    assert rules == [("rule", version) for version in (first, second, second, third)]


def test_an_example_that_fails_and_a_template_that_fails_are_refused(tmp_path: Path) -> None:
    home, seen = home_of(tmp_path / "home", language="en"), Seen()
    with following(home, seen) as desk:
        first = desk.version
        rules = home / "config" / "rules" / "90-edition.yaml"
        wrong = "  examples: [{subject: 批次, expect: {category: network/lan}}]\n"
        rules.write_text(RULE % 1 + wrong, "utf-8")
        seen.wait("outbox.sent", 1)
        rules.write_text(RULE % 1, "utf-8")
        seen.wait("built", 2)
        template = home / "templates" / "mail" / "en" / "opened.txt"
        template.parent.mkdir(parents=True)
        template.write_text("{{ mail.no_such_thing }}", "utf-8")
        seen.wait("outbox.sent", 2)
        assert desk.version != first
    example, page = letters(home, "configuration-refused")
    assert "which-edition" in example
    assert "opened.txt" in page


def test_under_load_no_mail_is_lost_or_filed_by_two_minds(tmp_path: Path) -> None:
    count, seen = 120, Seen()
    require_dovecot()
    server = Dovecot()
    server.start()
    try:
        home = home_of(tmp_path / "home", imap=(server.port, PASSWORD), language="en")
        editions = {write_edition(home, 1): "edition-1"}
        changing = threading.Event()

        def post() -> None:
            with IMAPClient("127.0.0.1", server.port, ssl=False) as client:
                client.login(DESK, PASSWORD)
                for n in range(count):
                    raw = LI.write(DESK, f"批次 {n}", "看一下", MORNING + timedelta(seconds=n))
                    client.append("INBOX", raw)
                    if n == count - LAST:
                        changing.wait(PATIENCE)  # however fast the others were filed

        with following(home, seen, once=False):
            poster = threading.Thread(target=post)
            poster.start()
            seen.wait("committed", 1)
            for edition in (2, 3, 4):
                editions[write_edition(home, edition)] = f"edition-{edition}"
                seen.wait("built", edition)
                broken = home / "config" / "rules" / "91-broken.yaml"
                broken.write_text("- nmae: x\n", "utf-8")
                broken.unlink()
            # the fourth is made when the third has taken over: what comes now is of another mind
            changing.set()
            poster.join(PATIENCE)
            seen.wait("committed", count)
    finally:
        server.stop()
    found = filed(home)
    assert sorted(subject for subject, _, _ in found) == sorted(f"批次 {n}" for n in range(count))
    assert [tags for _, _, tags in found] == [(editions[version],) for _, version, _ in found]
    assert len({version for _, version, _ in found}) > 1, "nothing came while it changed"


def test_sighup_reads_anew_in_the_same_process(tmp_path: Path) -> None:
    home = home_of(tmp_path / "home", language="en")
    command = [sys.executable, "-m", "processor", "-c", str(home), "run"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        told = _until(process, "daemon.started")
        process.send_signal(signal.SIGHUP)
        told += _until(process, "daemon.stopped")
        told += _until(process, "daemon.started")
        process.send_signal(signal.SIGTERM)
        told += process.communicate(timeout=PATIENCE)[1]
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, told
    assert told.count("configuration.in_force") == 2


def _until(process: subprocess.Popen[str], word: str) -> str:
    """What it says up to a line with ``word``."""
    said = ""
    assert process.stderr is not None
    for line in process.stderr:
        said += line
        if word in line:
            return said
    raise AssertionError(f"it ended without {word}: {said}")
