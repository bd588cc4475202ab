"""A folder into which people and programs drop files."""

from __future__ import annotations

import os
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from processor.intake.folder import FolderSource, _Drop
from processor.intake.source import Arrival, Flaw, IntakeLimits, Shelf, SourceDown
from tests.intake.takings import Memory, all_known, mail, receipts, take

MBOX = (
    b"From a@b Sun Nov 22 10:00:00 2026\nSubject: one\n\nfirst\n\n"
    b"From a@b Sun Nov 22 10:00:00 2026\nSubject: two\n\nsecond\n"
)


def drop(folder: Path, name: str, raw: bytes, at: int = 1_700_000_000) -> Path:
    file = folder / name
    file.write_bytes(raw)
    os.utime(file, (at, at))
    return file


def at_once(path: Path, **options: Any) -> FolderSource:
    return FolderSource("drops", path, looks=1, look_seconds=0.01, **options)


def test_files_are_taken_oldest_first_and_moved_when_settled(inbox: Path) -> None:
    drop(inbox, "b.eml", mail(1), at=100)
    drop(inbox, "a.EML", mail(2), at=200)
    drop(inbox, "notes.txt", b"not for us")
    source = at_once(inbox)
    arrivals = take(source)
    assert [found.raw for found in arrivals] == [mail(1), mail(2)]
    assert take(source, limit=1) == arrivals[:1]
    done = receipts(arrivals[:1]) + receipts(arrivals[1:], Shelf.QUARANTINE)
    assert source.acknowledge(done) == done
    assert source.acknowledge(done) == done
    assert (inbox / "processed" / "b.eml").read_bytes() == mail(1)
    assert (inbox / "quarantine" / "a.EML").read_bytes() == mail(2)
    assert take(source) == []
    assert (inbox / "notes.txt").exists()


def test_a_file_that_still_grows_is_left_alone(inbox: Path) -> None:
    source = FolderSource("drops", inbox)
    drop(inbox, "a.eml", mail(1)[:10], at=100)
    assert take(source) == []
    drop(inbox, "a.eml", mail(1), at=101)
    assert take(source) == []
    assert [found.raw for found in take(source)] == [mail(1)]


@pytest.mark.parametrize("name", [".a.eml", "a.eml.tmp", "a.eml.PART", "a.eml.crdownload"])
def test_unfinished_names_are_left_alone(inbox: Path, name: str) -> None:
    drop(inbox, name, mail(1))
    assert take(at_once(inbox)) == []


def test_the_same_name_with_other_content_is_another_message(inbox: Path) -> None:
    source, memory = at_once(inbox), Memory()
    drop(inbox, "a.eml", mail(1))
    first = take(source, memory)
    memory.note(first)
    drop(inbox, "a.eml", mail(2))
    second = take(source, memory)
    assert [found.raw for found in second] == [mail(2)]
    # The first one was overwritten before it was settled; its receipt must not move the second.
    assert source.acknowledge(receipts(first)) == receipts(first)
    assert (inbox / "a.eml").exists()
    source.acknowledge(receipts(second))
    drop(inbox, "a.eml", mail(3))
    source.acknowledge(receipts(take(source)))
    assert sorted(file.name for file in (inbox / "processed").iterdir()) == ["a.eml", "a~1.eml"]


def test_an_mbox_is_moved_when_all_of_it_is_known(inbox: Path) -> None:
    drop(inbox, "old.mbox", MBOX)
    source, memory = at_once(inbox), Memory()
    first = take(source, memory, limit=1)
    assert [found.raw for found in first] == [b"Subject: one\n\nfirst\n"]
    memory.note(first)
    source.acknowledge(receipts(first))
    rest = take(source, memory)
    assert [found.raw for found in rest] == [b"Subject: two\n\nsecond\n"]
    memory.note(rest)
    source.acknowledge(receipts(rest))
    assert (inbox / "old.mbox").exists()
    assert take(source, memory) == []
    assert (inbox / "processed" / "old.mbox").read_bytes() == MBOX


