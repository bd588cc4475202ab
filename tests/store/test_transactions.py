from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, StatementError

from processor.domain.errors import Fault
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork
from tests.store.records import (
    NAIVE,
    NOW,
    NUMBER,
    Arrival,
    add_incidents,
    arrivals,
    incident,
    later,
    queue,
    settle,
    take_in,
)

OTHER = "INC-20261123-0002"


def _numbers(store: Store) -> list[str]:
    with store.read() as work:
        return [one.number for one in work.incidents.search()]


def test_reading_waits_for_no_writer_and_sees_nothing_half_done(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        one = work.incidents.get(NUMBER)
        assert one is not None
        one.subject = "half done"
        work.incidents.save(one, "a", NOW, "shell")
        work.incidents.add(incident(OTHER), "a", NOW, "mail:2")
        with store.read() as view:
            seen = view.incidents.get(NUMBER)
            assert seen is not None
            assert seen.subject == "打印机卡纸"
            assert view.incidents.get(OTHER) is None
            assert len(view.journal.of(NUMBER)) == 1
    assert _numbers(store) == [OTHER, NUMBER]


def test_a_view_stays_that_of_one_moment(store: Store) -> None:
    add_incidents(store, incident())
    with store.read() as view:
        assert view.incidents.get(NUMBER) is not None  # from here on
        add_incidents(store, incident(OTHER))
        with store.begin() as work:
            one = work.incidents.get(NUMBER)
            assert one is not None
            one.subject = "changed since"
            work.incidents.save(one, "a", NOW, "shell")
        assert view.incidents.get(OTHER) is None
        assert len(view.journal.of(NUMBER)) == 1
    assert _numbers(store) == [OTHER, NUMBER]


def test_nothing_is_written_while_reading(store: Store) -> None:
    with pytest.raises(DBAPIError), store.read() as view:
        view.numbers.next("INC-20261123")
    with store.begin() as work:  # and the connection it used can write again
        assert work.numbers.next("INC-20261123") == 1


def test_a_reader_locks_nothing(store: Store) -> None:
    add_incidents(store, incident())
    with store.read() as view:
        assert view.incidents.get(NUMBER, lock=True) is not None
        with store.begin() as work:
            one = work.incidents.get(NUMBER)
            assert one is not None
            one.subject = "meanwhile"
            work.incidents.save(one, "a", NOW, "shell")


def test_what_is_raised_undoes_the_whole(store: Store) -> None:
    (entry,) = take_in(store, Arrival(b"x"))

    def journey() -> None:
        with store.begin() as work:
            work.spool.settle(
                entry.id,
                disposition="opened",
                reason="",
                incident_number=NUMBER,
                at=NOW,
                steps=("read",),
            )
            work.incidents.add(incident(), "a", NOW, "mail:1")
            raise Fault("at the last step")

    with pytest.raises(Fault):
        journey()
    with store.read() as work:
        assert work.spool.pending(10) == [work.spool.get(entry.id)]
        assert work.incidents.get(NUMBER) is None
    with store.begin() as work:  # the writer's turn was given back
        work.incidents.add(incident(), "a", NOW, "mail:1")


def test_a_unit_of_work_within_another_is_refused_instead_of_waiting_for_itself(
    store: Store,
) -> None:
    with store.begin() as work:
        with pytest.raises(Fault, match="open already"), store.begin():
            pass
        work.jobs.ran("outer", NOW)
    with store.begin() as work:
        assert work.jobs.last("outer") == NOW


def test_savepoints_within_savepoints(store: Store) -> None:
    def outer_fails(work: UnitOfWork) -> None:
        with work.savepoint():
            work.jobs.ran("outer", NOW)
            with work.savepoint():
                work.jobs.ran("inner", NOW)
            raise LookupError

    def fails(work: UnitOfWork) -> None:
        with work.savepoint():
            work.jobs.ran("failed", NOW)
            raise LookupError

    with store.begin() as work:
        work.jobs.ran("before", NOW)
        with pytest.raises(LookupError):
            outer_fails(work)
        with work.savepoint():
            with pytest.raises(LookupError):
                fails(work)
            work.jobs.ran("after", NOW)
    names = ("before", "outer", "inner", "failed", "after")
    with store.read() as work:
        assert [name for name in names if work.jobs.last(name)] == ["before", "after"]


def test_a_statement_that_failed_in_a_savepoint_leaves_the_rest_whole(store: Store) -> None:
    with store.begin() as work:
        work.jobs.ran("before", NOW)
        with pytest.raises(StatementError, match="without a zone"), work.savepoint():
            work.jobs.ran("naive", NAIVE)
        with pytest.raises(DBAPIError), work.savepoint():
            work.links.add("INC-20261123-0099", NUMBER, "related")  # hangs on nothing
        work.jobs.ran("after", NOW)
    with store.read() as work:
        assert (work.jobs.last("before"), work.jobs.last("after")) == (NOW, NOW)


def test_another_process_sees_what_was_committed(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    ids = [entry.id for entry in take_in(store, *arrivals(3))]
    settle(store, ids[0])
    queue(store, 2)
    store.close()
    other = Store(database_url, blobs=tmp_path / "blobs")
    with other.begin() as work:
        assert [entry.id for entry in work.spool.pending(10)] == ids[1:]
        assert len(work.outbox.claim(later(seconds=1), 10, 60, "two")) == 2
    other.close()


def test_the_url_is_shown_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://desk:secret@db.example/postdesk"
    shown = Store(url, blobs=tmp_path).shown_url
    assert "secret" not in shown
    assert "db.example/postdesk" in shown


def test_what_is_kept_on_sqlite_outlives_a_power_cut(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'desk.db'}", blobs=tmp_path)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # 2: FULL
    with store.begin() as work:
        asked = {
            pragma: work.connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in wanted
        }
    store.close()
    assert asked == wanted
