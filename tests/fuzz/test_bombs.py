"""Mails made to take the reader down are read all the same: each within two seconds of CPU and
all of them within 300 MB, or the kernel ends the process that reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from processor.parsing.limits import DEFAULT_LIMITS
from tests.fuzz import bombs
from tests.fuzz.children import ROOT, Child

SHAPES = [name for name in bombs.names() if name.startswith("shape|")]
RUNS = [name for name in bombs.names() if not name.startswith("shape|")]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux bounds the address space and the CPU of a process"
)


class Reader(Child):
    """The process that reads."""

    def __init__(self, folder: Path) -> None:
        super().__init__("tests.fuzz.bomb_child")
        self._mail = folder / "bomb.eml"

    def read(self, raw: bytes) -> dict[str, object]:
        """What the process says of this mail; empty when it did not survive it."""
        self._mail.write_bytes(raw)
        try:
            said = self.ask(self._mail)
        except BrokenPipeError:
            return {}
        line = said.readline()
        answer: dict[str, object] = json.loads(line) if line else {}
        return answer


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    one = Reader(tmp_path_factory.mktemp("bombs"))
    yield one
    one.close()


def check(name: str, reader: Reader) -> None:
    raw = bombs.bomb(name)
    told = reader.read(raw)
    if not told and reader.close() in ("SIGPROF", "SIGXCPU"):
        # a virtual machine's clock also counts what its host takes away: what costs too much does
        # so a second time
        told = reader.read(raw)
    assert told, f"the reader was ended: too much CPU or memory ({reader.close()})"
    defects = told["defects"]
    assert isinstance(defects, list)
    assert [one for one in defects if one.startswith("unreadable")] == []
    wanted = bombs.defect_of(name)
    assert not wanted or any(one.startswith(wanted) for one in defects), defects
    assert told["size"] == len(raw)
    text, files = told["text"], told["attachments"]
    assert isinstance(text, int)
    assert isinstance(files, list)
    assert text <= DEFAULT_LIMITS.text_chars + DEFAULT_LIMITS.parts
    assert len(files) <= DEFAULT_LIMITS.attachments
    # Nothing is unpacked: what comes out is never more than what came in.
    assert sum(files) <= len(raw)


@pytest.mark.parametrize("name", SHAPES)
def test_shape_is_survived_and_what_was_cut_is_named(name: str, reader: Reader) -> None:
    check(name, reader)


@pytest.mark.parametrize("name", RUNS)
def test_runs_of_what_patterns_look_for_are_survived(name: str, reader: Reader) -> None:
    check(name, reader)


def test_a_reader_that_takes_too_much_is_ended_by_the_kernel(tmp_path: Path) -> None:
    """The bounds do bind: else every test above would pass whatever a mail cost."""
    greedy = (
        "import tests.fuzz.bomb_child as child\n"
        "child.parse = lambda raw: [bytearray(len(raw)) for _ in range(10_000)]\n"
        "child.main()\n"
    )
    endless = (
        "import tests.fuzz.bomb_child as child\n"
        "def spin(raw):\n    while True:\n        pass\n"
        "child.parse = spin\n"
        "child.main()\n"
    )
    mail = tmp_path / "a.eml"
    mail.write_bytes(bytes(1_000_000))
    for program in (greedy, endless):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            input=f"{mail}\n",
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode != 0
        assert done.stdout == ""
