"""Databases for tests: each test that asks for one runs on SQLite and on PostgreSQL.

``database_url`` is a database at this release's schema, ``empty_database_url`` one without any
tables, ``store`` an open store. Tests share nothing but PostgreSQL databases, one after the other,
with every row of the one before gone. ``POSTDESK_TEST_POSTGRESQL``
names a server to use instead of one started for the session.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from processor.store.database import Store
from tests.servers.postgresql import PostgreSql, postgresql_server

# No test is timed. What CI tries is always the same, so that a change is judged by itself; new
# examples are looked for by everybody else.
settings.register_profile("desk", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("desk")

ENGINES = ("sqlite", "postgresql")


def pytest_configure() -> None:
    """Logs as plain lines: structlog's own way shows the values of every variable of a traceback,
    which takes longer than the test."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )


def _migrate(url: str, folder: Path) -> None:
    store = Store(url, blobs=folder)
    store.upgrade()
    store.close()


@pytest.fixture
def loggers_as_before() -> Iterator[None]:
    """Whatever handlers a command hangs on the root logger are closed and gone after the test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSql]:
    """The session's server; under pytest-xdist each worker has its own."""
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at this release's schema, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite")
    _migrate(f"sqlite:///{folder / 'migrated.db'}", folder)
    return folder / "migrated.db"


@pytest.fixture(scope="session")
def migrated_postgresql(
    postgresql: PostgreSql, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database at this release's schema, to be copied."""
    with postgresql.database() as url:
        _migrate(url, tmp_path_factory.mktemp("blobs"))
        yield url


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Which database this run of the test is about."""
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """SQLAlchemy's URL of a database of this test's own, at this release's schema."""
    if engine_name == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), tmp_path / "postdesk.db")
        yield f"sqlite:///{tmp_path / 'postdesk.db'}"
        return
    template = request.getfixturevalue("migrated_postgresql")
    server: PostgreSql = request.getfixturevalue("postgresql")
    with server.lent(template) as url:
        yield url


@pytest.fixture
def empty_database_url(
    engine_name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """SQLAlchemy's URL of a database of this test's own without any tables."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgreSql = request.getfixturevalue("postgresql")
    with server.database() as url:
        yield url


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """An open store on a database of this test's own; its blobs lie under ``tmp_path``."""
    opened = Store(database_url, blobs=tmp_path / "blobs")
    yield opened
    opened.close()
