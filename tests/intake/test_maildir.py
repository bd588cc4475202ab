"""A Maildir that a local MTA delivers to."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from processor.intake.maildir import MaildirSource
from processor.intake.source import Flaw, IntakeLimits, Shelf, SourceDown
from tests.intake.takings import Memory, mail, receipts, take


def deliver(path: Path, name: str, raw: bytes, at: int = 1_700_000_000) -> None:
    """As an MTA does: written in tmp/, renamed into new/."""
    file = path / "tmp" / name
    file.write_bytes(raw)
    os.utime(file, (at, at))
    file.rename(path / "new" / name)


def made(path: Path, **options: Any) -> MaildirSource:
    source = MaildirSource("desk", path / "Maildir", look_seconds=0.01, **options)
    source.open()
    return source


def test_new_mail_is_offered_oldest_first_and_stays_in_new(tmp_path: Path) -> None:
    source = made(tmp_path)
    deliver(source.path, "b.host", mail(1), at=100)
    deliver(source.path, "a.host", mail(2), at=200)
    arrivals = take(source)
    assert [(found.uid, found.raw) for found in arrivals] == [
        ("b.host", mail(1)),
        ("a.host", mail(2)),
    ]
    assert arrivals[0].received_at == datetime(1970, 1, 1, 0, 1, 40, tzinfo=UTC)
    assert take(source, limit=1) == arrivals[:1]
    assert len(list((source.path / "new").iterdir())) == 2


def test_known_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    source, memory = made(tmp_path), Memory()
    deliver(source.path, "1.host", mail(1))
    (source.path / "new" / ".nfs0001").write_bytes(b"")
    memory.note(take(source, memory))
    deliver(source.path, "2.host", mail(2))
    assert [found.uid for found in take(source, memory)] == ["2.host"]


def test_settled_mail_goes_to_cur_once(tmp_path: Path) -> None:
    source = made(tmp_path)
    deliver(source.path, "1.host", mail(1))
    deliver(source.path, "2.host", mail(2))
    arrivals = take(source)
    done = receipts(arrivals[:1]) + receipts(arrivals[1:], Shelf.QUARANTINE)
    assert source.acknowledge(done) == done
    assert source.acknowledge(done) == done
    assert take(source) == []
    assert (source.path / "cur" / "1.host:2,").read_bytes() == mail(1)
    assert (source.path / ".quarantine" / "cur" / "2.host:2,").read_bytes() == mail(2)


def test_an_oversize_mail_comes_as_headers(tmp_path: Path) -> None:
    source = made(tmp_path, limits=IntakeLimits(message_bytes=1000))
    deliver(source.path, "1.host", mail(1, 5000))
    (arrival,) = take(source)
    assert arrival.flaw is Flaw.OVERSIZE
    assert arrival.raw == mail(1).removesuffix(b"body\r\n")
    assert arrival.size == len(mail(1, 5000))


def test_batches(tmp_path: Path) -> None:
    source = made(tmp_path, limits=IntakeLimits(batch_messages=2))
    for number in range(5):
        deliver(source.path, f"{number}.host", mail(number))
    assert [len(batch) for batch in source.fetch(Memory(), 5)] == [2, 2, 1]


def test_mail_that_disappears_between_look_and_read(tmp_path: Path) -> None:
    source = made(tmp_path)
    deliver(source.path, "1.host", mail(1))

    def removes(uidvalidity: int, uids: object) -> set[str]:
        (source.path / "new" / "1.host").unlink()
        return set()

    assert list(source.fetch(removes, 10)) == []


def test_what_is_no_file_does_not_hide_the_mail(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = made(tmp_path)
    (source.path / "new" / "folder").mkdir()
    deliver(source.path, "1.host", mail(1))
    assert [found.uid for found in take(source)] == ["1.host"]
    assert "folder is left alone" in caplog.text


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    source = MaildirSource("desk", tmp_path / "file")
    with pytest.raises(SourceDown, match="file"):
        source.open()
    stop = threading.Event()
    assert source.wait(0, stop) is False


def test_waiting(tmp_path: Path) -> None:
    source, stop = made(tmp_path), threading.Event()
    assert source.wait(0.03, stop) is False
    woken: list[bool] = []
    waiting = threading.Thread(target=lambda: woken.append(source.wait(60, stop)))
    waiting.start()
    deliver(source.path, "1.host", mail(1))
    waiting.join(50)
    assert woken == [True]
    take(source)
    assert source.wait(0, stop) is False
    stop.set()
    assert source.wait(60, stop) is False
    source.close()
