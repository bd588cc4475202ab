"""The reporter's copy holds his side and nothing of the team's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from processor.domain.incident import JournalEntry, Link, MailRecord
from reports.incident.audience import for_reader
from tests.reports import dossiers
from tests.reports.printed import print_report, text_of

SECRET = "SECRET-7351"


def reporter_copy(**changes: Any) -> str:
    story = replace(dossiers.dossier("en"), **changes)
    return text_of(print_report(story, "en", audience="reporter"))


def test_the_team_sees_everything() -> None:
    story = dossiers.dossier()
    assert for_reader(story, "team") is story


@pytest.mark.parametrize(
    "kind", ["note", "returned", "sent_back", "reclassified", "rule", "escalation", "bounce", "new"]
)
def test_the_team_s_steps_are_hidden(kind: str) -> None:
    entry = JournalEntry(dossiers.START, dossiers.CHEN, kind, "mail:1", text=SECRET)
    assert SECRET not in reporter_copy(journal=(entry,))


@pytest.mark.parametrize("name", ["owner", "tags", "unreachable", "wrong_dispatches", "something"])
def test_the_team_s_fields_are_hidden(name: str) -> None:
    entry = JournalEntry(dossiers.START, dossiers.CHEN, "field", "mail:1", name, "1", SECRET)
    assert SECRET not in reporter_copy(journal=(entry,))


@pytest.mark.parametrize("kind", ["mail", "comment"])
def test_words_are_shown_to_him_only_when_they_are_his_side_s(kind: str) -> None:
    entry = JournalEntry(dossiers.START, dossiers.CHEN, kind, "mail:1", text=SECRET)
    assert SECRET not in reporter_copy(journal=(entry,))
    assert SECRET in reporter_copy(journal=(replace(entry, actor=dossiers.LI.upper()),))


def test_answers_and_questions_to_him_are_shown() -> None:
    for kind in ("reply", "question"):
        entry = JournalEntry(dossiers.START, dossiers.CHEN, kind, "mail:1", text=SECRET)
        assert SECRET in reporter_copy(journal=(entry,))


def test_mails_that_were_not_his_are_hidden() -> None:
    mail = MailRecord(dossiers.START, "in", "<x>", dossiers.LI, ("d@e",), "s", SECRET)
    assert SECRET in reporter_copy(mails=(mail,))
    assert SECRET not in reporter_copy(mails=(replace(mail, internal=True),))
    assert SECRET not in reporter_copy(mails=(replace(mail, sender="vendor@x.example"),))
    out = replace(mail, direction="out", sender="d@e")
    assert SECRET in reporter_copy(mails=(replace(out, recipients=(dossiers.LI,)),))
    assert SECRET not in reporter_copy(mails=(replace(out, recipients=(dossiers.CHEN,)),))


def test_a_watcher_s_mails_belong_to_his_side() -> None:
    mail = MailRecord(dossiers.START, "in", "<x>", "boss@huaxin.example", ("d@e",), "s", SECRET)
    record = replace(dossiers.incident("en"), watchers=("Boss@huaxin.example",))
    assert SECRET in reporter_copy(mails=(mail,), incident=record)


def test_files_of_internal_mails_are_hidden() -> None:
    inside = dossiers.stored(f"{SECRET}.png", "image/png", b"1", message_id="<6@desk>")
    loose = dossiers.stored(f"{SECRET}.txt", "text/plain", b"2")
    his = dossiers.stored("his.txt", "text/plain", b"3", message_id="<1@huaxin>")
    text = reporter_copy(attachments=(inside, loose, his))
    assert SECRET not in text
    assert "his.txt" in text


def test_other_people_s_incidents_are_hidden() -> None:
    text = reporter_copy(links=(Link("duplicate", SECRET), Link("follows", "INC-20260101-0001")))
    assert SECRET not in text
    assert "INC-20260101-0001" in text


def test_internal_values_are_neither_shown_nor_printed_as_nothing() -> None:
    record = replace(
        dossiers.incident("en"),
        tags=(SECRET,),
        fault_vendor=SECRET,
        knowledge_used=SECRET,
        callback_result=SECRET,
        unreachable=(SECRET,),
        owner=SECRET,
    )
    assert SECRET not in reporter_copy(incident=record)
    label = dossiers.words("en").say("field.wrong_dispatches")
    assert label not in reporter_copy(incident=record)
    assert label in text_of(print_report(dossiers.dossier("en"), "en"))


def test_internal_mails_are_marked_for_the_team() -> None:
    story = replace(dossiers.dossier(), mails=dossiers.mails()[:2])
    assert text_of(print_report(story)).count("[内部]") == 1
