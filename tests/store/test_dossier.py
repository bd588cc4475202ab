from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from processor.domain.incident import (
    Clock,
    ClockKind,
    JournalEntry,
    Link,
    MailRecord,
    StoredAttachment,
)
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork
from tests.store.records import NAIVE, NOW, NUMBER, add_incidents, incident, later

OTHER = "INC-20261123-0002"
RESPONSE = Clock(ClockKind.RESPONSE, 30, "working", NOW, later(minutes=30))
RESOLUTION = Clock(
    ClockKind.RESOLUTION,
    480,
    "working",
    NOW,
    later(days=1),
    paused_minutes=12.5,
    paused_since=later(hours=3),
    stopped_at=later(hours=4),
    pauses=((later(hours=1), later(hours=1.5)), (later(hours=2), later(hours=2.5))),
)
MAIL = MailRecord(
    at=NOW,
    direction="in",
    message_id="a@customer.example",
    sender="li@customer.example",
    recipients=("desk@desk.example", "王@desk.example"),
    subject="打印机",
    text="卡纸\n灯不亮",
    event="opened",
    internal=True,
)
FILE = StoredAttachment("照片 1.png", "image/png", 3_000_000_000, "ab" * 32, True, "a@x")


@pytest.fixture(autouse=True)
def two_incidents(store: Store) -> None:
    add_incidents(store, incident(), incident(OTHER))


def test_a_dossier_holds_everything_and_nothing_of_others(store: Store) -> None:
    entry = JournalEntry(later(hours=1), "wang@desk.example", "note", "mail:2", text="换了纸盒")
    with store.begin() as work:
        for number, word in ((NUMBER, ""), (OTHER, "other ")):
            work.clocks.put(number, RESOLUTION)
            work.clocks.put(number, RESPONSE)
            work.journal.add(number, replace(entry, text=word + entry.text))
            work.mails.add(number, replace(MAIL, subject=word + MAIL.subject), spool_id=1)
            work.attachments.add(number, replace(FILE, name=word + FILE.name))
        work.links.add(NUMBER, OTHER, "parent")
    with store.read() as work:
        dossier = work.incidents.dossier(NUMBER)
    assert dossier.incident.number == NUMBER
    assert dossier.clocks == (RESPONSE, RESOLUTION)
    assert [one.kind for one in dossier.journal] == ["opened", "note"]
    assert dossier.journal[1] == entry
    assert dossier.mails == (MAIL,)
    assert dossier.attachments == (FILE,)
    assert dossier.links == (Link("parent", OTHER),)


def test_a_dossier_of_nothing_but_the_record(store: Store) -> None:
    with store.read() as work:
        dossier = work.incidents.dossier(NUMBER)
    assert (dossier.clocks, dossier.mails, dossier.attachments, dossier.links) == ((), (), (), ())


def test_a_clock_is_kept_as_it_is_now(store: Store) -> None:
    with store.begin() as work:
        work.clocks.put(NUMBER, RESOLUTION)
        work.clocks.put(NUMBER, RESPONSE)
    fresh = Clock(ClockKind.RESOLUTION, 240, "7x24", later(hours=1), later(hours=5))
    with store.begin() as work:
        work.clocks.put(NUMBER, fresh)
    with store.read() as work:
        found = work.clocks.of(NUMBER)
    assert list(found) == [ClockKind.RESPONSE, ClockKind.RESOLUTION]
    assert found == {ClockKind.RESPONSE: RESPONSE, ClockKind.RESOLUTION: fresh}
    assert {moment.utcoffset() for moment in (fresh.started_at, fresh.due_at)} == {timedelta()}


def test_journal_mails_and_files_come_in_the_order_in_which_they_were_filed(store: Store) -> None:
    with store.begin() as work:
        for ordinal in (3, 1, 2):
            at = later(minutes=-ordinal)
            work.journal.add(NUMBER, JournalEntry(at, "a", "note", "shell", text=str(ordinal)))
            work.mails.add(NUMBER, replace(MAIL, at=at, text=str(ordinal)))
            work.attachments.add(NUMBER, replace(FILE, name=str(ordinal)))
        assert [one.text for one in work.journal.of(NUMBER)[1:]] == ["3", "1", "2"]
        assert [one.text for one in work.mails.of(NUMBER)] == ["3", "1", "2"]
        assert [one.name for one in work.attachments.of(NUMBER)] == ["3", "1", "2"]


