"""Importing an mbox."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from processor.intake.mbox import MboxSource
from processor.intake.source import Flaw, IntakeLimits, SourceDown
from tests.intake.takings import Memory, mail, receipts, take

LINE = b"From a@b Sun Nov 22 10:00:00 2026\n"


def written(path: Path, *raws: bytes) -> Path:
    file = path / "archive.mbox"
    file.write_bytes(b"\n".join(LINE + raw for raw in raws))
    return file


def plain(number: int, size: int = 0) -> bytes:
    return mail(number, size).replace(b"\r\n", b"\n")


def test_the_file_is_read_and_left_alone(tmp_path: Path) -> None:
    file = written(tmp_path, plain(1), plain(2), plain(1))
    before = file.read_bytes(), file.stat().st_mtime_ns
    source, memory = MboxSource("import", file), Memory()
    arrivals = take(source, memory)
    assert [found.raw for found in arrivals] == [plain(1), plain(2)]
    memory.note(arrivals)
    assert source.acknowledge(receipts(arrivals)) == receipts(arrivals)
    assert take(source, memory) == []
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_grown_file_gives_what_is_new(tmp_path: Path) -> None:
    memory = Memory()
    memory.note(take(MboxSource("import", written(tmp_path, plain(1))), memory))
    grown = MboxSource("import", written(tmp_path, plain(1), plain(2)))
    assert [found.raw for found in take(grown, memory)] == [plain(2)]


def test_bounds(tmp_path: Path) -> None:
    file = written(tmp_path, *(plain(number, 1000) for number in range(5)))
    two = MboxSource("import", file, limits=IntakeLimits(batch_messages=2))
    assert [len(batch) for batch in two.fetch(Memory(), 9)] == [2, 2, 1]
    small = MboxSource("import", file, limits=IntakeLimits(batch_bytes=60, message_bytes=500))
    batches = list(small.fetch(Memory(), 3))
    assert [len(batch) for batch in batches] == [1, 1, 1]
    assert batches[0][0].flaw is Flaw.OVERSIZE
    assert batches[0][0].raw == plain(0).removesuffix(b"body\n")


def test_a_missing_file(tmp_path: Path) -> None:
    source = MboxSource("import", tmp_path / "none.mbox")
    with pytest.raises(SourceDown, match="no such file"):
        source.open()
    assert not (tmp_path / "none.mbox").exists()
    assert source.wait(0, threading.Event()) is False
    source.close()
