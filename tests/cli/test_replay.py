"""`rules replay`: what other rules would make of past mails, and that nothing is written."""

from __future__ import annotations

import hashlib
import mailbox
import shutil
from datetime import timedelta
from pathlib import Path

from processor.demo.correspondent import Correspondent
from processor.demo.story import DESK
from tests.cli.conftest import LI, Postdesk
from tests.journeys.homes import MORNING

RULE = """\
- name: printers-of-finance
  when: {subject_or_body: {words: [财务, printer*]}}
  then: {category: application, group: applications, urgency: 1, tags: finance}
- name: no-greetings
  when: {subject: 大家好}
  then: {drop: true}
  stop: true
"""
ANNA = Correspondent("Anna Berg", "anna@example.org", "en")
MAILS = {
    "1.eml": (LI, "财务室打印机卡纸", "麻烦看一下"),
    "2.eml": (ANNA, "No WiFi in room 3", "Since this morning."),
    "3.eml": (LI, "大家好", "中午一起吃饭吗"),
    "4.eml": (ANNA, "Printer out of toner", "Second floor."),
}


def write(folder: Path) -> Path:
    folder.mkdir()
    for n, (name, (who, subject, text)) in enumerate(MAILS.items()):
        (folder / name).write_bytes(
            who.write(DESK, subject, text, MORNING + timedelta(minutes=10 * n))
        )
    return folder


def prints(home: Path) -> dict[str, str]:
    """Every file of a home but the cache of what was read."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and "cache" not in path.parts
    }


def test_a_folder_is_compared_with_the_configuration_in_force(
    home: Path, tmp_path: Path, postdesk: Postdesk
) -> None:
    mails = write(tmp_path / "mails")
    before_any = postdesk("-c", home, "rules", "replay", "--against", mails)
    assert before_any.status == 1
    assert "--before DIR" in before_any.err
    assert postdesk("-c", home, "run", "--once").status == 0
    none = postdesk("-c", home, "rules", "replay", "--against", mails, "--json").json
    assert (none["mails"], none["different"], none["base"]) == (4, 0, none["version"])

    (home / "config" / "rules" / "05-mine.yaml").write_text(RULE, "utf-8")
    untouched = prints(home)
    page = tmp_path / "page.html"
    found = postdesk(
        "-c", home, "rules", "replay", "--against", mails, "--json", "--html", page
    ).json
    assert prints(home) == untouched
    assert [one["mail"] for one in found["differences"]] == ["1.eml", "3.eml", "4.eml"]
    first, dropped, _ = found["differences"]
    assert first["changes"]["category"] == {
        "before": "hardware/printer",
        "after": "application",
        "rule_before": "subject-printer",
        "rule_after": "printers-of-finance",
    }
    assert first["changes"]["tags"]["after"] == "finance"
    assert dropped["changes"]["disposition"]["before"] == "opened"
    assert dropped["changes"]["disposition"]["after"] == "ignored"
    assert found["by_field"] == {
        "category": 2, "group": 2, "urgency": 2, "priority": 2, "tags": 2, "disposition": 1,
    }  # fmt: skip

    said = page.read_text("utf-8")
    assert "Hardware / Printer" in said
    assert "printers-of-finance" in said
    assert "<script" not in said

    # the same out of one mbox
    box = mailbox.mbox(tmp_path / "past.mbox")
    for name in MAILS:
        box.add((mails / name).read_bytes())
    box.close()
    again = postdesk("-c", home, "rules", "replay", "--against", tmp_path / "past.mbox", "--json")
    assert again.json["different"] == 3
    told = postdesk("-c", home, "rules", "replay", "--against", mails).lines
    assert "Mails: 4. Different: 3." in told


def test_the_spool_is_compared_with_what_was_recorded(
    home: Path, tmp_path: Path, postdesk: Postdesk
) -> None:
    mails = write(tmp_path / "mails")
    for path in mails.iterdir():
        shutil.copy(path, home / "inbox")
    assert postdesk("-c", home, "--now", "2026-11-23T10:00", "run", "--once").status == 0
    asked = ("-c", home, "rules", "replay", "--since", "2026-11-23", "--json")
    assert postdesk(*asked).json["different"] == 0
    # what people changed since is no difference of the rules
    words = ("do", "INC-20261123-0001", "#category network/lan", "--as", "zhao.min@example.com")
    done = postdesk("-c", home, "--now", "2026-11-23T10:05", *words)
    assert done.status == 0, done.err
    assert postdesk(*asked).json["different"] == 0

    (home / "config" / "rules" / "05-mine.yaml").write_text(RULE, "utf-8")
    untouched = prints(home)
    found = postdesk(*asked).json
    assert prints(home) == untouched
    assert found["base"] == "recorded"
    assert sorted(one["subject"] for one in found["differences"]) == sorted(
        ["财务室打印机卡纸", "大家好", "Printer out of toner"]
    )
    # with which letter a report is answered is told like all else that a rule decides
    for language in ("zh", "en"):
        for part in ("txt", "html"):
            own = home / "templates" / "mail" / language / f"opened.printers.{part}"
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(f'{{% extends "mail/{language}/opened.{part}" %}}')
    rule = "- {name: p, when: {subject: toner}, then: {reply_template: printers}}\n"
    (home / "config" / "rules" / "05-mine.yaml").write_text(rule, "utf-8")
    (only,) = postdesk(*asked).json["differences"]
    assert only["changes"] == {
        "reply_template": {
            "before": "", "after": "printers", "rule_before": "", "rule_after": "p",
        }
    }  # fmt: skip
    tested = postdesk("-c", home, "rules", "test", mails / "4.eml").lines
    assert "reply_template = printers   (rule p)" in tested
    later = postdesk("-c", home, "rules", "replay", "--since", "2027-01-01", "--json").json
    assert later["mails"] == 0


def test_slips_are_told(home: Path, tmp_path: Path, postdesk: Postdesk) -> None:
    replay = ("-c", home, "rules", "replay")
    assert postdesk(*replay).status == 2
    assert postdesk(*replay, "--since", "yesterday").status == 2
    assert postdesk(*replay, "--against", tmp_path / "nowhere", "--before", home).status == 1
    assert postdesk(*replay, "--against", home, "--before", tmp_path).status == 1
    other = shutil.copytree(home / "config", tmp_path / "other")
    (other / "sla.yaml").write_text("targts: {}\n", "utf-8")
    told = postdesk(*replay, "--against", home / "inbox", "--before", other)
    assert told.status == 1
    assert "config/sla.yaml:1:1" in told.err
