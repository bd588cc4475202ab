"""`init`, `config`, `db`, `doctor`, and how the command line behaves at its edges (spec 8)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from processor.cli.app import run, shared_first
from tests.cli.conftest import Postdesk

HEAVY = ("sqlalchemy", "docx", "jinja2", "pydantic", "imapclient", "apscheduler")

# ---- the edges -----------------------------------------------------------------------------------


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from processor.cli.app import run\n"
        "try:\n    run(['--help'])\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stderr.strip().splitlines()[-1] == "[]"
    assert "quarantine" in ended.stdout


def test_it_says_its_version(postdesk: Postdesk) -> None:
    ended = postdesk("--version")
    assert ended.status == 0
    assert ended.out.startswith("postdesk ")


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["list", "--nonsense"], ["init"], ["do", "INC-1"], ["outbox", "retry", "x"]],
)
def test_a_usage_error_is_two(postdesk: Postdesk, words: list[str]) -> None:
    assert postdesk(*words).status == 2


def test_without_a_home_it_says_how_to_make_one(postdesk: Postdesk, tmp_path: Path) -> None:
    ended = postdesk("-c", tmp_path / "nowhere", "list")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.count("\n") == 1
    assert "postdesk init" in ended.err


def test_the_home_may_stand_behind_the_command_or_in_the_environment(
    opened: Path, postdesk: Postdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = postdesk("-c", opened, "list", "--json").json
    assert len(before) == 1
    assert postdesk("list", "--json", "-c", opened).json == before
    assert postdesk("list", f"--config={opened}", "--json").json == before
    monkeypatch.setenv("POSTDESK_HOME", str(opened))
    assert postdesk("list", "--json").json == before
    monkeypatch.delenv("POSTDESK_HOME")
    monkeypatch.chdir(opened.parent)
    shutil.move(opened, opened.parent / "postdesk")
    assert postdesk("list", "--json").json == before


def test_shared_options_come_first_and_what_follows_two_dashes_is_let_be() -> None:
    assert shared_first(["run", "--once", "-c", "d"]) == ["-c", "d", "run", "--once"]
    assert shared_first(["list", "--now=x"]) == ["--now=x", "list"]
    assert shared_first(["do", "N", "--", "-c"]) == ["do", "N", "--", "-c"]
    assert shared_first(["list", "-c"]) == ["-c", "", "list"]


def test_a_clock_that_cannot_be_read(home: Path, postdesk: Postdesk) -> None:
    ended = postdesk("-c", home, "--now", "yesterday", "list")
    assert ended.status == 2
    assert "yesterday" in ended.err


def test_a_reader_that_has_seen_enough_is_no_fault(opened: Path) -> None:
    command = f"{sys.executable} -m processor -c {opened} show INC-20261123-0001 --json | head -c 9"
    ended = subprocess.run(
        command, shell=True, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_fault_of_ours_is_seventy(home: Path, postdesk: Postdesk) -> None:
    (home / "data" / "postdesk.db").write_bytes(b"this is no database" * 100)
    ended = postdesk("-c", home, "list")
    assert ended.status == 70
    assert ended.err.count("\n") == 1


def test_the_whole_traceback_is_shown_to_who_asks_for_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "data" / "postdesk.db").write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("POSTDESK_DEBUG", "1")
    with pytest.raises(DatabaseError):
        run(["-c", str(home), "list"])


def test_it_speaks_chinese_to_who_reads_it(
    postdesk: Postdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POSTDESK_LANG")
    for name, value, says in (
        ("LC_ALL", "zh_CN.UTF-8", "工作目录"),
        ("LC_ALL", "C.UTF-8", "no postdesk home"),
    ):
        monkeypatch.setenv(name, value)
        assert says in postdesk("-c", tmp_path, "list").err


def test_a_narrow_terminal_still_gets_valid_json(opened: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "processor", "-c", str(opened), "list", "--json"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        timeout=60,
        check=True,
    )
    assert b"\\u6253" in ended.stdout  # 打


# ---- init ----------------------------------------------------------------------------------------


def test_init_makes_a_home_that_works_without_editing(tmp_path: Path, postdesk: Postdesk) -> None:
    ended = postdesk("init", tmp_path / "new", "--lang", "en")
    assert ended.status == 0
    assert str(tmp_path / "new") in ended.out
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert {"config", "templates", "inbox", "outbox", "reports", "data", "logs"} <= names
    assert postdesk("-c", tmp_path / "new", "config", "check").status == 0


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path, postdesk: Postdesk) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    ended = postdesk("init", tmp_path)
    assert ended.status == 1
    assert ended.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_init_knows_two_languages(tmp_path: Path, postdesk: Postdesk) -> None:
    ended = postdesk("init", tmp_path / "new", "--lang", "fr")
    assert ended.status == 1
    assert "fr" in ended.err
    assert not (tmp_path / "new").exists()


# ---- config --------------------------------------------------------------------------------------


def test_a_broken_configuration_is_told_by_file_line_and_column(
    home: Path, postdesk: Postdesk
) -> None:
    path = home / "config" / "postdesk.yaml"
    path.write_text(path.read_text("utf-8").replace("language: zh", "langwage: zh"), "utf-8")
    number = path.read_text("utf-8").splitlines().index("langwage: zh") + 1
    for words in (["config", "check"], ["run", "--once"], ["list"]):
        ended = postdesk("-c", home, *words)
        assert ended.status == 1
        assert f"postdesk.yaml:{number}:1" in ended.err
        assert "language" in ended.err


def test_an_example_that_comes_out_otherwise_is_a_fault(home: Path, postdesk: Postdesk) -> None:
    rules = home / "config" / "rules" / "10-screening.yaml"
    text = rules.read_text("utf-8")
    rules.write_text(text.replace("{drop: true, category: null}", "{drop: false}"), "utf-8")
    ended = postdesk("-c", home, "config", "check")
    assert ended.status == 1
    assert "spam-by-header" in ended.err
    told = postdesk("-c", home, "config", "check", "--json")
    assert told.status == 1
    assert len(told.json["faults"]) == 1


OWN = """- name: printers-are-ours
  when: {subject_or_body: [打印机, printer]}
  then: {category: hardware/peripheral}
  stop: true
