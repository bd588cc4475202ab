"""`list`, `show`, `do`, `report`, `status`, `outbox`, `quarantine` (spec 8)."""

from __future__ import annotations

import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from processor.daemon.locking import sole
from processor.demo.correspondent import read
from processor.settings.loader import load
from tests.cli.conftest import Postdesk

NUMBER = "INC-20261123-0001"
NOW = ("--now", "2026-11-23T09:10")
WANG, ZHAO, CHEN, LI = (
    "wang.qiang@example.com",
    "zhao.min@example.com",
    "chen.jing@example.com",
    "li.na@customer.example",
)
SOLVED = "#解决 换了进纸轮\n原因：磨损\n措施：更换\n方案：永久\n代码：已解决"


def _do(postdesk: Postdesk, home: Path, who: str, *words: str) -> Any:
    return postdesk("-c", home, *NOW, "do", NUMBER, *words, "--as", who)


def _outbox(home: Path) -> list[Path]:
    return sorted((home / "outbox").glob("*.eml"))


# ---- list and show -------------------------------------------------------------------------------


def test_list_prints_whole_lines_into_a_pipe(opened: Path, postdesk: Postdesk) -> None:
    ended = postdesk("-c", opened, "list")
    assert ended.status == 0
    header, line = ended.lines
    assert "Number" in header
    for told in (NUMBER, "P3", "2026-11-23 09:00", "hardware", "三楼财务室打印机卡纸"):
        assert told in line


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--status", "assigned"], 1),
        (["--status", "Assigned"], 1),
        (["--status", "closed"], 0),
        (["--group", "hardware"], 1),
        (["--group", "network"], 0),
        (["--mine", "LI.NA@customer.example"], 1),
        (["--mine", "somebody@else.example"], 0),
        (["--limit", "1"], 1),
    ],
)
def test_list_chooses(opened: Path, postdesk: Postdesk, options: list[str], found: int) -> None:
    assert len(postdesk("-c", opened, "list", *options, "--json").json) == found


def test_list_of_an_unknown_status_names_those_there_are(opened: Path, postdesk: Postdesk) -> None:
    ended = postdesk("-c", opened, "list", "--status", "lost")
    assert ended.status == 1
    assert "pending_review" in ended.err


def test_show_tells_everything(opened: Path, postdesk: Postdesk) -> None:
    told = postdesk("-c", opened, *NOW, "show", NUMBER.lower(), "--json").json
    assert (told["number"], told["status"], told["category"]) == (
        NUMBER,
        "assigned",
        "hardware/printer",
    )
    assert set(told["journal"][0]) >= {"at", "actor", "kind", "field", "old", "new", "via"}
    assert [mail["direction"] for mail in told["mails"]].count("in") == 1
    assert {clock["kind"] for clock in told["clocks"]} == {"response", "resolution"}
    assert not any(clock["overdue"] for clock in told["clocks"])
    assert (told["links"], told["attachments"]) == ([], [])
    page = postdesk("-c", opened, "show", NUMBER).out
    assert "Assigned" in page
    assert "整个财务部" in page
    late = postdesk("-c", opened, "--now", "2027-01-04", "show", NUMBER, "--json").json
    assert all(clock["overdue"] for clock in late["clocks"])


@pytest.mark.parametrize("command", [["show"], ["report", "incident"]])
def test_what_is_not_there(opened: Path, postdesk: Postdesk, command: list[str]) -> None:
    ended = postdesk("-c", opened, *command, "INC-20261123-0009")
    assert ended.status == 1
    assert "INC-20261123-0009" in ended.err


# ---- do ------------------------------------------------------------------------------------------


def test_do_is_a_keyword_from_the_shell(opened: Path, postdesk: Postdesk) -> None:
    ended = _do(postdesk, opened, WANG, "接单")
    assert ended.status == 0
    assert ended.lines == [
        f"{NUMBER} is yours now; the response clock has stopped.",
        f"{NUMBER} is now: In progress",
    ]
    journal = postdesk("-c", opened, "show", NUMBER, "--json").json["journal"]
    assert {"shell"} == {entry["via"] for entry in journal if entry["new"] == "in_progress"}
    postdesk("-c", opened, *NOW, "run", "--once")
    kinds = [str(read(path.read_bytes())["X-Postdesk-Event"]) for path in _outbox(opened)]
    assert "accepted" in kinds


