"""`migrate`: the mails of an old mailbox become closed records (see pipeline.history)."""

from __future__ import annotations

import mailbox
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import islice
from pathlib import Path

from processor.bootstrap.ingesting import messages_in
from processor.bootstrap.wiring import App
from processor.intake.drops import content_name
from processor.intake.source import Arrival
from processor.parsing.parse import parse
from processor.pipeline.history import History, Past
from processor.store.blobs import Blobs
from processor.store.unit_of_work import UnitOfWork

ORIGIN = "migrate"
Read = Callable[[], bytes]
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # no mail is older; a date before it is a slip


class _Nowhere(Blobs):
    """Keeps nothing: for a dry run."""

    def put(self, sha256: str, content: bytes) -> None:
        """Nothing is written."""


class _Undone(Exception):
    """Rolls the transaction of a dry run back."""


@dataclass(slots=True)
class Migrated:
    """How many mails came to which end; ``records`` are the numbers that were opened."""

    counts: Counter[str] = field(default_factory=Counter)
    records: list[str] = field(default_factory=list)

    def note(self, past: Past) -> None:
        """Count one mail."""
        self.counts[past.disposition] += 1
        if past.disposition == "opened":
            self.records.append(past.number)


def migrate(
    app: App, files: Sequence[Path], *, dry: bool, after: Callable[[Past], None] = lambda _: None
) -> Migrated:
    """Take the mails of ``files`` (mbox, `.eml`, Maildir, folders), all by the order of their
    dates; ``after`` is told of each. Mails that were here before change nothing. A dry run does
    all the same in one transaction and takes it back.

    Raises OSError when a file cannot be read.
    """
    now = app.clock()
    history, done = History(app.desk), Migrated()
    blobs: Blobs = _Nowhere(Path()) if dry else app.store.blobs

    with _one_for_all(app) if dry else nullcontext() as whole:
        for at, read in _by_date(files, now):
            with app.store.begin() if whole is None else nullcontext(whole) as work:
                past = _one(work, history, read(), at, now, blobs)
            done.note(past)
            after(past)
    return done


@contextmanager
def _one_for_all(app: App) -> Iterator[UnitOfWork]:
    """A transaction that is taken back at its end."""
    with suppress(_Undone), app.store.begin() as work:
        yield work
        raise _Undone


def _one(
    work: UnitOfWork, history: History, raw: bytes, at: datetime, now: datetime, blobs: Blobs
) -> Past:
    arrival = Arrival(ORIGIN, 0, content_name(raw), raw, at, len(raw))
    (entry,) = work.spool.add_many([arrival], now)
    if not entry.new and entry.disposition:
        return Past("seen_before", entry.incident_number, "")
    return history.take(work, entry, raw, parse(raw), blobs)


def _by_date(
    files: Sequence[Path], now: datetime
) -> Iterator[tuple[datetime, Callable[[], bytes]]]:
    """Every mail with its date, oldest first: an answer must not come before what it answers.
    Only dates and places are in memory. A mail without a date has that of the one before it."""
    with ExitStack() as opened:
        found: list[tuple[datetime, int, Read]] = []
        last = _EARLIEST
        for path in files:
            for read in _readers(path, opened):
                last = _date(read(), last, now)
                found.append((last, len(found), read))
        for at, _, read in sorted(found, key=lambda one: one[:2]):
            yield at, read


def _readers(path: Path, opened: ExitStack) -> Iterator[Read]:
    path.stat()  # says in the system's words what is not there
    if path.is_file() and (path.suffix.lower() == ".mbox" or _looks_like_mbox(path)):
        box = opened.enter_context(closing(mailbox.mbox(path, create=False)))
        for key in box.iterkeys():
            yield partial(box.get_bytes, key)
        return
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            if one.is_file() and not one.name.startswith(".") and one.parent.name != "tmp":
                yield from _readers(one, opened)
        return
    for number, _ in enumerate(messages_in(str(path))):
        yield partial(_nth, path, number)


def _nth(path: Path, number: int) -> bytes:
    return next(islice(messages_in(str(path)), number, None))


def _looks_like_mbox(path: Path) -> bool:
    """Thunderbird and mutt give their mailboxes no suffix."""
    with path.open("rb") as stream:
        return stream.read(5) == b"From "


def _date(raw: bytes, before: datetime, now: datetime) -> datetime:
    """The Date header; what is missing, unreadable or ahead of us counts as the mail before it."""
    said = BytesHeaderParser().parsebytes(raw).get("Date", "")
    try:
        at = parsedate_to_datetime(str(said))
    except (TypeError, ValueError, OverflowError):
        return before
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    return at if _EARLIEST <= at <= now else before
