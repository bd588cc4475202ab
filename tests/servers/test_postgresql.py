"""Databases that tests are lent: empty each time, and the same one while nobody changes it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from processor.domain.people import Person
from processor.store.database import Store
from tests.servers.postgresql import PostgreSql

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def _people(url: str) -> int:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM people")).scalar_one())


def test_it_comes_back_empty_and_is_lent_again(
    postgresql: PostgreSql, migrated_postgresql: str, tmp_path: Path
) -> None:
    with postgresql.lent(migrated_postgresql) as first:
        store = Store(first, blobs=tmp_path)
        with store.begin() as work:
            work.people.seen(Person("li.na@customer.example", name="李娜"), AT)
        assert _people(first) == 1
        # as a test that failed in the midst of something leaves it
        engine = create_engine(first, poolclass=NullPool)
        left_open = engine.connect()
        left_open.execute(text("SELECT * FROM people FOR UPDATE"))
    with postgresql.lent(migrated_postgresql) as second:
        assert second == first
        assert _people(second) == 0
    left_open.invalidate()
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE people ADD COLUMN shoe_size integer",
        "DROP INDEX ix_outbox_waiting",
        "UPDATE alembic_version SET version_num = '9999'",
    ],
)
def test_one_whose_schema_was_changed_is_lent_no_more(
    postgresql: PostgreSql, migrated_postgresql: str, change: str
) -> None:
    with (
        postgresql.lent(migrated_postgresql) as first,
        create_engine(first, poolclass=NullPool).begin() as connection,
    ):
        connection.execute(text(change))
    with postgresql.lent(migrated_postgresql) as second:
        assert second != first
        assert _people(second) == 0


def test_two_at_a_time_are_two(postgresql: PostgreSql, migrated_postgresql: str) -> None:
    with (
        postgresql.lent(migrated_postgresql) as one,
        postgresql.lent(migrated_postgresql) as another,
    ):
        assert one != another
