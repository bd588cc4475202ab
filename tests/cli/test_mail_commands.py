"""`run --once`, `ingest`, `parse`, `rules test`: mail through the command line (spec 8)."""

from __future__ import annotations

import json
import mailbox
from pathlib import Path
from typing import Any

import pytest

from processor.demo.correspondent import Correspondent, Enclosed, read
from processor.demo.story import DESK
from tests.cli.conftest import LI, Postdesk
from tests.forms.filling import INCIDENT, filled
from tests.journeys.homes import MORNING, home_of

MAILS = Path(__file__).resolve().parents[1] / "mails" / "parsing"
NOW = ("--now", "2026-11-23T09:00")
JOHN = Correspondent("John Carter", "john@customer.example", "en")


# ---- run --once ----------------------------------------------------------------------------------


def test_a_mail_in_the_inbox_becomes_an_incident_and_an_answer(
    home: Path, mail: bytes, postdesk: Postdesk
) -> None:
    (home / "inbox" / "1.eml").write_bytes(mail)
    ended = postdesk("-c", home, *NOW, "run", "--once", "--json")
    assert ended.status == 0
    assert ended.json["dispositions"] == {"opened": 1}
    answers = [read(path.read_bytes()) for path in (home / "outbox").glob("*.eml")]
    assert {str(one["X-Postdesk-Event"]) for one in answers} == {"opened", "assigned"}
    assert {str(one["X-Postdesk-Number"]) for one in answers} == {"INC-20261123-0001"}


def test_a_second_run_changes_nothing_nor_does_another_file_name(
    opened: Path, mail: bytes, postdesk: Postdesk
) -> None:
    before = postdesk("-c", opened, "show", "INC-20261123-0001", "--json", *NOW).out
    files = sorted(path.name for path in (opened / "outbox").iterdir())
    (opened / "inbox" / "again.eml").write_bytes(mail)
    for _ in range(2):
        ended = postdesk("-c", opened, *NOW, "run", "--once", "--json")
        assert ended.json["dispositions"] == {}
        assert ended.json["sent"] == 0
    assert postdesk("-c", opened, "show", "INC-20261123-0001", "--json", *NOW).out == before
    assert sorted(path.name for path in (opened / "outbox").iterdir()) == files
    assert len(postdesk("-c", opened, "list", "--json").json) == 1


def test_a_message_that_outlook_saved_becomes_an_incident(home: Path, postdesk: Postdesk) -> None:
    (home / "inbox" / "转发.msg").write_bytes((MAILS / "outlook-file-sent-zh.msg").read_bytes())
    ended = postdesk("-c", home, *NOW, "run", "--once", "--json")
    assert ended.json["dispositions"] == {"opened": 1}
    shown = postdesk("-c", home, "show", "INC-20261123-0001", "--json", *NOW).json
    assert shown["subject"] == "投影仪无法使用"
    assert shown["reporter_address"] == "wangzhe@corp.example"
    assert [one["name"] for one in shown["attachments"]] == ["王喆的故障截图（镕）.png"]
    assert (home / "inbox" / "processed" / "转发.msg").is_file()


def test_a_server_that_cannot_be_reached_is_named(tmp_path: Path, postdesk: Postdesk) -> None:
    home = home_of(tmp_path / "desk", imap=(1, "secret"))
    ended = postdesk("-c", home, "run", "--once")
    assert ended.status == 3
    assert "servicedesk" in ended.err
    assert postdesk("-c", home, "doctor").status == 3


# ---- ingest --------------------------------------------------------------------------------------


def _mails(count: int) -> list[bytes]:
    return [
        LI.write(DESK, f"{n} 楼打印机卡纸", "麻烦看一下", MORNING.replace(minute=n))
        for n in range(1, count + 1)
    ]


