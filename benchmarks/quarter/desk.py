"""The desk under test: everything real but the network, its clock where the quarter puts it."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.quarter.cast import Somebody
from benchmarks.quarter.house import CHECKED_BY, DESK
from processor.bootstrap.wiring import wire
from processor.demo.correspondent import Correspondent, read
from processor.jobs.rounds import run_rounds
from processor.jobs.sweep import sweep
from processor.jobs.upkeep import look_after
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Journey
from processor.settings.loader import load

_NEW = text(
    "SELECT o.id, o.event, o.number, r.raw FROM outbox o JOIN outbox_raw r ON r.outbox_id = o.id"
    " WHERE o.id > :last ORDER BY o.id"
)


NUMBER = re.compile(r"\b(?:INC|REQ|CMP)-\d{8}-\d{4}\b")


class Letter:
    """A mail of the desk as it reached somebody."""

    def __init__(self, at: datetime, event: str, number: str, raw: bytes) -> None:
        self.at, self.event, self.number, self.raw = at, event, number, raw
        self.to = ", ".join(str(one.addr_spec).lower() for one in self.mail["To"].addresses)

    @property
    def mail(self) -> EmailMessage:
        """It is read anew each time: ten thousands of them would not fit into memory."""
        return read(self.raw)

    @property
    def numbers(self) -> list[str]:
        """The incidents that it names, in the order in which they first stand there."""
        return list(dict.fromkeys(NUMBER.findall(self.words)))

    @property
    def words(self) -> str:
        """Subject, text and HTML: all that a reader can see."""
        mail = self.mail
        parts = [str(mail["Subject"])]
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            parts.append(str(body.get_content()) if body is not None else "")
        return "\n".join(parts)


class Desk:
    """One desk on its home. Every letter that it ever sent is in ``letters``, oldest first."""

    def __init__(self, home: Path, start: datetime) -> None:
        self.home, self.now = home, start
        self.letters: list[Letter] = []
        self.last_to: dict[tuple[str, str], Letter] = {}  # (address, number) → his last letter
        self.dispositions: dict[str, int] = {}
        self._dropped = 0
        self._last_row = 0
        settings = load(home)
        self.rows = create_engine(settings.database)  # looks from outside
        self.app = wire(settings, self.clock, once=True, keys=lambda _name: None)

    def clock(self) -> datetime:
        return self.now.astimezone(UTC)

    def restart(self) -> None:
        """The process ends; another one is started on the same home."""
        self.app.close()
        self.app = wire(load(self.home), self.clock, once=True, keys=lambda _name: None)

    def close(self) -> None:
        """Let go of the home."""
        self.app.close()
        self.rows.dispose()

    def write(self, who: Somebody, subject: str, words: str) -> bytes:
        """A new mail to the desk, which the sender's own provider has signed."""
        program = Correspondent(who.name, who.address, who.language)
        domain = who.address.rpartition("@")[2]
        passed = f"Authentication-Results: {CHECKED_BY}; dkim=pass header.d={domain}\r\n"
        return passed.encode() + program.write(DESK, subject, words, self.clock())

    def answer(self, who: Somebody, number: str, words: str) -> bytes:
        """Answers the last letter about the incident, or writes a new mail that names it."""
        letter = self.last_to.get((who.address, number))
        if letter is None:
            return self.write(who, f"关于 [{number}]", words)
        return self.answer_to(letter, who, words)

    def answer_to(self, letter: Letter, who: Somebody, words: str) -> bytes:
        """Answers this letter."""
        program = Correspondent(who.name, who.address, who.language)
        return program.answer(letter.raw, words, self.clock())

    def status(self, number: str) -> str:
        """In which status the desk has an incident."""
        with self.app.store.read() as work:
            found = work.incidents.get(number, lock=False)
        return str(found.status) if found else ""

    def has_problem(self, number: str) -> bool:
        """Whether a problem is linked to the incident."""
        with self.app.store.read() as work:
            return any(link.kind == "problem" for link in work.incidents.dossier(number).links)

    def notice(self, number: str) -> str:
        """By which ordinal the notice that is owed goes; "" where none is."""
        with self.app.store.read() as work:
            owed = work.duties.of(number, "notice", open_only=True)
        return str(owed[0].ordinal) if owed else ""

    def take(self, raw: bytes) -> Journey:
        """Hand in one mail and let the desk settle it."""
        self._dropped += 1
        path = self.home / "inbox" / f"{self._dropped:05d}.eml"
        path.write_bytes(raw)
        os.utime(path, (self.now.timestamp(), self.now.timestamp()))  # when it was received
        ended: list[Journey] = []
        for collector in self.app.collectors:
            collector.collect(self.clock())
            process_pending(self.app.desk, self.app.clock, after=ended.append)
            collector.acknowledge(self.clock())
        (journey,) = ended
        kind = str(journey.disposition)
        self.dispositions[kind] = self.dispositions.get(kind, 0) + 1
        return journey

    def look_at_clocks(self) -> None:
        """What the daemon does every minute: ring, hold rounds, look after problems."""
        sweep(self.app.desk, self.clock())
        run_rounds(self.app.desk, self.clock())
        look_after(self.app.desk, self.clock())

    def send(self) -> list[Letter]:
        """Send what waits; gives the letters that were new."""
        with self.rows.connect() as connection:
            rows = connection.execute(_NEW, {"last": self._last_row}).all()
        fresh = []
        for row_id, event, number, raw in rows:
            letter = Letter(self.now, event, number, bytes(raw))
            self._last_row = row_id
            fresh.append(letter)
            if number:
                for address in letter.to.split(", "):
                    self.last_to[address, number] = letter
        self.letters += fresh
        while fresh and self.app.dispatcher.run_once(self.clock()):
            pass
        return fresh
