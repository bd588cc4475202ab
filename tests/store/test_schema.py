from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from processor.store import neighbours
from processor.store.database import SchemaState, Store, head
from processor.store.tables import metadata
from tests.store.records import NOW, NUMBER, add_incidents, incident, together


@pytest.fixture
def empty(empty_database_url: str, tmp_path: Path) -> Iterator[Store]:
    """A store on a database without any tables."""
    store = Store(empty_database_url, blobs=tmp_path)
    yield store
    store.close()


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    """The same database, seen without the store."""
    opened = create_engine(empty_database_url, poolclass=NullPool)
    yield opened
    opened.dispose()


def test_the_migrations_make_what_the_tables_say(
    empty: Store, engine: Engine, engine_name: str
) -> None:
    empty.upgrade()
    assert neighbours.problems.metadata is metadata
    with engine.connect() as connection:
        # alembic misreads SQLite's DEFAULT ''; PostgreSQL speaks for both
        options = {"compare_type": True, "compare_server_default": engine_name == "postgresql"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_comparison_would_see_a_difference(empty: Store, engine: Engine) -> None:
    empty.upgrade()
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_outbox_waiting"))
        connection.execute(text("ALTER TABLE clocks DROP COLUMN pauses"))
        found = str(compare_metadata(MigrationContext.configure(connection), metadata))
    assert "ix_outbox_waiting" in found
    assert "pauses" in found


def test_partial_indexes_are_partial_in_the_database_too(
    empty: Store, engine: Engine, engine_name: str
) -> None:
    """What alembic does not compare: the condition of an index."""
    empty.upgrade()
    wanted = {
        str(index.name): str(index.dialect_options[engine_name]["where"])
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_options[engine_name]["where"] is not None
    }
    assert {"ix_spool_waiting", "ix_outbox_waiting", "ix_timers_due"} <= set(wanted)
    asking = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'"
        if engine_name == "sqlite"
        else "SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%WHERE%'"
    )
    with engine.connect() as connection:
        found = {
            row[0]: row[1].partition(" WHERE ")[2]
            for row in connection.execute(text(asking))
            if not row[0].startswith("pg_")
        }
    assert set(found) == set(wanted)
    for name, condition in found.items():
        assert re.findall(r"\w+", condition)[0] == re.findall(r"\w+", wanted[name])[0]
        words = r"'\w+'"
        assert set(re.findall(words, condition)) == set(re.findall(words, wanted[name]))


def test_an_empty_database_is_brought_up_and_only_once(empty: Store, engine: Engine) -> None:
    assert empty.check() == SchemaState("", current=False)
    empty.upgrade()
    assert empty.check() == SchemaState(head(), current=True)
    add_incidents(empty, incident())
    empty.upgrade()
    assert empty.check() == SchemaState(head(), current=True)
    with empty.read() as work:
        assert work.incidents.get(NUMBER) is not None
    with engine.connect() as connection:
        found = set(inspect(connection).get_table_names())
    assert found == {*metadata.tables, "alembic_version"}


def test_two_who_start_at_once_bring_it_up_together(
    empty_database_url: str, tmp_path: Path
) -> None:
    stores = [Store(empty_database_url, blobs=tmp_path) for _ in range(2)]
    together([store.upgrade for store in stores])
    for store in stores:
        assert store.check().current
        with store.begin() as work:
            work.jobs.ran("daily", NOW)
        store.close()


def test_a_database_of_another_release_is_told_apart(empty: Store, engine: Engine) -> None:
    empty.upgrade()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert empty.check() == SchemaState("9999", current=False)


def test_an_incident_takes_all_that_hangs_on_it_along(empty: Store, engine: Engine) -> None:
    """Deleting by retention must not leave rows behind, nor stop at them."""
    empty.upgrade()
    add_incidents(empty, incident())
    with empty.begin() as work:
        work.timers.put(NUMBER, "clock", {"response:50": NOW})
        work.links.add(NUMBER, "PRB-20261123-0001", "problem")
    with empty.begin() as work:
        work.connection.execute(text("DELETE FROM incidents"))
    with engine.connect() as connection:
        for table in ("journal", "timers", "links"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
