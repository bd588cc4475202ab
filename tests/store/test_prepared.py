"""Statements that are made ready once say and store what SQLAlchemy would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import bindparam, column, create_engine, insert, select, table, update
from sqlalchemy.dialects import postgresql, sqlite

from processor.store.prepared import prepare
from processor.store.tables import incidents, journal

AT = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
ROW = {"number": "INC-1", "at": AT, "actor": "李\0雷", "kind": "note", "via": "mail:1"}


def test_each_value_goes_by_the_type_of_its_column() -> None:
    ready = prepare(insert(journal), tuple(ROW), sqlite.dialect())
    assert ready is not None
    (values,) = ready.filled([ROW])
    assert "2026-11-23 01:30:00.000000" in values
    assert "李\ufffd雷" in values
    assert ready.words.count("?") == len(values) == len(ROW)


def test_an_engine_that_names_its_places_gets_names() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's
    ready = prepare(insert(journal), tuple(ROW), dialect)
    assert ready is not None
    (values,) = ready.filled([ROW])
    assert values["at"] == AT.astimezone(UTC)
    assert set(values) == set(ROW)


def test_values_of_the_statement_stand_in_every_row() -> None:
    statement = (
        update(incidents).where(incidents.c.number == bindparam("wanted")).values(status="closed")
    )
    ready = prepare(statement, ("wanted",), sqlite.dialect())
    assert ready is not None
    assert ready.filled([{"wanted": "INC-1"}, {"wanted": "INC-2"}]) == [
        ("closed", "INC-1"),
        ("closed", "INC-2"),
    ]


def test_what_gives_rows_back_or_hangs_on_its_values_is_left_to_sqlalchemy() -> None:
    dialect = create_engine("sqlite://").dialect
    some = table("some", column("id"))
    assert prepare(select(some.c.id), ("id",), dialect) is None
    assert prepare(insert(journal).returning(journal.c.id), tuple(ROW), dialect) is None
    many = update(incidents).where(incidents.c.number.in_(bindparam("of", expanding=True)))
    assert prepare(many.values(status="closed"), ("of",), dialect) is None
