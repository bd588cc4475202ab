"""The desk under test: everything real but the network, its clock where the quarter puts it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.quarter.cast import CHECKED_BY, DESK, Somebody
from processor.bootstrap.wiring import wire
from processor.demo.correspondent import Correspondent, read
from processor.jobs.rounds import run_rounds
from processor.jobs.sweep import sweep
from processor.pipeline.processing import process_pending
from processor.pipeline.state import Journey
from processor.settings.loader import load

_NEW = text(
    "SELECT o.id, o.event, o.number, r.raw FROM outbox o JOIN outbox_raw r ON r.outbox_id = o.id"
    " WHERE o.id > :last ORDER BY o.id"
)


class Letter:
    """A mail of the desk as it reached somebody."""

    def __init__(self, at: datetime, event: str, number: str, raw: bytes) -> None:
        self.at, self.event, self.number, self.raw = at, event, number, raw
        self._mail: EmailMessage | None = None

    @property
    def mail(self) -> EmailMessage:
        if self._mail is None:
            self._mail = read(self.raw)
        return self._mail

    @property
    def to(self) -> str:
        return ", ".join(str(one.addr_spec).lower() for one in self.mail["To"].addresses)

    @property
    def words(self) -> str:
        """Subject, text and HTML: all that a reader can see."""
        parts = [str(self.mail["Subject"])]
        for kind in ("plain", "html"):
            body = self.mail.get_body((kind,))
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
        program = Correspondent(who.name, who.address, who.language)
        return program.answer(letter.raw, words, self.clock())

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
        """What the daemon does every minute: ring, hold rounds."""
        sweep(self.app.desk, self.clock())
        run_rounds(self.app.desk, self.clock())

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
        while self.app.dispatcher.run_once(self.clock()):
            pass
        return fresh