def test_a_link_is_one_however_often_it_is_made(store: Store) -> None:
    with store.begin() as work:
        for _ in range(2):
            work.links.add(NUMBER, OTHER, "related")
            work.links.add(NUMBER, "PRB-20261123-0001", "problem")
        assert work.links.of(NUMBER) == (
            Link("related", OTHER),
            Link("problem", "PRB-20261123-0001"),
        )
        assert work.links.of(OTHER) == ()


def test_mails_are_found_by_their_ids(store: Store) -> None:
    with store.begin() as work:
        work.mails.add(NUMBER, MAIL)
        work.mails.add(
            OTHER, replace(MAIL, message_id="b@desk.example", direction="out", recipients=())
        )
        work.mails.add(OTHER, replace(MAIL, message_id=""))
        asked = ["b@desk.example", "a@customer.example", "never@x", "", "b@desk.example"]
        found = [
            ("b@desk.example", OTHER, (), "out"),
            ("a@customer.example", NUMBER, ("desk@desk.example", "王@desk.example"), "in"),
        ]
        assert work.mails.incident_of(asked) == found
        # what is filed after it was asked for is found as well
        work.mails.add(OTHER, MAIL)
        here = ("a@customer.example", OTHER, ("desk@desk.example", "王@desk.example"), "in")
        assert work.mails.incident_of(asked) == [*found, here]
        assert work.mails.incident_of([]) == []
        assert work.mails.incident_of([""]) == []


def test_of_a_long_thread_the_nearest_are_looked_up(store: Store) -> None:
    with store.begin() as work:
        work.mails.add(NUMBER, MAIL)
        thread = [f"{n}@x" for n in range(199)]
        assert work.mails.incident_of([*thread, MAIL.message_id])
        assert not work.mails.incident_of([*thread, "199@x", MAIL.message_id])


def test_the_last_mail_of_somebody_is_his_last_with_an_id(store: Store) -> None:
    with store.begin() as work:
        add = work.mails.add
        add(NUMBER, replace(MAIL, message_id="first@x"))
        add(NUMBER, replace(MAIL, message_id="second@x", sender="Li@Customer.example"))
        add(NUMBER, replace(MAIL, message_id=""))
        add(NUMBER, replace(MAIL, message_id="wang@x", sender="wang@desk.example"))
        add(NUMBER, replace(MAIL, message_id="sent@x", direction="out"))
        add(OTHER, replace(MAIL, message_id="elsewhere@x"))
        assert work.mails.last_from(NUMBER) == {
            "li@customer.example": "second@x",
            "wang@desk.example": "wang@x",
        }
        assert work.mails.last_from("INC-20261123-0099") == {}


def test_mails_files_and_clocks_are_filed_several_at_once(store: Store) -> None:
    with store.begin() as work:
        work.mails.add_many([(NUMBER, MAIL), (OTHER, MAIL), (NUMBER, replace(MAIL, text="2"))], 3)
        work.mails.add_many([])
        work.attachments.add(NUMBER, FILE, replace(FILE, name="2"))
        work.attachments.add(NUMBER)
        work.clocks.put(NUMBER, RESOLUTION, RESPONSE)
        work.clocks.put(NUMBER)
        assert [one.text for one in work.mails.of(NUMBER)] == [MAIL.text, "2"]
        assert work.mails.of(OTHER) == (MAIL,)
        assert [one.name for one in work.attachments.of(NUMBER)] == [FILE.name, "2"]
        assert tuple(work.clocks.of(NUMBER).values()) == (RESPONSE, RESOLUTION)


@pytest.mark.parametrize("what", ["journal", "mail", "clock", "pause"])
def test_a_time_without_a_zone_is_refused(store: Store, what: str) -> None:
    def write(work: UnitOfWork) -> None:
        if what == "journal":
            work.journal.add(NUMBER, JournalEntry(NAIVE, "a", "note", "shell"))
        elif what == "mail":
            work.mails.add(NUMBER, replace(MAIL, at=NAIVE))
        elif what == "clock":
            work.clocks.put(NUMBER, replace(RESPONSE, due_at=NAIVE))
        else:
            pauses: tuple[tuple[datetime, datetime], ...] = ((NOW, NAIVE),)
            work.clocks.put(NUMBER, replace(RESPONSE, pauses=pauses))

    with pytest.raises(StatementError, match="without a zone"), store.begin() as work:
        write(work)


def test_nothing_hangs_on_an_incident_that_is_not_there(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as work:
        work.clocks.put("INC-20261123-0099", RESPONSE)
