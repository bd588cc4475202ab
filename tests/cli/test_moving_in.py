"""What a desk brings along: working calendars, and the mails of the mailbox that it takes over."""

from __future__ import annotations

import io
import mailbox
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import Workbook

from processor.domain.business_calendar import BusinessCalendar
from processor.settings.loader import load
from tests.cli.conftest import Postdesk, moved_to

# ---- calendars -----------------------------------------------------------------------------------


def working(home: Path) -> BusinessCalendar:
    return load(home).calendars["working-time"]


def is_off(calendar: BusinessCalendar, day: str) -> bool:
    begin = datetime.combine(date.fromisoformat(day), time(), calendar.zone)
    return calendar.minutes_between(begin, begin + timedelta(hours=23)) == 0


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20321001
DTEND;VALUE=DATE:20321008
SUMMARY:国庆节 假期
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;VALUE=DATE:20320926
SUMMARY:国庆节 补班
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;VALUE=DATE:20321009
SUMMARY:National Day
X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART:20321101T090000Z
SUMMARY:a meeting
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART;VALUE=DATE:20321224
RRULE:FREQ=YEARLY
SUMMARY:Christmas Eve
END:VEVENT
END:VCALENDAR
"""
ROWS = [
    ("开始日期", "结束日期", "类型", "名称"),
    ("2032-10-01", "2032年10月7日", "放假", "国庆节"),
    ("2032/9/26", "", "补班", "国庆节"),
    ("20321009", "", "上班", "国庆节"),
    ("有空再说", "", "放假", ""),
    ("2032-12-24", "", "也许", ""),
    ("2032-12-01", "2033-12-01", "", ""),
]


def xlsx() -> bytes:
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], int]] = {
    "days.ics": (ICS.encode, 2),
    "days.csv": (lambda: "\n".join(",".join(row) for row in ROWS).encode("gb18030"), 3),
    "days.xlsx": (xlsx, 3),
}


@pytest.mark.parametrize("name", FILES)
def test_days_off_come_from_a_file(
    name: str, home: Path, tmp_path: Path, postdesk: Postdesk
) -> None:
    make, faults = FILES[name]
    (tmp_path / name).write_bytes(make())
    target = home / "config" / "calendars.yaml"
    before = target.read_text("utf-8")
    order = ("-c", home, "calendar", "import", tmp_path / name)

    dry = postdesk(*order, "--dry-run", "--json")
    assert dry.status == 3
    assert (dry.json["added"], dry.json["same"], len(dry.json["faults"])) == (9, 0, faults)
    assert target.read_text("utf-8") == before

    ended = postdesk(*order)
    assert ended.status == 3
    assert len(ended.err.splitlines()) == faults
    calendar = working(home)
    for day in ("2032-10-01", "2032-10-07"):
        assert is_off(calendar, day)
    for day in ("2032-10-09", "2032-09-26", "2032-10-08"):
        assert not is_off(calendar, day)
    assert calendar.covers(date(2032, 5, 1))  # October's holidays are there
    assert not calendar.covers(date(2033, 5, 1))
    after = target.read_text("utf-8")
    for comment in (line for line in before.splitlines() if line.strip().startswith("#")):
        assert comment in after

    again = postdesk(*order, "--json")
    assert (again.json["added"], again.json["changed"], again.json["same"]) == (0, 0, 9)
    assert target.read_text("utf-8") == after
    assert postdesk("-c", home, "config", "check").status == 0


def test_a_day_moves_from_one_list_to_the_other_and_known_ones_are_left(
    home: Path, tmp_path: Path, postdesk: Postdesk
) -> None:
    order = ("-c", home, "calendar", "import", tmp_path / "days.csv", "--json")
    (tmp_path / "days.csv").write_text("date,kind\n2032-05-03,off\n2026-10-01,off\n")
    assert postdesk(*order).json | {"file": ""} == {
        "file": "", "added": 1, "changed": 0, "same": 1, "dry_run": False, "faults": [],
    }  # fmt: skip
    (tmp_path / "days.csv").write_text("date,kind\n2032-05-03,working day\n")
    moved = postdesk(*order).json
    assert (moved["added"], moved["changed"]) == (0, 1)
    assert not is_off(working(home), "2032-05-03")


def test_what_cannot_be_imported_is_said(home: Path, tmp_path: Path, postdesk: Postdesk) -> None:
    order = ("-c", home, "calendar", "import")
    (tmp_path / "bad.csv").write_text("what,who\n1,2\n")
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "bad.ics").write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:yesterday\n")
    before = (home / "config" / "calendars.yaml").read_text("utf-8")
    for name, told in (("bad.csv", "date"), ("bad.xlsx", "read"), ("none.csv", "read")):
        ended = postdesk(*order, tmp_path / name)
        assert (ended.status, told in ended.err) == (1, True), ended.err
    assert postdesk(*order, tmp_path / "bad.ics").status in (0, 1)
    wrong = postdesk(*order, tmp_path / "bad.csv", "--calendar", "round-the-clock")
    assert (wrong.status, "working-time" in wrong.err) == (1, True)
    assert (home / "config" / "calendars.yaml").read_text("utf-8") == before


# ---- old mails -----------------------------------------------------------------------------------


def mail(
    number: int, sender: str, subject: str, text: str, day: str, answers: int = 0, **more: str
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = sender, subject
    made["To"] = more.pop("to", "servicedesk@example.com")
    made["Date"] = day
    made["Message-ID"] = f"<old-{number}@customer.example>"
    if answers:
        made["In-Reply-To"] = f"<old-{answers}@customer.example>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


LI, WANG = "Li Na <li.na@customer.example>", "王强 <wang.qiang@example.com>"
OLD = [  # in no order of time, as exports are
    mail(2, WANG, "Re: 打印机卡纸", "已清理进纸辊，恢复正常。",
         "Mon, 02 Mar 2026 15:00:00 +0800", 1, to="li.na@customer.example"),
    mail(1, LI, "打印机卡纸", "三楼的打印机又卡纸了，请尽快处理。",
         "Mon, 02 Mar 2026 09:00:00 +0800"),
    mail(3, LI, "回复: 打印机卡纸", "谢谢，好了。", "Tue, 03 Mar 2026 09:00:00 +0800", 2),
    mail(4, LI, "VPN cannot connect", "Error 691 since this morning.",
         "Wed, 04 Mar 2026 09:00:00 +0800"),
    mail(5, LI, "RE: VPN cannot connect", "Still the same.", "Thu, 05 Mar 2026 09:00:00 +0800"),
    mail(6, LI, "RE: VPN cannot connect", "Again, months later.",
         "Thu, 05 Nov 2026 09:00:00 +0800"),
    mail(7, "robot@customer.example", "Automatic reply: away", "I am away.",
         "Fri, 06 Mar 2026 09:00:00 +0800", Auto_Submitted="auto-replied"),
    mail(8, "servicedesk@example.com", "Your request", "We look into your request.",
         "Sat, 07 Mar 2026 09:00:00 +0800", to="fang.wei@customer.example"),
]  # fmt: skip


def archive(path: Path, mails: list[EmailMessage]) -> Path:
    box = mailbox.mbox(path)
    for one in mails:
        box.add(one)
    box.flush()
    box.close()
    return path


def test_old_mails_become_closed_records_and_nobody_is_answered(
    home: Path, tmp_path: Path, postdesk: Postdesk, empty_database_url: str
) -> None:
    moved_to(home, empty_database_url)
    at = ("-c", home, "--now", "2026-11-23T09:00")
    old = deepcopy(OLD)
    old[1].add_attachment(b"jam", maintype="image", subtype="png", filename="jam.png")
    box = archive(tmp_path / "Archive", old)  # no suffix: as Thunderbird names it
    before = box.read_bytes()

    dry = postdesk(*at, "migrate", box, "--dry-run", "--json")
    counts = {"opened": 4, "updated": 3, "ignored": 1, "seen": 0}
    assert dry.status == 0, dry.err
    assert {name: dry.json[name] for name in counts} == counts
    assert postdesk(*at, "list", "--json").json == []
    assert not list((home / "data" / "blobs").rglob("*"))

    ended = postdesk(*at, "migrate", box)
    assert ended.status == 0, ended.err
    assert box.read_bytes() == before
    rows = {one["number"]: one for one in postdesk(*at, "list", "--json").json}
    assert sorted(rows) == [
        "INC-20260302-0001", "INC-20260304-0001", "INC-20261105-0001", "REQ-20260307-0001",
    ]  # fmt: skip
    assert {one["status"] for one in rows.values()} == {"closed"}

    printer = postdesk(*at, "show", "INC-20260302-0001", "--json").json
    assert printer["subject"] == "打印机卡纸"
    assert printer["reporter_address"] == "li.na@customer.example"
    assert "清理进纸辊" in printer["solution"]
    assert printer["resolver"] == "wang.qiang@example.com"
    assert [one["message_id"] for one in printer["mails"]] == [
        f"old-{n}@customer.example" for n in (1, 2, 3)
    ]
    assert [one["name"] for one in printer["attachments"]] == ["jam.png"]
    assert printer["clocks"] == []
    assert printer["category"].startswith("hardware")
    assert "migrated" in printer["tags"]
    vpn = postdesk(*at, "show", "INC-20260304-0001", "--json").json
    assert len(vpn["mails"]) == 2  # by its subject alone, and not months later
    asked = postdesk(*at, "show", "REQ-20260307-0001", "--json").json
    assert asked["reporter_address"] == "fang.wei@customer.example"

    # nothing goes out, nothing rings, also a year later
    for when in ("2026-11-23T10:00", "2027-11-23T10:00"):
        assert postdesk("-c", home, "--now", when, "run", "--once").status == 0
    told = [path.read_text("utf-8", "replace") for path in (home / "outbox").rglob("*.eml")]
    assert not [text for text in told if "li.na@customer.example" in text or "INC-2026" in text]

    # the same again changes nothing; a copy by another way is known
    again = postdesk(*at, "migrate", box, "--json").json
    assert (again["opened"], again["updated"], again["seen"]) == (0, 0, 8)
    (home / "inbox" / "copy.eml").write_bytes(b"Received: by x\r\n" + old[1].as_bytes())
    assert postdesk(*at, "run", "--once").status == 0
    assert len(postdesk(*at, "list", "--json").json) == 4

    # and who answers to an old thread is heard: what is closed that long begins anew
    reply = mail(
        9, LI, "回复: 打印机卡纸", "打印机又卡纸了。", "Mon, 23 Nov 2026 09:00:00 +0800", 3
    )
    (home / "inbox" / "reply.eml").write_bytes(reply.as_bytes())
    assert postdesk(*at, "run", "--once").status == 0
    newest = postdesk(*at, "list", "--json").json[0]
    follows = postdesk(*at, "show", newest["number"], "--json").json
    assert "INC-20260302-0001" in str(follows["links"])


def test_archives_that_are_none(home: Path, tmp_path: Path, postdesk: Postdesk) -> None:
    missing = postdesk("-c", home, "migrate", tmp_path / "missing.mbox")
    assert missing.status == 1
    assert "missing.mbox" in missing.err
    (tmp_path / "empty.mbox").write_bytes(b"")
    ended = postdesk("-c", home, "migrate", tmp_path / "empty.mbox", "--json")
    assert (ended.status, ended.json["opened"]) == (0, 0)
    folder = tmp_path / "maildir" / "cur"
    folder.mkdir(parents=True)
    for number, one in enumerate(OLD[3:5]):
        (folder / f"{number}:2,S").write_bytes(one.as_bytes())
    both = postdesk("-c", home, "--now", "2026-11-23", "migrate", folder.parent, "--json").json
    assert (both["opened"], both["updated"]) == (1, 1)
