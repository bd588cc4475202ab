"""The command line inside this process, as a script sees it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from processor.cli.app import run
from processor.demo.correspondent import Correspondent
from processor.demo.story import DESK
from tests.journeys.homes import MORNING
from tests.settings.homes import warm

LI = Correspondent("李娜", "li.na@customer.example", "zh")


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit status, what it said, what it complained of."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Postdesk = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch, loggers_as_before: None) -> None:
    """A reader of English without a home of his own."""
    monkeypatch.setenv("POSTDESK_LANG", "en")
    monkeypatch.delenv("POSTDESK_HOME", raising=False)


@pytest.fixture
def postdesk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Postdesk:
    """Runs the command with these words; ``stdin`` is what is piped into it."""

    def call(*words: str | Path, stdin: bytes = b"") -> Ended:
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            run([str(word) for word in words])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Ended(int(end.value.code or 0), told.out, told.err)

    return call


@pytest.fixture
def home(tmp_path: Path, postdesk: Postdesk) -> Path:
    """A fresh home, as `init` makes it."""
    assert postdesk("init", tmp_path / "desk", "--lang", "zh").status == 0
    return warm(tmp_path / "desk", "zh")


def moved_to(home: Path, url: str) -> None:
    """Have the home keep its records there."""
    path = home / "config" / "postdesk.yaml"
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    path.write_text(path.read_text("utf-8").replace("sqlite:///data/postdesk.db", plain), "utf-8")


@pytest.fixture
def mail() -> bytes:
    """Li Na's printer jams."""
    return LI.write(DESK, "三楼财务室打印机卡纸", "整个财务部都打印不了，麻烦看一下。", MORNING)


@pytest.fixture
def opened(home: Path, mail: bytes, postdesk: Postdesk) -> Path:
    """A home with that one incident, INC-20261123-0001."""
    (home / "inbox" / "1.eml").write_bytes(mail)
    ended = postdesk("-c", home, "--now", "2026-11-23T09:00", "run", "--once")
    assert ended.status == 0, ended.err
    return home