def test_do_several_at_once_is_all_or_none(opened: Path, postdesk: Postdesk) -> None:
    ended = _do(postdesk, opened, WANG, "accept", "#category", "network/lan", "#note", "a cable")
    assert ended.status == 0
    assert len(ended.lines) == 4
    told = postdesk("-c", opened, "show", NUMBER, "--json").json
    assert (told["status"], told["category"]) == ("in_progress", "network/lan")
    refused = _do(postdesk, opened, WANG, "#category", "hardware/printer", "#priority", "4")
    assert (refused.status, refused.out) == (1, "")
    assert postdesk("-c", opened, "show", NUMBER, "--json").json["category"] == "network/lan"


def test_do_refuses_as_by_mail_in_one_line(opened: Path, postdesk: Postdesk) -> None:
    for who, words, says in (
        (WANG, ["审核"], "审核"),
        (LI, ["接单"], "接单"),
        ("nobody@nowhere.example", ["resolve", "it"], "resolve"),
        (WANG, ["接弹"], "接单"),
        (WANG, ["frobnicate"], "frobnicate"),
        (WANG, ["accept", "#prioritty", "1"], "priority"),
    ):
        ended = _do(postdesk, opened, who, *words)
        assert (ended.status, ended.out) == (1, ""), words
        assert ended.err.count("\n") == 1
        assert says in ended.err
    told = postdesk("-c", opened, "show", NUMBER, "--json").json
    assert told["status"] == "assigned"
    ended = postdesk("-c", opened, "do", "INC-20261123-0009", "accept", "--as", WANG)
    assert ended.status == 1


def test_a_wrong_move_names_the_moves_there_are(opened: Path, postdesk: Postdesk) -> None:
    _do(postdesk, opened, WANG, "accept")
    ended = _do(postdesk, opened, WANG, "accept")
    assert ended.status == 1
    assert "Resolved (resolve)" in ended.err
    assert "(recall)" in ended.err


def test_do_answers_what_was_asked(opened: Path, postdesk: Postdesk) -> None:
    assert "hardware/printer" in _do(postdesk, opened, WANG, "status").out
    assert "三楼财务室" in _do(postdesk, opened, WANG, "queue", "hardware").out
    assert "accept" in _do(postdesk, opened, WANG, "help").out
    told = postdesk(
        "-c", opened, *NOW, "do", NUMBER, "status", "#queue", "hardware", "#help", "--as", WANG,
        "--json",
    ).json  # fmt: skip
    record, queue, names = told["answers"]
    assert record["number"] == queue[0]["number"] == told["incident"]["number"] == NUMBER
    assert "accept" in names
    report = _do(postdesk, opened, CHEN, "report")
    assert CHEN in report.out
    before = len(list((opened / "outbox").iterdir()))
    postdesk("-c", opened, *NOW, "run", "--once")
    assert len(list((opened / "outbox").iterdir())) == before + 1, "only the report is mailed"


def test_the_whole_way_from_the_shell(opened: Path, postdesk: Postdesk) -> None:
    for who, words in (
        (WANG, "接单"),
        (WANG, SOLVED),
        (LI, "确认\n\n已经好了，二楼那台也看一下"),
        (CHEN, "审核"),
    ):
        ended = _do(postdesk, opened, who, words)
        assert ended.status == 0, ended.err
    assert f"{NUMBER} is approved and closed." in ended.lines
    told = postdesk("-c", opened, "show", NUMBER, "--json").json
    assert told["status"] == "closed"
    assert any("二楼那台" in entry["text"] for entry in told["journal"])


def test_a_note_twice_in_a_second_is_two_notes(opened: Path, postdesk: Postdesk) -> None:
    for _ in range(2):
        assert _do(postdesk, opened, ZHAO, "reply", "on our way").status == 0
    mails = postdesk("-c", opened, "show", NUMBER, "--json").json["mails"]
    assert [mail["event"] for mail in mails].count("reply") == 2


# ---- report --------------------------------------------------------------------------------------