def test_a_dropped_form_comes_in_an_envelope_that_never_changes(inbox: Path) -> None:
    drop(inbox, "事件报告单.docx", b"PK\x03\x04form")
    source = at_once(inbox, sender="forms@desk.test")
    (arrival,) = take(source)
    assert arrival == take(source)[0]
    assert arrival.raw == take(at_once(inbox, sender="forms@desk.test"))[0].raw
    parsed = message_from_bytes(arrival.raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    assert parsed["From"] == "forms@desk.test"
    assert parsed["Subject"] == "事件报告单"
    assert parsed["Message-ID"].endswith("@desk.test>")
    (form,) = parsed.iter_attachments()
    assert form.get_filename() == "事件报告单.docx"
    assert form.get_content() == b"PK\x03\x04form"
    source.acknowledge(receipts([arrival]))
    assert (inbox / "processed" / "事件报告单.docx").exists()


@pytest.mark.parametrize("name", ["big.eml", "big.mbox", "big.docx"])
def test_oversize_files(inbox: Path, name: str) -> None:
    head = b"From a@b Sun Nov 22 10:00:00 2026\n" if name.endswith("mbox") else b""
    drop(inbox, name, head + mail(1, 3000))
    source = at_once(inbox, limits=IntakeLimits(message_bytes=1000, header_bytes=500))
    (arrival,) = take(source)
    assert arrival.flaw is Flaw.OVERSIZE
    assert arrival.size > 3000
    assert len(arrival.raw) < 1000
    source.acknowledge(receipts([arrival], Shelf.QUARANTINE))
    if name.endswith("mbox"):
        assert take(source, all_known) == []
        assert (inbox / "processed" / name).exists()
    else:
        assert (inbox / "quarantine" / name).exists()


def test_batches_are_bounded(inbox: Path) -> None:
    for number in range(5):
        drop(inbox, f"{number}.eml", mail(number, 1000))
    by_count = at_once(inbox, limits=IntakeLimits(batch_messages=2))
    assert [len(batch) for batch in by_count.fetch(Memory(), 9)] == [2, 2, 1]
    by_bytes = at_once(inbox, limits=IntakeLimits(batch_bytes=2500))
    assert [len(batch) for batch in by_bytes.fetch(Memory(), 9)] == [2, 2, 1]
    by_limit = at_once(inbox)
    assert [len(batch) for batch in by_limit.fetch(Memory(), 3)] == [3]


def test_a_file_that_is_taken_away_meanwhile(inbox: Path) -> None:
    drop(inbox, "a.eml", mail(1))
    drop(inbox, "b.eml", mail(2), at=1_800_000_000)
    source = at_once(inbox, limits=IntakeLimits(batch_messages=1))

    def removes(uidvalidity: int, uids: object) -> set[str]:
        (inbox / "b.eml").unlink(missing_ok=True)
        return set()

    assert [found.raw for batch in source.fetch(removes, 9) for found in batch] == [mail(1)]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    inbox: Path, caplog: pytest.LogCaptureFixture
) -> None:
    drop(inbox, "a.eml", mail(1))
    drop(inbox, "b.eml", mail(2))

    class Unreadable(FolderSource):
        def _single(self, drop: _Drop) -> Arrival:
            if drop.path.name == "a.eml":
                raise PermissionError(13, "Permission denied")
            return super()._single(drop)

    assert [found.raw for found in take(Unreadable("drops", inbox, looks=1))] == [mail(2)]
    assert "a.eml is left alone: Permission denied" in caplog.text


def test_an_mbox_without_a_message_goes_to_quarantine(inbox: Path) -> None:
    drop(inbox, "a.mbox", b"nothing like an mbox")
    assert take(at_once(inbox)) == []
    assert (inbox / "quarantine" / "a.mbox").exists()


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    source = FolderSource("drops", tmp_path / "file")
    with pytest.raises(SourceDown, match="file"):
        take(source)
    assert source.wait(0, threading.Event()) is False
    source.close()


def test_waiting(inbox: Path) -> None:
    source, stop = FolderSource("drops", inbox, look_seconds=0.01), threading.Event()
    assert source.wait(0, stop) is False
    drop(inbox, "a.eml", mail(1))
    assert source.wait(60, stop) is True
    assert take(source) == []
    # Not whole yet: there is still something to come back for.
    assert source.wait(60, stop) is True
    assert len(take(source)) == 1
    assert source.wait(0, stop) is False
    stop.set()
    assert source.wait(60, stop) is False
