"""Dossiers for the tests of reports: one whole story, and its parts changed at will."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from processor.domain.incident import (
    Clock,
    ClockKind,
    Dossier,
    Incident,
    IncidentType,
    JournalEntry,
    Link,
    MailRecord,
    Source,
    Status,
    StoredAttachment,
)
from processor.domain.wording import Words
from reports.incident.vocabulary import Titles
from templates.word.make_templates import read_words

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = [ROOT / "templates" / "words"]
START = datetime(2026, 3, 2, 1, 15, tzinfo=UTC)  # 09:15 in Shanghai, a Monday
NOW = START + timedelta(days=1, hours=2)
LI, CHEN, WANG = "li.ming@huaxin.example", "chen.wei@desk.example", "wang.fang@desk.example"
TITLES = {
    "zh": Titles(
        {"hardware": "硬件", "hardware/printer": "打印机"},
        {"desk": "服务台", "printing": "打印支持组"},
        {"solved": "已解决"},
    ),
    "en": Titles(
        {"hardware": "Hardware", "hardware/printer": "Printer"},
        {"desk": "Service desk", "printing": "Printing support"},
        {"solved": "Solved"},
    ),
}
TEXTS: dict[str, dict[str, str]] = {
    "zh": {
        "li": "李明",
        "chen": "陈伟",
        "wang": "王芳",
        "department": "财务部",
        "organisation": "华信科技有限公司",
        "site": "上海总部 12 楼",
        "subject": "财务部打印机卡纸，月结凭证打不出来",
        "symptom": "您好！\n财务部的 HP M607 打印机从今天早上开始一直卡纸，面板提示 13.B2.D1。\n"
        "今天是月结，整个部门的凭证都打不出来，请尽快处理，谢谢！",
        "ask": "请问卡纸发生在哪个纸盒？能否拍一张面板的照片？",
        "answer": "是 2 号纸盒。面板照片见附件。",
        "note": "现场检查：搓纸轮磨损，库存有备件 RM2-6772。",
        "cause": "2 号纸盒搓纸轮磨损，连续进纸时打滑。",
        "action": "更换 2 号纸盒搓纸轮（RM2-6772），清洁走纸通道，连续打印 50 页测试正常。",
        "solution": "更换搓纸轮后恢复正常。建议每 5 万页预防性更换一次。",
        "comment": "处理很快，谢谢。",
        "thanks": "已经好了，谢谢！评分 5",
        "file": "打印机面板.png",
        "impact": "月结凭证无法打印，影响财务部 8 人",
    },
    "en": {
        "li": "Li Ming",
        "chen": "Chen Wei",
        "wang": "Wang Fang",
        "department": "Finance",
        "organisation": "Huaxin Technology Ltd",
        "site": "Shanghai, floor 12",
        "subject": "Finance printer jams, month-end vouchers cannot be printed",
        "symptom": "Hello,\nthe HP M607 in Finance has been jamming since this morning, the panel "
        "says 13.B2.D1.\nIt is month end and nobody in the department can print vouchers. "
        "Please help soon, thank you.",
        "ask": "In which tray does the paper jam? Could you send a photo of the panel?",
        "answer": "Tray 2. A photo of the panel is attached.",
        "note": "Looked at it on site: pickup roller worn, spare RM2-6772 is in stock.",
        "cause": "The pickup roller of tray 2 was worn and slipped.",
        "action": "Replaced the pickup roller of tray 2 (RM2-6772), cleaned the paper path, "
        "printed 50 pages without a jam.",
        "solution": "Works again with the new roller. Replace it every 50,000 pages.",
        "comment": "Very quick, thank you.",
        "thanks": "It works again, thank you! Rate 5",
        "file": "printer panel.png",
        "impact": "Month-end vouchers cannot be printed, 8 people",
    },
}


@lru_cache
def words(language: str) -> Words:
    """The shipped catalogues of one language."""
    return read_words(language, *CATALOGUES)


def template(language: str, name: str = "incident-report.docx") -> Path:
    return ROOT / "templates" / "word" / language / name


def panel(width: int = 900, height: int = 420, kind: str = "PNG") -> bytes:
    """A picture of a printer's panel."""
    image = Image.new("RGB", (width, height), "#20262e")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((30, 30, width - 30, height - 30), 24, fill="#cfe3f1")
    draw.text((70, 90), "13.B2.D1", fill="#b42318", font_size=90)
    draw.text((70, 230), "JAM IN TRAY 2", fill="#1f3a5f", font_size=56)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def incident(language: str = "zh") -> Incident:
    """The printer's story, archived; every time is before ``NOW``."""
    text = TEXTS[language]
    return Incident(
        number="INC-20260302-0007",
        type=IncidentType.INCIDENT,
        status=Status.CLOSED,
        reported_at=START,
        subject=text["subject"],
        symptom=text["symptom"],
        reporter_address=LI,
        reporter_name=text["li"],
        reporter_phone="021-5555 0142",
        department=text["department"],
        organisation=text["organisation"],
        contract="HX-2026-03",
        site=text["site"],
        language=language,
        source=Source.MAIL,
        mailbox="support@desk.example",
        occurred_at=at(-45),
        ci="PRN-FIN-02",
        system="HP LaserJet M607",
        error_code="13.B2.D1",
        likely_impact=text["impact"],
        category="hardware/printer",
        impact=3,
        urgency=1,
        priority=2,
        initial_priority=3,
        owner="desk",
        group="printing",
        assignee=CHEN,
        assigned_at=START,
        accepted_at=at(12),
        resolved_at=at(205),
        confirmed_at=at(260),
        closed_at=at(465),
        question=text["ask"],
        cause=text["cause"],
        action=text["action"],
        solution=text["solution"],
        solution_kind="permanent",
        closure_code="solved",
        resolver=CHEN,
        resolver_role="first",
        effort_minutes=55,
        confirmation="confirmed",
        satisfaction=5,
        satisfaction_comment=text["comment"],
        dispatches=1,
        hierarchical_escalations=1,
        tags=("month-end",),
    )


