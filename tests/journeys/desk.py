"""A desk for stories by mail: people write, answer and click; the desk takes its turn; then one
looks at the incident, its journal and what everybody received.

Everything is real but the network: mails are files in an inbox, answers files in an outbox, the
clock stands where the story puts it. Times of day are Shanghai's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self
from zoneinfo import ZoneInfo

from processor.bootstrap.wiring import App, wire
from processor.demo.correspondent import read
from processor.domain.incident import Dossier, Incident
from processor.jobs.rounds import run_rounds
from processor.jobs.sweep import sweep
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Desk, Journey
from processor.settings.loader import load
from processor.settings.settings import Settings
from processor.store.database import Store
from tests.journeys.homes import MORNING, home_of
from tests.journeys.people import CHECKED_BY, Person

ZONE = ZoneInfo("Asia/Shanghai")
SHANGHAI_MORNING = MORNING.astimezone(ZONE)  # Monday 2026-11-23, 09:00

LISTS = frozenset(
    {"unsolved-list", "open-states", "work-list", "callback-list", "callback-results",
     "overdue-list"}
)  # fmt: skip
CHANGES = "field"  # journal rows of this kind are changes of a field


@lru_cache(maxsize=2)
def _shipped(language: str) -> Settings:
    """What `init` ships, read once for all stories."""
    with TemporaryDirectory() as folder:
        return load(home_of(Path(folder) / "home", language=language))


@lru_cache(maxsize=1)
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        store = Store(f"sqlite:///{path}", blobs=Path(folder))
        store.upgrade()
        store.close()
        return path.read_bytes()


class Story:
    """One desk on a home of its own; use as a context manager.

    ``box`` changes settings of the mailbox, ``limits`` limits, ``change`` any setting; ``mend``
    puts hand-made parts into the wired desk. With ``rounds`` lists go round as well.
    """

    def __init__(
        self,
        folder: Path,
        *,
        database: str | None = None,
        language: str = "zh",
        box: Mapping[str, Any] | None = None,
        limits: Mapping[str, int] | None = None,
        change: Callable[[Settings], Settings] = lambda settings: settings,
        mend: Callable[[Desk], Desk] = lambda desk: desk,
        rounds: bool = False,
    ) -> None:
        self.home = folder / "home"
        for name in ("inbox", "outbox", "data", "logs"):
            (self.home / name).mkdir(parents=True)
        if database is None:
            path = self.home / "data" / "postdesk.db"
            path.write_bytes(_empty_database())
            database = f"sqlite:///{path}"
        shipped = _shipped(language)
        mailbox = replace(shipped.mailboxes[0], **{"authserv_ids": (CHECKED_BY,), **(box or {})})
        self.settings = change(
            replace(
                shipped,
                home=self.home,
                database=database,
                mailboxes=(mailbox, *shipped.mailboxes[1:]),
                limits=replace(shipped.limits, **(limits or {})),
            )
        )
        self.now = SHANGHAI_MORNING
        self.seen = 0
        self._opened: dict[str, EmailMessage] = {}  # mails of the outbox, as they were read
        self._mend = mend
        self.rounds = rounds
        self.keys: dict[str, bytes] = {}  # what DNS would say
        self._dropped = 0
        self.app = self._wired()
        self.li = Person(self, "李娜", "li.na@customer.example", "zh")
        self.john = Person(self, "John Carter", "john.carter@customer.example", "en")
        self.zhao = Person(self, "赵敏", "zhao.min@example.com", "zh")  # service desk
        self.wang = Person(self, "王强", "wang.qiang@example.com", "zh")  # hardware
        self.liu = Person(self, "刘洋", "liu.yang@example.com", "zh")  # network and others
        self.zhou = Person(self, "周磊", "zhou.lei@example.com", "zh")  # leads network and others
        self.chen = Person(self, "陈静", "chen.jing@example.com", "zh")  # manager
        self.sun = Person(self, "孙悦", "sun.yue@example.com", "zh")  # administrator

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.app.close()

    def _wired(self) -> App:
        app = wire(self.settings, self.clock, once=True, keys=self.keys.get)
        return replace(app, desk=self._mend(app.desk))

    def person(self, name: str, address: str, language: str = "zh") -> Person:
        """Somebody else."""
        return Person(self, name, address, language)

    # ---- time and mail -------------------------------------------------------------------------

    def clock(self) -> datetime:
        """What the desk takes for now, in UTC as a real clock gives it."""
        return self.now.astimezone(UTC)

    def tick(self) -> datetime:
        """Every mail is a second later than the one before."""
        self.now += timedelta(seconds=1)
        return self.clock()

    def at(self, clock: str, days: int = 0) -> None:
        """It is ``09:30`` of the same day or ``days`` later."""
        hour, minute = map(int, clock.split(":"))
        later = self.now + timedelta(days=days)
        self.now = later.replace(hour=hour, minute=minute, second=0)

    def post(self, raw: bytes) -> bytes:
        """A mail is delivered to the desk's mailbox."""
        self._dropped += 1
        (self.home / "inbox" / f"{self._dropped:04d}.eml").write_bytes(raw)
        return raw

    @staticmethod
    def read(raw: bytes) -> EmailMessage:
        """A mail as a mail program shows it."""
        return read(raw)

    def withdraw(self) -> None:
        """The mail that was delivered last is taken away again, unread."""
        (self.home / "inbox" / f"{self._dropped:04d}.eml").unlink()

    def turn(self) -> list[str]:
        """Fetch, settle, acknowledge, ring, send; the dispositions in order."""
        return [str(journey.disposition) for journey in self.journeys()]

    def journeys(self) -> list[Journey]:
        """The same, with all that is known of each journey."""
        self.seen = len(self._outbox())
        journeys: list[Journey] = []
        app = self.app
        for collector in app.collectors:
            collector.collect(self.clock())
            process_pending(app.desk, app.clock, after=journeys.append)
            collector.acknowledge(self.clock())
        sweep(app.desk, self.clock())
        if self.rounds:
            run_rounds(app.desk, self.clock())
        while app.dispatcher.run_once(self.clock()):
            pass
        return journeys

    def restarts(self) -> None:
        """The process ends and a new one is started on the same home."""
        self.app.close()
        self.app = self._wired()

    def _outbox(self) -> list[Path]:
        return sorted((self.home / "outbox").glob("*.eml"))

    def sent(self, since: int = 0) -> list[EmailMessage]:
        """Every mail that the desk sent, oldest first."""
        for path in (paths := self._outbox()[since:]):
            if path.name not in self._opened:
                self._opened[path.name] = read(path.read_bytes())
        return [self._opened[path.name] for path in paths]

    @property
    def letters(self) -> dict[str, list[str]]:
        """Who got what in the last turn: local part of the address → kinds."""
        found: dict[str, list[str]] = {}
        for mail in self.sent(self.seen):
            name = str(mail["To"].addresses[0].username)
            found.setdefault(name, []).append(str(mail["X-Postdesk-Event"]))
        return found

    @property
    def lists(self) -> dict[str, list[str]]:
        """Who got which lists in the last turn, without reminders of clocks."""
        found = {who: [one for one in got if one in LISTS] for who, got in self.letters.items()}
        return {who: got for who, got in found.items() if got}

    # ---- the record ----------------------------------------------------------------------------

    @property
    def numbers(self) -> list[str]:
        """Of all incidents, oldest first."""
        with self.app.store.read() as work:
            return sorted(one.number for one in work.incidents.search(limit=500))

    def dossier(self, ordinal: int = 1) -> Dossier:
        """Of the incident that was opened as the ``ordinal``-th."""
        with self.app.store.read() as work:
            return work.incidents.dossier(self.numbers[ordinal - 1])

    def incident(self, ordinal: int = 1) -> Incident:
        """The record itself."""
        return self.dossier(ordinal).incident

    def steps(self, ordinal: int = 1) -> list[tuple[str, str]]:
        """(kind, text) of the journal's entries that are no changes of fields."""
        journal = self.dossier(ordinal).journal
        return [(entry.kind, entry.text) for entry in journal if entry.kind != CHANGES]

    def changes(self, ordinal: int = 1) -> list[tuple[str, str | None, str | None]]:
        """(field, old, new) of every change of a field."""
        journal = self.dossier(ordinal).journal
        return [(one.field, one.old, one.new) for one in journal if one.kind == CHANGES]

    def fingerprint(self, ordinal: int = 1) -> str:
        """The record with its clocks, to be compared with itself later."""
        seen = self.dossier(ordinal)
        shown = [str(seen.incident), str(seen.clocks), self.changes(ordinal)]
        return json.dumps(shown, ensure_ascii=False, default=str)

    def taken_in(self, ordinal: int = 1) -> list[str]:
        """Texts of the mails that came in on an incident."""
        return [mail.text for mail in self.dossier(ordinal).mails if mail.direction == "in"]

    def refuses(self, who: Person, *says: str) -> str:
        """The turn in which the desk refuses what ``who`` has just sent: he alone is answered,
        nothing has changed. Gives his answer, in which everything of ``says`` stands."""
        before = [self.fingerprint(n) for n in range(1, len(self.numbers) + 1)]
        assert self.turn() == ["rejected"]
        assert self.letters == {who.address.partition("@")[0]: ["command-refused"]}
        assert [self.fingerprint(n) for n in range(1, len(self.numbers) + 1)] == before
        answer = who.reads("command-refused")
        for words in says:
            assert words in answer, answer
        return answer

    # ---- where stories begin -------------------------------------------------------------------

    def printer_jam(self) -> None:
        """Li Na's printer jams; the rules give it to the hardware group."""
        self.li.writes("三楼财务室打印机卡纸", "整个财务部都打印不了，麻烦看一下。")
        assert self.turn() == ["opened"]

    def taken(self) -> None:
        """… and Wang Qiang has it."""
        self.printer_jam()
        self.wang.answers("assigned", "#接单")
        assert self.turn() == ["commanded"]

    def solved(self) -> None:
        """… and has solved it."""
        self.taken()
        self.wang.answers("assigned", SOLUTION)
        assert self.turn() == ["commanded"]

    def confirmed(self) -> None:
        """… and Li Na says so, too."""
        self.solved()
        self.li.answers("resolved-ask", "#确认")
        assert self.turn() == ["commanded"]

    def closed(self) -> None:
        """… and Chen Jing has archived it."""
        self.confirmed()
        self.chen.answers("review-ask", "#审核")
        assert self.turn() == ["commanded"]


SOLUTION = """#解决 更换了进纸轮，打印正常
原因：进纸轮磨损
措施：更换进纸轮并试印
方案：永久
代码：已解决"""
