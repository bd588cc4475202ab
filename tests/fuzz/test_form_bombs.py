"""Word files made to harm, through the whole journey: each mail within two seconds of CPU and all
of them within 300 MB, and whoever sent one as a form is told what is wrong with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.fuzz.bombs import WORD
from tests.fuzz.children import ROOT, Child
from tests.fuzz.form_bomb_child import MARK
from tests.fuzz.form_bombs import BOMBS
from tests.journeys.homes import home_of

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux bounds the memory and the CPU of a process"
)


def mailed(content: bytes) -> bytes:
    """A mail with the file, called as our blank form is."""
    mail = EmailMessage()
    mail["From"] = "li.na@customer.example"
    mail["To"] = "servicedesk@example.com"
    mail["Subject"] = "form"
    mail["Message-ID"] = f"<{hash(content)}@customer.example>"
    mail.set_content("见附件")
    kind, _, sub = WORD.partition("/")
    mail.add_attachment(content, maintype=kind, subtype=sub, filename="事件报告单.docx")
    return mail.as_bytes()


class Desk(Child):
    """The process that settles, each in a home of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__("tests.fuzz.form_bomb_child")
        self._folder = folder
        self._homes = 0

    def settle(self, raw: bytes) -> list[dict[str, object]]:
        """What became of the mail; nothing when the process did not survive it."""
        mail = self._folder / "bomb.eml"
        mail.write_bytes(raw)
        for line in self.ask(mail):
            if line.startswith(MARK):
                found: list[dict[str, object]] = json.loads(line.removeprefix(MARK))
                return found
        return []

    def words(self) -> list[str]:
        self._homes += 1
        return [str(home_of(self._folder / f"home-{self._homes}"))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    one = Desk(tmp_path_factory.mktemp("bombs"))
    yield one
    one.close()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_settled_and_named(desk: Desk, name: str) -> None:
    make, trouble = BOMBS[name]
    content = make()
    settled = desk.settle(mailed(content))
    assert settled, "the kernel ended the desk: too much CPU or memory"
    (one,) = settled
    assert one["disposition"] in ("rejected", "opened"), one
    assert one["files"] == [len(content)]
    if trouble:
        assert one["troubles"] == [trouble]
        assert one["disposition"] == "rejected"


@pytest.mark.parametrize(
    "spends", ["[bytearray(2**20) for _ in range(400)]", "while True: pass"], ids=["memory", "CPU"]
)
def test_a_desk_that_takes_too_much_is_ended(tmp_path: Path, spends: str) -> None:
    """The bounds do bind: else the test above would pass whatever a file cost."""
    program = (
        "import tests.fuzz.form_bomb_child as child\n"
        "def spend(*_, **__):\n"
        f"    {spends}\n"
        "child.process_pending = spend\n"
        "child.main()\n"
    )
    (tmp_path / "a.eml").write_bytes(mailed(b"x"))
    done = subprocess.run(
        [sys.executable, "-c", program, str(home_of(tmp_path / "home"))],
        cwd=ROOT,
        input=f"{tmp_path / 'a.eml'}\n",
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert MARK not in done.stdout