def test_ingest_says_one_line_for_each_and_is_idempotent(
    home: Path, mail: bytes, postdesk: Postdesk, tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(mail)
    ended = postdesk("-c", home, *NOW, "ingest", tmp_path / "a.eml")
    assert ended.status == 0
    assert len(ended.lines) == 1
    assert "opened INC-20261123-0001" in ended.out
    (tmp_path / "b.eml").write_bytes(mail)
    again = postdesk("-c", home, *NOW, "ingest", tmp_path / "b.eml", "--json").json
    assert again["file"] == str(tmp_path / "b.eml")
    assert (again["disposition"], again["incident"]) == ("opened", "INC-20261123-0001")
    assert again["reason"] == "seen_before"
    assert len(postdesk("-c", home, "list", "--json").json) == 1
    # what it queued is sent by the next run
    assert list((home / "outbox").iterdir()) == []
    postdesk("-c", home, *NOW, "run", "--once")
    assert len(list((home / "outbox").iterdir())) == 2


def test_ingest_from_a_pipe(home: Path, mail: bytes, postdesk: Postdesk) -> None:
    ended = postdesk("-c", home, *NOW, "ingest", "-", stdin=mail)
    assert (ended.status, len(ended.lines)) == (0, 1)
    assert "INC-20261123-0001" in ended.out


def test_ingest_an_mbox_and_a_maildir(home: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "old.mbox")
    folder = mailbox.Maildir(tmp_path / "Maildir")
    for number, raw in enumerate(_mails(5)):
        (box if number < 3 else folder).add(raw)
    box.close()
    ended = postdesk("-c", home, *NOW, "ingest", tmp_path / "old.mbox", tmp_path / "Maildir")
    assert (ended.status, len(ended.lines)) == (0, 5)
    assert len(postdesk("-c", home, "list", "--json").json) == 5
    again = postdesk("-c", home, *NOW, "ingest", tmp_path / "old.mbox", tmp_path / "Maildir")
    assert all(line.endswith("seen_before") for line in again.lines)


def test_a_dropped_form_is_kept_until_somebody_reads_it(
    home: Path, postdesk: Postdesk, tmp_path: Path
) -> None:
    (tmp_path / "form.docx").write_bytes(b"PK\x03\x04 a Word file")
    ended = postdesk("-c", home, *NOW, "ingest", tmp_path / "form.docx")
    assert ended.status == 3
    assert "document" in ended.err


def test_ingest_names_what_it_could_not_take(
    home: Path, mail: bytes, postdesk: Postdesk, tmp_path: Path
) -> None:
    good, bad, missing = (tmp_path / name for name in ("good.eml", "bad.eml", "missing.eml"))
    good.write_bytes(mail)
    bad.write_bytes(b"Subject: from nobody\r\n\r\nhello")
    ended = postdesk("-c", home, *NOW, "ingest", bad, missing, good)
    assert ended.status == 3
    assert len(ended.lines) == 2
    assert f"{bad}: no_sender" in ended.err
    assert str(missing) in ended.err
    assert postdesk("-c", home, *NOW, "ingest", missing).status == 1
    assert postdesk("-c", home, *NOW, "ingest", missing, good).status == 3


# ---- parse ---------------------------------------------------------------------------------------

KEYS = [
    "file", "subject", "from", "to", "cc", "reply_to", "date", "message_id", "in_reply_to",
    "references", "text", "reply_text", "language", "kind", "failed_recipients", "attachments",
    "alert", "form", "defects",
]  # fmt: skip


def _parsed(postdesk: Postdesk, *words: Any, **options: Any) -> list[dict[str, Any]]:
    ended = postdesk("parse", *words, **options)
    assert ended.status == 0, ended.err
    return [json.loads(line) for line in ended.lines]


def test_parse_prints_the_fields_of_the_specification(
    mail: bytes, postdesk: Postdesk, tmp_path: Path
) -> None:
    picture = Enclosed("面板.png", "image/png", b"\x89PNG")
    raw = LI.write(DESK, "打印机卡纸", "您好，卡纸了。", MORNING, enclosed=[picture])
    (tmp_path / "a.eml").write_bytes(raw)
    (document,) = _parsed(postdesk, tmp_path / "a.eml", "--json")
    assert list(document) == KEYS
    assert document["file"] == str(tmp_path / "a.eml")
    assert document["from"] == [{"name": "李娜", "address": "li.na@customer.example"}]
    assert document["to"] == [{"name": "", "address": DESK}]
    assert document["date"] == "2026-11-23T01:00:00+00:00"
    assert (document["kind"], document["language"]) == ("human", "zh")
    (attached,) = document["attachments"]
    assert attached["name"] == "面板.png"
    assert set(attached) == {"name", "type", "size", "sha256", "inline"}
    assert (document["alert"], document["form"]) == (None, None)


ALERT = (
    "From: zabbix@monitor.example\nTo: desk@example.com\nSubject: Problem: disk full\n"
    "Auto-Submitted: auto-generated\nContent-Type: text/plain\n\n"
    "Problem name: disk full\nHost: web01\nSeverity: High\n"
)


def test_parse_reads_the_alert_of_a_monitoring_system(
    home: Path, postdesk: Postdesk, tmp_path: Path
) -> None:
    (tmp_path / "alert.eml").write_text(ALERT)
    shipped = postdesk("-c", tmp_path / "nowhere", "parse", tmp_path / "alert.eml", "--json").json
    assert (shipped["alert"]["source"], shipped["alert"]["state"]) == ("zabbix", "problem")
    assert shipped["alert"]["fields"]["host"] == "web01"
    alerts = home / "config" / "alerts.yaml"
    alerts.write_text(
        alerts.read_text("utf-8").replace("- name: zabbix\n", "- name: ours\n"), "utf-8"
    )
    own = postdesk("-c", home, "parse", tmp_path / "alert.eml", "--json").json
    assert own["alert"]["source"] == "ours"


def test_parse_and_ingest_read_a_word_form(home: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    path = tmp_path / "三楼.docx"
    path.write_bytes(filled("incident_report", "zh", {**INCIDENT, "error_code": "0x1"}))
    said = postdesk("-c", home, *NOW, "parse", path, "--json").json
    (form,) = said["form"]
    assert (form["form"], form["known_by"], form["faults"]) == ("incident_report", "mark", [])
    assert form["fields"]["error_code"] == "0x1"
    early = postdesk(
        "-c", tmp_path / "nowhere", "--now", "2026-01-01T00:00", "parse", path, "--json"
    )
    assert [f["code"] for f in early.json["form"][0]["faults"]] == ["in_future"]
    taken = postdesk("-c", home, *NOW, "ingest", path, "--json").json
    assert (taken["disposition"], taken["incident"]) == ("opened", "INC-20261123-0001")
    again = postdesk("-c", home, *NOW, "ingest", path, "--json").json
    assert again["reason"] == "seen_before"


def test_parse_answers_and_bounces(mail: bytes, postdesk: Postdesk, tmp_path: Path) -> None:
    answer = JOHN.answer(mail, "Same here.", MORNING)
    (tmp_path / "answer.eml").write_bytes(answer)
    (tmp_path / "first.eml").write_bytes(mail)
    first, second = _parsed(postdesk, tmp_path / "first.eml", tmp_path / "answer.eml")
    assert second["in_reply_to"] == [first["message_id"]]
    assert second["reply_text"] == "Same here."
    assert "整个财务部" in second["text"]
    away = JOHN.away(mail, "Out of office", "I am away.", MORNING)
    (third,) = _parsed(postdesk, "-", stdin=away)
    assert third["kind"] == "auto_reply"


def test_parse_plain_reads_a_bare_body(postdesk: Postdesk, tmp_path: Path) -> None:
    body = "好的，收到。\n\n------------------ 原始邮件 ------------------\n发件人: x\n\n旧的内容\n"
    (tmp_path / "body.txt").write_text(body, "utf-8")
    (document,) = _parsed(postdesk, "--plain", tmp_path / "body.txt")
    assert document == {"file": str(tmp_path / "body.txt"), "reply_text": "好的，收到。"}
    (piped,) = _parsed(postdesk, "--plain", "-", stdin=body.encode("gb18030"))
    assert piped["reply_text"] == "好的，收到。"


def test_parse_of_what_is_not_there(mail: bytes, postdesk: Postdesk, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail)
    ended = postdesk("parse", tmp_path / "missing.eml")
    assert (ended.status, ended.out) == (1, "")
    assert str(tmp_path / "missing.eml") in ended.err
    some = postdesk("parse", tmp_path / "missing.eml", tmp_path / "a.eml")
    assert (some.status, len(some.lines)) == (3, 1)


# ---- rules test ----------------------------------------------------------------------------------


def test_rules_explain_what_they_make_of_a_mail(
    home: Path, mail: bytes, postdesk: Postdesk, tmp_path: Path
) -> None:
    (tmp_path / "a.eml").write_bytes(mail)
    ended = postdesk("-c", home, "rules", "test", tmp_path / "a.eml")
    assert ended.status == 0
    assert "category = hardware/printer   (rule subject-printer)" in ended.lines
    assert any(line.startswith("✓ subject-printer") for line in ended.lines)
    told = postdesk("-c", home, "rules", "test", tmp_path / "a.eml", "--json").json
    assert told["outcome"]["group"] == "hardware"
    assert told["decided_by"]["group"] == "subject-printer"
    matched = [rule["name"] for rule in told["rules"] if rule["matched"]]
    assert "subject-printer" in matched
    assert not (home / "data" / "postdesk.db").exists(), "nothing is stored"
    assert postdesk("-c", home, "rules", "test", tmp_path / "missing.eml").status == 1


@pytest.mark.parametrize(
    ("headers", "body", "told"),
    [
        ("X-Spam-Flag: YES\r\n", "hm", "The mail is ignored   (rule spam-by-header)"),
        ("X-Spam-Flag: YES\r\n", "hm", "not asked"),
        ("", "hm", "type = incident   (rule otherwise-an-incident)"),
    ],
)
def test_rules_tell_of_spam_and_of_anything_else(
    home: Path, postdesk: Postdesk, tmp_path: Path, headers: str, body: str, told: str
) -> None:
    raw = f"{headers}From: a@b.example\r\nSubject: hm\r\n\r\n{body}\r\n"
    (tmp_path / "a.eml").write_text(raw)
    assert told in postdesk("-c", home, "rules", "test", tmp_path / "a.eml").out


def test_without_rules_nothing_is_decided(home: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    for path in (home / "config" / "rules").glob("*.yaml"):
        path.unlink()
    (tmp_path / "a.eml").write_text("From: a@b.example\r\nSubject: hm\r\n\r\nhm\r\n")
    ended = postdesk("-c", home, "rules", "test", tmp_path / "a.eml")
    assert (ended.status, ended.lines) == (0, ["No rule decided anything."])


# ---- parse --explain -----------------------------------------------------------------------------


def test_each_line_is_explained_as_it_was_decided(tmp_path: Path, postdesk: Postdesk) -> None:
    mail = MAILS / "reply-apple-signature.eml"
    told = postdesk("parse", "--explain", "--json", mail).json["lines"]
    by_reason = {one["reason"]: one for one in told if one["line"]}
    assert {"new", "signature", "wrote", "prefix"} <= set(by_reason)
    assert by_reason["wrote"]["label"] == "head"
    assert by_reason["prefix"]["line"].startswith(">")
    kept = [one["line"].strip() for one in told if one["label"] == "new" and one["line"].strip()]
    reply = postdesk("parse", "--json", mail).json["reply_text"]
    assert kept == [line.strip() for line in reply.split("\n") if line.strip()]
    shown = postdesk("parse", "--explain", mail)
    assert by_reason["wrote"]["why"] in shown.out
    body = tmp_path / "body.txt"
    body.write_text("好的。\n\n> 您好\n", "utf-8")
    plain = postdesk("parse", "--plain", "--explain", "--json", body).json["lines"]
    assert [one["reason"] for one in plain if one["line"]] == ["new", "prefix"]