def clocks() -> tuple[Clock, ...]:
    return (
        Clock(ClockKind.RESPONSE, 30, "work", START, at(30), stopped_at=at(12)),
        Clock(ClockKind.RESOLUTION, 480, "work", START, at(700), 25.0, stopped_at=at(205)),
    )


def journal(language: str = "zh") -> tuple[JournalEntry, ...]:
    text = TEXTS[language]

    def change(
        when: float, actor: str, via: str, name: str, old: str | None, new: str | None
    ) -> Any:
        return JournalEntry(at(when), actor, "field", via, name, old, new)

    def step(when: float, actor: str, via: str, kind: str, said: str) -> Any:
        return JournalEntry(at(when), actor, kind, via, text=said)

    rule = "category, group: printers; urgency: month end"
    return (
        JournalEntry(START, LI, "opened", "mail:1", "status", None, "assigned"),
        step(0, "postdesk", "rule:printers", "rule", rule),
        change(5, WANG, "mail:2", "urgency", "2", "1"),
        change(5, WANG, "mail:2", "priority", "3", "2"),
        step(5, WANG, "mail:2", "reclassified", text["impact"]),
        change(12, CHEN, "mail:3", "status", "assigned", "in_progress"),
        change(12, CHEN, "mail:3", "assignee", "", CHEN),
        change(12, CHEN, "mail:3", "accepted_at", None, at(12).isoformat()),
        step(30, CHEN, "mail:4", "question", text["ask"]),
        change(30, CHEN, "mail:4", "status", "in_progress", "pending_user"),
        step(55, LI, "mail:5", "mail", text["answer"]),
        change(55, LI, "mail:5", "status", "pending_user", "in_progress"),
        step(90, CHEN, "mail:6", "note", text["note"]),
        step(180, "postdesk", "clock", "escalation", "clock:resolution:75:lead"),
        change(205, CHEN, "mail:7", "status", "in_progress", "resolved"),
        change(205, CHEN, "mail:7", "cause", "", text["cause"]),
        change(205, CHEN, "mail:7", "solution", "", text["solution"]),
        change(205, CHEN, "mail:7", "resolved_at", None, at(205).isoformat()),
        change(260, LI, "mail:8", "status", "resolved", "pending_review"),
        change(260, LI, "mail:8", "satisfaction", None, "5"),
        change(465, WANG, "shell", "status", "pending_review", "closed"),
    )


def mails(language: str = "zh") -> tuple[MailRecord, ...]:
    text = TEXTS[language]
    desk = "support@desk.example"
    subject = text["subject"]
    return (
        MailRecord(at(0), "in", "<1@huaxin>", LI, (desk,), subject, text["symptom"]),
        MailRecord(at(12), "in", "<3@desk>", CHEN, (desk,), f"Re: {subject}", "接单", "", True),
        MailRecord(at(30), "out", "<q@desk>", desk, (LI,), f"Re: {subject}", text["ask"]),
        MailRecord(at(55), "in", "<5@huaxin>", LI, (desk,), f"Re: {subject}", text["answer"]),
        MailRecord(
            at(90), "in", "<6@desk>", CHEN, (desk,), f"Re: {subject}", text["note"], "", True
        ),
        MailRecord(at(205), "out", "<r@desk>", desk, (LI,), f"Re: {subject}", text["solution"]),
        MailRecord(at(260), "in", "<8@huaxin>", LI, (desk,), f"Re: {subject}", text["thanks"]),
    )


def stored(name: str, kind: str, data: bytes, **more: Any) -> StoredAttachment:
    return StoredAttachment(name, kind, len(data), hashlib.sha256(data).hexdigest(), **more)


def dossier(language: str = "zh") -> Dossier:
    text = TEXTS[language]
    return Dossier(
        incident=incident(language),
        clocks=clocks(),
        journal=journal(language),
        mails=mails(language),
        attachments=(
            stored(text["file"], "image/png", panel(), message_id="<5@huaxin>"),
            stored(
                "vouchers.xlsx", "application/vnd.ms-excel", b"x" * 48_213, message_id="<1@huaxin>"
            ),
        ),
        links=(Link("related", "INC-20260114-0003"), Link("problem", "PRB-20260302-0001")),
        people={LI: text["li"], CHEN: text["chen"], WANG: text["wang"]},
    )


def blobs() -> dict[str, bytes]:
    return {hashlib.sha256(panel()).hexdigest(): panel()}
