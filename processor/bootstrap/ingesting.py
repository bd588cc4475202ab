"""Files taken in by hand: `ingest`, `parse`, and what was released from quarantine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from processor.bootstrap.in_force import keep_in_force
from processor.bootstrap.wiring import App
from processor.intake.drops import FORM_TYPES, content_name, enveloped, mbox_messages
from processor.intake.source import Arrival
from processor.pipeline.processing import process
from processor.pipeline.state import Disposition, Journey
from processor.store.spooled import AlreadySettled

ORIGIN = "ingest"


@dataclass(frozen=True, slots=True)
class Ingested:
    """One line of the answer. ``failed``: kept in quarantine, not understood."""

    file: str
    disposition: str
    incident: str
    reason: str

    @property
    def failed(self) -> bool:
        """Whether the message was not settled, or was kept apart."""
        return self.disposition in ("", Disposition.QUARANTINED)

    def as_dict(self) -> dict[str, Any]:
        """As `--json` shows it."""
        return asdict(self)


def messages_in(name: str, sender: str = "ingest@localhost") -> Iterator[bytes]:
    """The raw messages of a file, an mbox, a Maildir or a folder; ``-`` is standard input."""
    if name == "-":
        yield sys.stdin.buffer.read()
        return
    yield from _messages_of(Path(name), sender)


def _messages_of(path: Path, sender: str) -> Iterator[bytes]:
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file() and not one.name.startswith(".") and one.parent.name != "tmp":
                yield from _messages_of(one, sender)
        return
    if path.suffix.lower() == ".mbox":
        yield from mbox_messages(path)
    elif path.suffix.lower() in FORM_TYPES:
        yield enveloped(path, path.read_bytes(), sender)
    else:
        yield path.read_bytes()


def ingest_file(app: App, name: str) -> Iterator[Ingested]:
    """Spool every message of ``name`` and process it now. A message that was taken in before,
    under whatever name, is answered with what became of it then."""
    now = app.clock()
    keep_in_force(app.store, app.settings, now)
    for raw in messages_in(name):
        arrival = Arrival(ORIGIN, 0, content_name(raw), raw, None, len(raw))
        with app.store.begin() as work:
            (entry,) = work.spool.add_many([arrival], now)
        if entry.new or entry.disposition == "":
            try:
                yield _line(name, process(app.desk, entry, now))
                continue
            except AlreadySettled:  # the service was faster
                with app.store.read() as work:
                    entry = work.spool.get(entry.id) or entry
        yield Ingested(name, entry.disposition, entry.incident_number, "seen_before")


def _line(name: str, journey: Journey) -> Ingested:
    number = journey.incident.number if journey.incident else ""
    return Ingested(name, str(journey.disposition), number, journey.reason)


def release(app: App, spool_id: int) -> Journey | None:
    """Process a message from quarantine again; None when there is no such message, or the
    service settled it first."""
    now = app.clock()
    keep_in_force(app.store, app.settings, now)
    with app.store.begin() as work:
        entry = work.spool.release(spool_id)
    try:
        return process(app.desk, entry, now) if entry else None
    except AlreadySettled:
        return None