"""
EXAMPLE = """  examples:
    - {subject: 打印机卡纸, expect: {category: hardware/%s}}
"""


def test_an_own_rule_may_decide_otherwise_than_a_shipped_example(
    home: Path, postdesk: Postdesk
) -> None:
    rules = home / "config" / "rules"
    (rules / "05-own.yaml").write_text(OWN + EXAMPLE % "peripheral", "utf-8")
    ended = postdesk("-c", home, "config", "check")
    assert ended.status == 0, ended.err
    said = [line for line in ended.lines if "subject-printer" in line]
    assert said
    assert all("printers-are-ours (config/rules/05-own.yaml:1)" in line for line in said)
    told = postdesk("-c", home, "config", "check", "--json").json
    assert told["faults"] == []
    assert any("hardware/peripheral" in line for line in told["remarks"])


def test_an_own_example_that_another_rule_decides_otherwise_is_a_fault(
    home: Path, postdesk: Postdesk
) -> None:
    (home / "config" / "rules" / "90-own.yaml").write_text(OWN + EXAMPLE % "peripheral", "utf-8")
    ended = postdesk("-c", home, "config", "check")
    assert ended.status == 1
    assert "90-own.yaml:1" in ended.err
    # nor is an example excused that stands below a rule of ours which the house has changed
    (home / "config" / "rules" / "90-own.yaml").write_text(OWN, "utf-8")
    shipped = home / "config" / "rules" / "30-categories.yaml"
    text = shipped.read_text("utf-8")
    changed = "- name: subject-printer\n  stop: true\n"
    assert text.count("- name: subject-printer\n") == 1
    shipped.write_text(text.replace("- name: subject-printer\n", changed), "utf-8")
    (home / "config" / "rules" / "05-own.yaml").write_text(
        OWN.replace("printers-are-ours", "printers-first"), "utf-8"
    )
    ended = postdesk("-c", home, "config", "check")
    assert ended.status == 1
    assert "subject-printer" in ended.err


def test_an_alert_that_is_read_otherwise_is_a_fault(home: Path, postdesk: Postdesk) -> None:
    alerts = home / "config" / "alerts.yaml"
    text = alerts.read_text("utf-8")
    assert text.count("host: SW-CORE-01, problem") == 2
    alerts.write_text(text.replace("host: SW-CORE-01, problem", "host: SW-02, problem"), "utf-8")
    ended = postdesk("-c", home, "config", "check")
    assert ended.status == 1
    assert "generic[0]" in ended.err
    assert "SW-CORE-01" in ended.err
    assert len(postdesk("-c", home, "config", "check", "--json").json["faults"]) == 2


def test_a_template_that_fails_is_a_fault_and_stops_the_daemon(
    home: Path, postdesk: Postdesk
) -> None:
    own = home / "templates" / "mail" / "zh" / "opened.txt"
    own.parent.mkdir(parents=True)
    own.write_text("{{ mail.nonsense }}")
    for words in (["config", "check"], ["run"]):
        ended = postdesk("-c", home, *words)
        assert ended.status == 1
        assert "opened.txt" in ended.err


def test_a_sound_configuration(home: Path, postdesk: Postdesk) -> None:
    assert postdesk("-c", home, "config", "check", "--json").json["faults"] == []
    shown = postdesk("-c", home, "config", "show")
    assert shown.status == 0
    assert shown.json["files"]["postdesk.yaml"]["language"] == "zh"

    # a file that an earlier release did not know: it works as shipped, and that is told
    (home / "config" / "parsing.yaml").unlink()
    told = postdesk("-c", home, "config", "check")
    assert (told.status, len(told.lines)) == (0, 2)
    assert "config/parsing.yaml" in told.lines[1]
    assert postdesk("-c", home, "config", "check", "--json").json["as_shipped"] == [
        "config/parsing.yaml"
    ]
    assert any("config/parsing.yaml" in line for line in postdesk("-c", home, "doctor").lines)
    assert postdesk("-c", home, "config", "show").json["files"]["parsing.yaml"]
    key = (home / "data" / "secret.key").read_bytes()
    assert key.hex() not in shown.out


def test_schemas_for_editors(postdesk: Postdesk) -> None:
    everything = postdesk("config", "schema").json
    name = next(iter(everything))
    assert postdesk("config", "schema", name).json == everything[name]
    ended = postdesk("config", "schema", "nonsense.yaml")
    assert ended.status == 1
    assert name in ended.err


# ---- db ------------------------------------------------------------------------------------------


def test_the_database_is_made_and_checked(home: Path, postdesk: Postdesk) -> None:
    ended = postdesk("-c", home, "db", "check")
    assert ended.status == 3
    assert "db upgrade" in ended.err
    assert postdesk("-c", home, "db", "upgrade").status == 0
    assert postdesk("-c", home, "db", "check").status == 0


# ---- doctor --------------------------------------------------------------------------------------


def test_doctor_finds_a_healthy_desk(opened: Path, postdesk: Postdesk) -> None:
    ended = postdesk("-c", opened, "--now", "2026-06-01T09:00", "doctor")
    assert ended.status == 0, ended.out
    assert all(line.startswith("✓") for line in ended.lines)


def test_a_calendar_without_the_next_year_is_a_warning(opened: Path, postdesk: Postdesk) -> None:
    ended = postdesk("-c", opened, "--now", "2031-06-01T09:00", "doctor")
    assert ended.status == 0
    assert any(line.startswith("! ") for line in ended.lines)
    findings = postdesk("-c", opened, "--now", "2031-06-01T09:00", "doctor", "--json").json
    assert {one["check"] for one in findings if one["warning"]} == {"calendar"}


def test_doctor_names_a_database_that_is_none(opened: Path, postdesk: Postdesk) -> None:
    for path in (opened / "data").glob("postdesk.db*"):
        path.unlink()
    (opened / "data" / "postdesk.db").write_bytes(b"this is no database" * 100)
    findings = postdesk("-c", opened, "--now", "2026-06-01T09:00", "doctor", "--json").json
    (wrong,) = [one for one in findings if not one["well"]]
    assert wrong["check"] == "database"
    assert "not a database" in wrong["told"]


def test_doctor_says_what_is_wrong_and_what_to_do(home: Path, postdesk: Postdesk) -> None:
    shutil.rmtree(home / "inbox")
    (home / "inbox").write_text("a file where a folder should be")
    (home / "data" / "secret.key").chmod(0o644)
    ended = postdesk("-c", home, "--now", "2026-06-01T09:00", "doctor")
    assert ended.status == 3
    wrong = [line for line in ended.lines if line.startswith("✗")]
    assert len(wrong) == 3  # mailbox, database that is not there yet, key
    assert "chmod 600" in ended.out
    assert "db upgrade" in ended.out


# ---- a database that is not there, or is ahead ---------------------------------------------------


@pytest.mark.parametrize("command", [("db", "check"), ("doctor",)])
def test_to_ask_for_the_database_makes_none(
    home: Path, postdesk: Postdesk, command: tuple[str, ...]
) -> None:
    ended = postdesk("-c", home, *command)
    assert ended.status == 3
    assert "no database yet" in ended.out + ended.err
    assert "postdesk db upgrade" in ended.out + ended.err
    assert not list((home / "data").glob("postdesk.db*"))


@pytest.mark.parametrize(
    "command", [("db", "check"), ("db", "upgrade"), ("list",), ("run", "--once"), ("doctor",)]
)
def test_a_database_of_a_newer_release_is_left_alone(
    home: Path, postdesk: Postdesk, command: tuple[str, ...]
) -> None:
    assert postdesk("-c", home, "db", "upgrade").status == 0
    with closing(sqlite3.connect(home / "data" / "postdesk.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    ended = postdesk("-c", home, *command)
    assert ended.status == 3
    assert "newer postdesk" in ended.out + ended.err
    assert "9999" in ended.out + ended.err
