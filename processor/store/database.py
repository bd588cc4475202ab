"""The database: SQLite in one file or PostgreSQL, equals to everybody above."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text

from processor.domain.errors import Fault, NewerDatabase
from processor.store.blobs import Blobs
from processor.store.unit_of_work import UnitOfWork

_READING = "postdesk_reading"
_UPGRADING = 20_261_122  # PostgreSQL's advisory lock of those who bring the schema up to date
_BUSY_MILLISECONDS = 30_000  # how long one process waits for another's transaction
_MIGRATIONS = Path(__file__).parent / "migrations"

# Writers of one SQLite file queue here instead of waking up by chance in its busy loop.
_writers: dict[str, threading.Lock] = {}
_writers_guard = threading.Lock()
_opening = threading.Lock()


@dataclass(frozen=True, slots=True)
class SchemaState:
    """``revision`` of the database ("" = empty) and whether it is this release's. ``exists`` is
    False where there is no file yet; a server's database that is not there is an error."""

    revision: str
    current: bool
    exists: bool = field(default=True, compare=False)

    @property
    def newer(self) -> bool:
        """Made by a release that this one does not know."""
        return self.revision > head()


class Store:
    """Opens units of work. ``url`` is SQLAlchemy's; ``blobs`` the folder of attachments.

    ``lasting=False`` is for what is thrown away: SQLite then does not wait for the disk.
    """

    def __init__(self, url: str, *, blobs: Path, lasting: bool = True) -> None:
        self._url = make_url(url)
        self._sqlite = self._url.get_backend_name() == "sqlite"
        self.blobs = Blobs(blobs)
        self._mine = threading.local()
        self._engine = _engine(url, self._sqlite, "FULL" if lasting else "OFF")
        self._reading: dict[str, Any] = (
            {_READING: True}
            if self._sqlite
            else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        self._writer = _writer_of(self._url.database or "") if self._sqlite else None

    @property
    def shown_url(self) -> str:
        """The URL without its password."""
        return self._url.render_as_string(hide_password=True)

    @contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """One transaction: committed on the way out, rolled back by any exception.

        Raises Fault in a thread that is in one already: it would wait for itself for ever.
        """
        if getattr(self._mine, "writing", False):
            raise Fault("this thread has a unit of work open already")
        if self._writer is not None:
            self._writer.acquire()
        self._mine.writing = True
        try:
            with self._engine.begin() as connection:
                work = UnitOfWork(connection)
                yield work
                work.write()
        finally:
            self._mine.writing = False
            if self._writer is not None:
                self._writer.release()

    @contextmanager
    def read(self) -> Iterator[UnitOfWork]:
        """One moment's view of everything, which waits for no writer. Writing in it raises
        sqlalchemy.exc.DBAPIError; incidents are never locked in it."""
        with self._engine.connect() as connection:
            connection.execution_options(**self._reading)
            with connection.begin() as transaction:
                yield UnitOfWork(connection, reading=True)
                transaction.rollback()

    def upgrade(self) -> None:
        """Bring the schema to this release; costs next to nothing when it is there.

        Raises NewerDatabase when a newer release has been here: going back would lose records.
        """
        state = self.check()
        if state.current:
            return
        if state.newer:
            raise NewerDatabase(state.revision, head())
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self._engine.begin() as connection:
            if not self._sqlite:  # SQLite lets one in at a time anyway
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_UPGRADING})"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def check(self) -> SchemaState:
        """Which revision the database is at; to ask makes no file."""
        path = self._url.database or ""
        if self._sqlite and path and path != ":memory:" and not Path(path).exists():
            return SchemaState("", False, exists=False)
        with self._engine.connect() as connection:
            revision = ""
            if inspect(connection).has_table("alembic_version"):
                found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
                revision = str(found or "")
        return SchemaState(revision, revision == head())

    def clock(self) -> datetime | None:
        """What time the server says it is (aware); None where this machine keeps the file."""
        if self._sqlite:
            return None
        with self._engine.connect() as connection:
            told: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
            return told.astimezone(UTC)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def head() -> str:
    """The newest revision: files in ``migrations/versions`` begin with their number."""
    names = (path.stem for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
    return max(name.partition("_")[0] for name in names)


def _engine(url: str, sqlite: bool, synchronous: str) -> Engine:
    if not sqlite:
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        with _opening:  # SQLite does not wait for another who turns to WAL at the same time
            for pragma in (
                f"busy_timeout={_BUSY_MILLISECONDS}",
                "journal_mode=WAL",
                f"synchronous={synchronous}",
                "foreign_keys=ON",
            ):
                cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get(_READING, False)
        if connection.info.get(_READING, False) != reading:  # as its last user left it
            connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
            connection.info[_READING] = reading
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _writer_of(path: str) -> threading.Lock:
    with _writers_guard:
        return _writers.setdefault(str(Path(path).resolve()), threading.Lock())
