"""`postdesk demo`: the story as it is told on a terminal, and the home that it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from processor.cli.app import run
from processor.demo.correspondent import read

pytestmark = pytest.mark.usefixtures("loggers_as_before")


def _told(
    language: str,
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    monkeypatch.setenv("POSTDESK_LANG", language)
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        run(words)
    told = capsys.readouterr()
    assert not end.value.code, told.err
    return told.out


def test_the_demo_leaves_a_home_that_every_command_works_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "demo"
    told = _told("en", ["demo", "--home", str(home)], monkeypatch, capsys)
    assert "✗" not in told
    assert str(home / "outbox") in told
    mails = sorted((home / "outbox").glob("*.eml"))
    assert len(mails) > 10
    assert {"opened", "command-refused", "resolved-ask", "report"} <= {
        str(read(path.read_bytes())["X-Postdesk-Event"]) for path in mails
    }
    (report,) = (home / "reports").glob("*.docx")
    assert report.stat().st_size > 10_000
    listed = _told("en", ["-c", str(home), "list"], monkeypatch, capsys)
    assert "INC-20261123-0001" in listed

    # a second time it touches nothing of the first, and speaks the reader's language
    again = _told("zh", ["demo", "--home", str(home)], monkeypatch, capsys)
    assert str(tmp_path / "demo-2") in again
    assert "接单" in again
    assert sorted((home / "outbox").glob("*.eml")) == mails
