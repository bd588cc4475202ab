from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, StatementError

from processor.domain.errors import Fault
from processor.domain.incident import Incident, IncidentType, Source, Status
from processor.store.database import Store
from processor.store.tables import incidents
from processor.store.unit_of_work import UnitOfWork
from tests.store.records import NAIVE, NOW, NUMBER, add_incidents, incident, later, together

EVERY_FIELD: dict[str, Any] = {
    "number": NUMBER,
    "type": IncidentType.ALERT,
    "status": Status.PENDING_USER,
    "reported_at": NOW,
    "reporter_address": "li@customer.example",
    "source": Source.PHONE,
    "active_service": True,
    "impact": 1,
    "urgency": 2,
    "priority": 3,
    "initial_priority": 2,
    "line": 2,
    "effort_minutes": 90,
    "satisfaction": 5,
    "major": True,
    "drill": True,
    "confidential": True,
    "dispatches": 3,
    "wrong_dispatches": 4,
    "reopens": 5,
    "functional_escalations": 6,
    "hierarchical_escalations": 7,
    "watchers": ("a@x.example", "b@x.example"),
    "tags": ("标签, 带逗号", 'a "quote"'),
    "unreachable": ("gone@x.example",),
    **{
        name: later(minutes=n)
        for n, name in enumerate(
            ("occurred_at", "assigned_at", "accepted_at", "resolved_at", "confirmed_at"), 1
        )
    },
    "closed_at": later(days=9, microseconds=1),
}


def _full() -> Incident:
    """An incident none of whose fields is as it is by default."""
    named = {field.name for field in fields(Incident)}
    rest = {name: f"{name} 值 {n}" for n, name in enumerate(sorted(named - {*EVERY_FIELD, "id"}))}
    return Incident(**{**EVERY_FIELD, **rest})


def _get(store: Store, number: str = NUMBER) -> Incident:
    with store.read() as work:
        found = work.incidents.get(number)
    assert found is not None
    return found


def _changed_by_another(work: UnitOfWork, **values: Any) -> None:
    """What another process did, as far as this unit of work can tell."""
    work.connection.execute(
        update(incidents)
        .where(incidents.c.number == NUMBER)
        .values(version=incidents.c.version + 1, **values)
    )


def test_every_field_comes_back_as_it_was_stored(store: Store) -> None:
    stored = _full()
    add_incidents(store, stored)
    found = _get(store)
    assert found is not None
    assert found.id is not None
    assert replace(found, id=None) == stored


def test_opening_is_the_first_entry_of_the_journal(store: Store) -> None:
    add_incidents(store, incident(status=Status.ASSIGNED))
    with store.read() as work:
        (entry,) = work.journal.of(NUMBER)
    assert (entry.kind, entry.at, entry.actor, entry.via) == (
        "opened",
        NOW,
        "desk@desk.example",
        "mail:1",
    )
    assert (entry.field, entry.old, entry.new) == ("status", None, "assigned")


def test_a_number_is_given_once(store: Store) -> None:
    add_incidents(store, incident())
    with pytest.raises(IntegrityError):
        add_incidents(store, incident())


