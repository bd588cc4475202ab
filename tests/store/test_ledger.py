from __future__ import annotations

from processor.store.database import Store
from tests.store.records import NOW, Arrival, arrivals, later, settle, take_in


def _open(store: Store, origin: str = "desk") -> list[tuple[int, str, str]]:
    with store.read() as work:
        found = work.spool.unacknowledged(origin)
    return [(one.uidvalidity, one.uid, one.disposition) for one in found]


def test_a_uid_is_known_to_its_origin_and_validity_alone(store: Store) -> None:
    take_in(store, *arrivals(2))
    with store.read() as work:
        assert work.spool.known("desk", 7, ["0", "1", "2"]) == {"0", "1"}
        assert work.spool.known("desk", 8, ["0", "1"]) == set()
        assert work.spool.known("other", 7, ["0", "1"]) == set()
        assert work.spool.known("desk", 7, []) == set()


def test_only_what_is_settled_is_told_to_the_source(store: Store) -> None:
    ids = [entry.id for entry in take_in(store, *arrivals(4), *arrivals(1, "other"))]
    assert _open(store) == []
    settle(store, ids[2])
    settle(store, ids[0], "quarantined")
    settle(store, ids[4], "ignored")
    assert _open(store) == [(7, "0", "quarantined"), (7, "2", "opened")]
    assert _open(store, "other") == [(7, "0", "ignored")]


def test_what_is_acknowledged_is_told_no_more_but_still_known(store: Store) -> None:
    for entry in take_in(store, *arrivals(3)):
        settle(store, entry.id)
    with store.begin() as work:
        work.spool.acknowledge("desk", [(7, "0"), (7, "2"), (9, "1"), (7, "never")], NOW)
        work.spool.acknowledge("other", [(7, "1")], NOW)
        work.spool.acknowledge("desk", [], NOW)
    assert _open(store) == [(7, "1", "opened")]
    with store.begin() as work:
        work.spool.acknowledge("desk", {(7, "0"), (7, "1")}, later(hours=1))  # again does no harm
        assert work.spool.known("desk", 7, ["0", "1", "2"]) == {"0", "1", "2"}
    assert _open(store) == []


def test_a_released_message_waits_to_be_settled_before_it_is_told(store: Store) -> None:
    (entry,) = take_in(store, Arrival(b"x"))
    settle(store, entry.id, "quarantined")
    assert _open(store) == [(7, "1", "quarantined")]
    with store.begin() as work:
        work.spool.release(entry.id)
    assert _open(store) == []
    settle(store, entry.id)
    assert _open(store) == [(7, "1", "opened")]


def test_of_many_the_oldest_are_told_first(store: Store) -> None:
    with store.begin() as work:
        for entry in work.spool.add_many(arrivals(520), NOW):
            work.spool.settle(
                entry.id, disposition="opened", reason="", incident_number="", at=NOW, steps=()
            )
    assert [uid for _, uid, _ in _open(store)] == [str(n) for n in range(500)]


def test_a_backlog_does_not_hide_what_was_settled(store: Store) -> None:
    """A look of bounded length goes on where the oldest were told."""
    ids = [entry.id for entry in take_in(store, *arrivals(2600))]
    with store.begin() as work:
        for spool_id in (*ids[:3], ids[1500], ids[2400]):
            work.spool.settle(
                spool_id, disposition="opened", reason="", incident_number="", at=NOW, steps=()
            )
    assert [uid for _, uid, _ in _open(store)] == ["0", "1", "2", "1500"]
    for spool_id in ids[3:1500]:
        settle(store, spool_id)
    with store.begin() as work:
        work.spool.acknowledge("desk", [(7, str(n)) for n in range(1500)], NOW)
    assert [uid for _, uid, _ in _open(store)] == ["1500", "2400"]