def test_a_report_goes_where_it_is_wanted(opened: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    _do(postdesk, opened, WANG, "接单")
    target = tmp_path / "deep" / "report.docx"
    ended = postdesk("-c", opened, *NOW, "report", "incident", NUMBER, "-o", target)
    assert (ended.status, ended.out.strip()) == (0, str(target))
    document = Document(io.BytesIO(target.read_bytes()))
    text = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert "王强" in text, "people by name"
    assert "编号" in text, "in the language of the desk"
    plain = postdesk("-c", opened, *NOW, "report", "incident", NUMBER, "--lang", "en")
    made = Path(plain.out.strip())
    assert made.parent == opened / "reports"
    assert made.exists()


def test_reports_that_there_are(opened: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    assert postdesk("-c", opened, "report", "list").out.startswith("incident")
    for words in (
        ["weather"],
        ["incident"],
        ["incident", NUMBER, "--lang", "fr"],
        ["incident", NUMBER, "-o", str(tmp_path)],
    ):
        ended = postdesk("-c", opened, "report", *words)
        assert ended.status == 1, words
        assert ended.err.count("\n") == 1


# ---- status, outbox ------------------------------------------------------------------------------


def test_status_at_a_glance(
    opened: Path, postdesk: Postdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = postdesk("-c", opened, *NOW, "status", "--json").json
    assert told["daemon"] == {"running": False, "pid": None}
    assert told["incidents"] == {"assigned": 1}
    (box,) = told["mailboxes"]
    assert box["address"] == "servicedesk@example.com"
    assert datetime.fromisoformat(box["last_message_at"]).tzinfo is not None  # of the file
    settings = load(opened)
    rounds = [f"round/{plan.name}" for plan in settings.rounds.plans]
    reports = [f"report/{plan.name}" for plan in settings.reports.plans]
    assert rounds
    assert reports
    assert list(told["jobs"]) == [*rounds, *reports]
    assert told["spool"]["pending"]["count"] == 0

    # an answer waits: by its age, as qshape tells
    _do(postdesk, opened, WANG, "接单")
    for later, bound in (("09:02", "5"), ("09:30", "40"), ("23:30", "older")):
        at = ("--now", f"2026-11-23T{later}")
        waits = postdesk("-c", opened, *at, "status", "--json").json["outbox"]["queued"]
        assert waits["count"] == 1
        assert [name for name, count in waits["minutes"].items() if count] == [bound], later
    assert waits["oldest_seconds"] > 14 * 3600

    for lang, lines in (
        ("en", ("Incidents", "No daemon runs.", "  In progress: 1")),
        ("zh", ("事件", "守护进程没有运行。", "  处理中: 1")),
    ):
        monkeypatch.setenv("POSTDESK_LANG", lang)
        ended = postdesk("-c", opened, *NOW, "status")
        assert ended.status == 0
        for line in lines:
            assert line in [one.rstrip() for one in ended.lines], ended.out
    with sole(opened):
        told = postdesk("-c", opened, "status", "--json").json
        assert told["daemon"] == {"running": True, "pid": os.getpid()}


def test_the_outbox_is_listed_retried_and_dropped(opened: Path, postdesk: Postdesk) -> None:
    assert "Nothing waits" in postdesk("-c", opened, "outbox", "list").out
    _do(postdesk, opened, WANG, "接单")
    (row,) = postdesk("-c", opened, "outbox", "list", "--json").json
    assert (row["event"], row["recipients"], row["state"]) == ("accepted", [LI], "queued")
    assert LI in postdesk("-c", opened, "outbox", "list").out
    identity = str(row["id"])
    assert postdesk("-c", opened, "outbox", "retry", identity).status == 0
    assert postdesk("-c", opened, "outbox", "drop", identity).status == 0
    assert postdesk("-c", opened, "outbox", "list", "--json").json == []
    for action in ("retry", "drop"):
        ended = postdesk("-c", opened, "outbox", action, "4711")
        assert ended.status == 1
        assert "4711" in ended.err


# ---- quarantine ----------------------------------------------------------------------------------


def test_the_quarantine_is_listed_shown_released_and_dropped(
    home: Path, postdesk: Postdesk
) -> None:
    assert "Nothing is" in postdesk("-c", home, "quarantine", "list").out
    raws = [b"Subject: from nobody\r\n\r\nhello", b"From: li@customer.example\r\n\r\n\r\n"]
    for raw in raws:
        assert postdesk("-c", home, *NOW, "ingest", "-", stdin=raw).status == 3
    rows = postdesk("-c", home, "quarantine", "list", "--json").json
    assert [row["reason"] for row in rows] == ["no_sender", "empty"]
    assert "no_sender" in postdesk("-c", home, "quarantine", "list").out
    nobody, empty = (str(row["id"]) for row in rows)
    assert postdesk("-c", home, "quarantine", "show", nobody).out.encode() == raws[0]
    assert postdesk("-c", home, "quarantine", "show", "4711").status == 1
    released = postdesk("-c", home, *NOW, "quarantine", "release", empty, nobody)
    assert released.status == 0
    assert released.lines[0].startswith(f"{empty}: opened")
    assert released.lines[1].startswith(f"{nobody}: quarantined no_sender")
    assert postdesk("-c", home, "quarantine", "drop", nobody).status == 0
    assert postdesk("-c", home, "quarantine", "list", "--json").json == []
    for action in ("release", "drop"):
        assert postdesk("-c", home, "quarantine", action, nobody).status == 1