def test_saving_journals_each_changed_field_and_no_other(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        one = work.incidents.get(NUMBER)
        assert one is not None
        one.status = Status.RESOLVED
        one.resolved_at = later(hours=1)
        one.watchers = ("a@x.example", "b@x.example")
        one.satisfaction = 4
        one.major = True
        one.subject = one.subject + ""
        work.incidents.save(one, "wang@desk.example", later(hours=1), "mail:2")
    with store.read() as work:
        entries = work.journal.of(NUMBER)[1:]
    assert {(e.at, e.actor, e.via, e.kind) for e in entries} == {
        (later(hours=1), "wang@desk.example", "mail:2", "field")
    }
    assert {e.field: (e.old, e.new) for e in entries} == {
        "status": ("new", "resolved"),
        "resolved_at": (None, "2026-11-23T02:00:00+00:00"),
        "watchers": ("", "a@x.example, b@x.example"),
        "satisfaction": (None, "4"),
        "major": ("False", "True"),
    }
    assert _get(store) == one


def test_any_field_that_changes_is_journalled(store: Store) -> None:
    add_incidents(store, incident(reported_at=later(days=-1)))
    full = _full()
    with store.begin() as work:
        one = work.incidents.get(NUMBER)
        assert one is not None
        same = {"id", "number", "reporter_address"}
        changed = {field.name for field in fields(Incident)} - same
        for name in changed:
            setattr(one, name, getattr(full, name))
        work.incidents.save(one, "a", NOW, "shell")
        assert {entry.field for entry in work.journal.of(NUMBER)[1:]} == changed


def test_saving_nothing_new_writes_nothing(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        one = work.incidents.get(NUMBER)
        assert one is not None
        work.incidents.save(one, "a", NOW, "shell")
        # the same moment told in another zone is no change
        one.reported_at = one.reported_at.astimezone(timezone(timedelta(hours=8)))
        work.incidents.save(one, "a", NOW, "shell")
        assert len(work.journal.of(NUMBER)) == 1


def test_one_unit_of_work_saves_as_often_as_it_likes(store: Store) -> None:
    with store.begin() as work:
        one = incident()
        work.incidents.add(one, "a", NOW, "mail:1")
        for step in ("first", "second"):
            one.action = step
            work.incidents.save(one, "a", NOW, "mail:1")
        assert [(e.old, e.new) for e in work.journal.of(NUMBER)[1:]] == [
            ("", "first"),
            ("first", "second"),
        ]
    assert _get(store).action == "second"


def test_somebody_elses_change_is_not_overwritten(store: Store) -> None:
    add_incidents(store, incident())

    def overwrite() -> None:
        with store.begin() as work:
            one = work.incidents.get(NUMBER, lock=False)
            assert one is not None
            _changed_by_another(work, subject="theirs")
            one.subject = "ours"
            work.incidents.save(one, "a", NOW, "shell")

    with pytest.raises(Fault, match="changed by another"):
        overwrite()
    with store.read() as work:
        assert len(work.journal.of(NUMBER)) == 1
    assert _get(store).subject == "打印机卡纸"


def test_the_same_number_is_the_same_object(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        one = work.incidents.get(NUMBER, lock=False)
        assert one is not None
        one.cause = "not saved yet"
        assert work.incidents.get(NUMBER) is one
        assert work.incidents.get(NUMBER, lock=False) is one
        assert work.incidents.dossier(NUMBER).incident is one
        assert one.cause == "not saved yet"
        added = incident("INC-20261123-0002")
        work.incidents.add(added, "a", NOW, "mail:1")
        assert work.incidents.get("INC-20261123-0002") is added


def test_once_locked_the_object_shows_what_others_did_before(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        one = work.incidents.get(NUMBER, lock=False)
        assert one is not None
        _changed_by_another(work, subject="theirs")
        assert work.incidents.get(NUMBER, lock=True) is one
        assert one.subject == "theirs"
        one.cause = "ours"
        work.incidents.save(one, "a", NOW, "shell")
    assert (_get(store).subject, _get(store).cause) == ("theirs", "ours")


def test_what_was_changed_before_the_lock_does_not_hide_what_others_did(store: Store) -> None:
    add_incidents(store, incident())

    def change_then_lock() -> None:
        with store.begin() as work:
            one = work.incidents.get(NUMBER, lock=False)
            assert one is not None
            one.subject = "ours"
            _changed_by_another(work, subject="theirs")
            work.incidents.get(NUMBER, lock=True)

    with pytest.raises(Fault, match="changed by another"):
        change_then_lock()


def test_only_the_object_that_is_held_can_be_saved(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        with pytest.raises(Fault, match="not loaded"):
            work.incidents.save(incident(subject="never loaded"), "a", NOW, "shell")
        one = work.incidents.get(NUMBER)
        assert one is not None
        with pytest.raises(Fault, match="not loaded"):
            work.incidents.save(replace(one, subject="a copy"), "a", NOW, "shell")


def test_after_a_rolled_back_savepoint_everything_is_loaded_anew(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        before = work.incidents.get(NUMBER)
        assert before is not None

        def fail() -> None:
            with work.savepoint():
                before.subject = "half done"
                work.incidents.save(before, "a", NOW, "mail:2")
                work.incidents.add(incident("INC-20261123-0002"), "a", NOW, "mail:2")
                raise LookupError("the second command was wrong")

        with pytest.raises(LookupError):
            fail()
        again = work.incidents.get(NUMBER)
        assert again is not None
        assert again is not before
        assert again.subject == "打印机卡纸"
        assert work.incidents.get("INC-20261123-0002") is None
        with pytest.raises(Fault, match="not loaded"):
            work.incidents.save(before, "a", NOW, "mail:2")
        again.cause = "found"
        work.incidents.save(again, "a", NOW, "mail:2")
        assert [entry.field for entry in work.journal.of(NUMBER)] == ["status", "cause"]
    assert (_get(store).subject, _get(store).cause) == ("打印机卡纸", "found")


def test_a_savepoint_that_ends_well_keeps_the_object(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        with work.savepoint():
            one = work.incidents.get(NUMBER)
            assert one is not None
            one.cause = "found"
            work.incidents.save(one, "a", NOW, "mail:2")
        assert work.incidents.get(NUMBER) is one
    assert _get(store).cause == "found"


def test_many_at_once_lose_no_change(store: Store) -> None:
    add_incidents(store, incident())

    def work_on_it() -> None:
        for _ in range(5):
            with store.begin() as work:
                one = work.incidents.get(NUMBER)
                assert one is not None
                one.effort_minutes += 1
                work.incidents.save(one, "a", NOW, "shell")

    together([work_on_it] * 4)
    assert _get(store).effort_minutes == 20
    with store.read() as work:
        assert len(work.journal.of(NUMBER)) == 21


@pytest.mark.parametrize("field", ["reported_at", "occurred_at"])
def test_a_time_without_a_zone_is_refused(store: Store, field: str) -> None:
    given: dict[str, Any] = {field: NAIVE}
    with pytest.raises(StatementError, match="without a zone"):
        add_incidents(store, incident(**given))
    with store.read() as work:
        assert work.incidents.get(NUMBER) is None


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with store.read() as work:
        assert work.incidents.get(NUMBER) is None
        with pytest.raises(LookupError, match=NUMBER):
            work.incidents.dossier(NUMBER)
