"""The process that reads, in earnest: real children, real pipes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from processor.daemon.reader import Reader, ReadingFailed
from processor.parsing.parse import ParseLimits, parse
from tests.daemon.children import SILENT

LIMITS = ParseLimits()

# Dies of every message whose file is still there, and takes that file with it.
FRAGILE = """
import os, pickle, sys
from multiprocessing.connection import Connection
from processor.parsing.parse import parse
with Connection(int(sys.argv[-1])) as parent:
    while True:
        try:
            raws, limits = pickle.loads(parent.recv_bytes())
        except EOFError:
            break
        if any(b"always" in raw for raw in raws):
            os._exit(1)
        if any(b"once" in raw for raw in raws) and os.path.exists(sys.argv[1]):
            os.remove(sys.argv[1])
            os._exit(1)
        parent.send_bytes(pickle.dumps([parse(raw, limits) for raw in raws]))
"""


def mail(subject: str, size: int = 0) -> bytes:
    head = f"From: a@b.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@b.example>\r\n\r\n"
    return head.encode() + "打印机坏了\r\n".encode() + b"x" * size


ReaderMaker = Callable[..., Reader]


@pytest.fixture
def reader() -> Iterator[ReaderMaker]:
    made: list[Reader] = []

    def make(child: str | None = None, *words: str, **options: Any) -> Reader:
        if child is not None:
            options |= {"child": (sys.executable, "-c", child, *words)}
        made.append(Reader(**({"few": 0} | options)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_what_the_child_understood_is_what_would_be_understood_here(reader: ReaderMaker) -> None:
    raws = [mail(f"m{n}", size=n * 40_000) for n in range(8)]
    opened = reader().understand(raws, LIMITS)
    assert [one() for one in opened] == [parse(raw, LIMITS) for raw in raws]


def test_limits_go_with_the_message(reader: ReaderMaker) -> None:
    raw, tight = mail("large", size=5_000), ParseLimits(message_bytes=1_000)
    (opened,) = reader().understand([raw], tight)
    assert opened() == parse(raw, tight) != parse(raw, LIMITS)


def test_few_messages_start_no_process(reader: ReaderMaker) -> None:
    made = reader(few=3)
    for opened in made.understand([mail("a"), mail("b"), mail("c")], LIMITS):
        opened()
    assert made.pid is None
    for opened in made.understand([mail("a"), mail("b"), mail("c"), mail("d")], LIMITS):
        opened()
    assert made.pid is not None


def test_a_killed_child_is_replaced_and_no_message_is_lost(reader: ReaderMaker) -> None:
    made = reader()
    (first,) = made.understand([mail("one")], LIMITS)
    assert first().subject == "one"
    killed = made.pid
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    opened = made.understand([mail("two"), mail("three")], LIMITS)
    assert [one().subject for one in opened] == ["two", "three"]
    assert made.pid != killed


def test_a_message_that_kills_once_is_tried_again(reader: ReaderMaker, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.touch()
    opened = reader(FRAGILE, str(trap)).understand([mail("once"), mail("next")], LIMITS)
    assert [one().subject for one in opened] == ["once", "next"]
    assert not trap.exists()


def test_a_message_that_always_kills_fails_alone(reader: ReaderMaker, tmp_path: Path) -> None:
    made = reader(FRAGILE, str(tmp_path / "none"))
    before, bad, behind = made.understand([mail("a"), mail("always"), mail("b")], LIMITS)
    assert before().subject == "a"
    with pytest.raises(ReadingFailed):
        bad()
    with pytest.raises(ReadingFailed):
        bad()  # asked again, it is not tried again
    assert behind().subject == "b"


def test_a_child_that_does_not_answer_is_given_up(reader: ReaderMaker) -> None:
    made = reader(SILENT, patience_seconds=0.0)
    (opened,) = made.understand([mail("a")], LIMITS)
    with pytest.raises(ReadingFailed, match="no answer"):
        opened()
    assert made.pid is None


def test_the_child_leaves_signals_for_its_group_to_the_parent(reader: ReaderMaker) -> None:
    made = reader()
    (first,) = made.understand([mail("one")], LIMITS)
    first()
    child = made.pid
    assert child is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(child, number)
    (second,) = made.understand([mail("two")], LIMITS)
    assert second().subject == "two"
    assert made.pid == child


def test_closed_it_leaves_no_process(reader: ReaderMaker) -> None:
    made = reader()
    (first,) = made.understand([mail("one")], LIMITS)
    first()
    child = made.pid
    made.close()
    assert made.pid is None
    assert child is not None
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
