"""The queries of the hot path use an index on SQLite, however old the desk grows.

PostgreSQL chooses by statistics and scans small tables; its indexes are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from sqlalchemy import event

from processor.domain.configuration import ConfigurationItem
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork
from tests.store.records import NOW, NUMBER, Arrival

Asking = Callable[[UnitOfWork], object]

HOT: dict[str, tuple[Asking, str]] = {
    "spool.pending": (lambda work: work.spool.pending(50), "ix_spool_waiting"),
    "spool.quarantined": (lambda work: work.spool.quarantined(), "ix_spool_quarantined"),
    "spool.same_message": (
        lambda work: work.spool.same_message("a@x", "digest", 1),
        "ix_spool_message_id",
    ),
    "spool.unacknowledged": (lambda work: work.spool.unacknowledged("desk"), "ix_ledger_open"),
    "spool.known": (lambda work: work.spool.known("desk", 7, ["1", "2"]), "ledger"),
    "spool.acknowledge": (lambda work: work.spool.acknowledge("desk", [(7, "1")], NOW), "ledger"),
    "spool.add_many": (lambda work: work.spool.add_many([Arrival(b"x")], NOW), "spool"),
    "spool.waiting": (lambda work: work.spool.waiting(), "ix_spool_waiting"),
    "incidents.get": (lambda work: work.incidents.get(NUMBER), "incidents"),
    "incidents open of reporter": (
        lambda work: work.incidents.search(reporter="li@x", open_only=True),
        "ix_incidents_reporter_status",
    ),
    "incidents open of assignee": (
        lambda work: work.incidents.search(assignee="li@x", open_only=True),
        "ix_incidents_assignee_status",
    ),
    "incidents open of both": (
        lambda work: work.incidents.search(involved="li@x", open_only=True),
        "ix_incidents_reporter_status",
    ),
    "incidents open of group": (
        lambda work: work.incidents.search(group="network", open_only=True),
        "ix_incidents_group_status",
    ),
    "incidents open": (
        lambda work: work.incidents.search(open_only=True),
        "ix_incidents_status_reported",
    ),
    "incidents.merged_under": (
        lambda work: work.incidents.merged_under(NUMBER),
        "ix_incidents_parent",
    ),
    "incidents.dossier parts": (
        lambda work: (
            work.journal.of(NUMBER),
            work.clocks.of(NUMBER),
            work.mails.of(NUMBER),
            work.attachments.of(NUMBER),
            work.links.of(NUMBER),
        ),
        "ix_journal_number",
    ),
    "mails.incident_of": (lambda work: work.mails.incident_of(["a", "b"]), "ix_mails_message_id"),
    "mails.last_from": (lambda work: work.mails.last_from(NUMBER), "ix_mails_number"),
    "timers.due": (lambda work: work.timers.due(NOW, 100), "ix_timers_due"),
    "timers.overdue": (lambda work: work.timers.overdue(NOW), "ix_timers_due"),
    "timers.cancel": (lambda work: work.timers.cancel(NUMBER, "clock", ["a"]), "timers"),
    "outbox.claim": (lambda work: work.outbox.claim(NOW, 20, 60, "one"), "ix_outbox_waiting"),
    "outbox.waiting": (lambda work: work.outbox.waiting(), "ix_outbox_waiting"),
    "outbox.list dead": (lambda work: work.outbox.list("dead"), "ix_outbox_dead"),
    "troubles.take": (lambda work: work.troubles.take("key", "zabbix", NOW), "troubles"),
    "troubles.find": (lambda work: work.troubles.find("key"), "troubles"),
    "troubles.of": (lambda work: work.troubles.of(NUMBER), "ix_troubles_number"),
    "people.get": (lambda work: work.people.get("li@x"), "people"),
    "likenesses.cases": (lambda work: work.likenesses.cases([1, 2]), "INTEGER PRIMARY KEY"),
    "items.of": (lambda work: work.items.of(NUMBER), "incident_items"),
    "items.recent": (
        lambda work: work.items.recent(ConfigurationItem("x", id=1), "", 3),
        "ix_incident_items_item_id",
    ),
    "knowledge.of_incident": (
        lambda work: work.knowledge.of_incident(NUMBER),
        "ix_knowledge_source_number",
    ),
    "jobs.last": (lambda work: work.jobs.last("daily"), "jobs"),
}


@pytest.fixture(scope="module")
def sqlite_store(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("plans")
    copyfile(migrated_sqlite, folder / "postdesk.db")
    store = Store(f"sqlite:///{folder / 'postdesk.db'}", blobs=folder)
    yield store
    store.close()


def plans(store: Store, asking: Asking) -> list[str]:
    """The steps of SQLite's plans for every statement that ``asking`` runs."""
    found: list[str] = []

    def explain(_1: Any, cursor: Any, statement: str, given: Any, _2: Any, many: bool) -> None:
        if statement.startswith(("PRAGMA", "BEGIN", "EXPLAIN")):
            return
        rows = cursor.connection.cursor().execute(
            f"EXPLAIN QUERY PLAN {statement}", given[0] if many else given
        )
        found.extend(row[3] for row in rows)

    with store.begin() as work:
        event.listen(work.connection, "before_cursor_execute", explain)
        asking(work)
    return found


@pytest.mark.parametrize("name", HOT)
def test_a_hot_query_uses_an_index(sqlite_store: Store, name: str) -> None:
    asking, index = HOT[name]
    steps = plans(sqlite_store, asking)
    assert steps
    # a partial index may be read from end to end: it holds what waits and nothing else
    waiting = ("waiting", "quarantined", "dead", "_open", "_due")
    assert [
        step
        for step in steps
        if step.startswith("SCAN") and not any(partial in step for partial in waiting)
    ] == []
    assert any(index in step for step in steps), steps


def test_a_list_of_postings_is_read_by_its_key_alone(sqlite_store: Store) -> None:
    steps = plans(sqlite_store, lambda work: work.likenesses.lists([1, 2]))
    read = [step for step in steps if "postings" in step]
    assert read
    assert all(step.startswith("SEARCH postings USING PRIMARY KEY (term=?)") for step in read)
    assert not any("TEMP B-TREE" in step for step in steps)


def test_a_scan_would_be_seen(sqlite_store: Store) -> None:
    assert any(
        step.startswith("SCAN")
        for step in plans(sqlite_store, lambda work: work.incidents.search(text="x"))
    )
