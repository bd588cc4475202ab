"""Forms for tests: our blank ones filled in as Word does it, others drawn from nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from processor.domain.form import FilledForm, FormSettings, FormSpec
from processor.forms.checking import Checked, check
from processor.forms.marks import CHECKED
from processor.forms.reading import TAG
from processor.settings.home import make_home
from processor.settings.loader import load
from processor.settings.packaged import data

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


@lru_cache(maxsize=1)
def shipped() -> FormSettings:
    """The forms that `init` ships."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        make_home(home, "zh")
        return load(home).forms


def spec(name: str) -> FormSpec:
    found = shipped().named(name)
    assert found is not None
    return found


def blank(name: str, language: str) -> bytes:
    """A shipped blank form."""
    return (data("templates") / spec(name).template.replace("{language}", language)).read_bytes()


def filled(
    name: str,
    language: str,
    values: Mapping[str, str | Sequence[str]],
    rows: Sequence[Mapping[str, str]] = (),
) -> bytes:
    """The blank form with ``values`` typed into its controls. Answers are given by their codes: a
    list ticks boxes or, of a drop-down list, chooses."""
    document = docx.Document(io.BytesIO(blank(name, language)))
    form = spec(name)
    wanted: dict[str, str | Sequence[str]] = dict(values)
    for number, row in enumerate(rows, start=1):
        wanted |= {f"{number}:{column}": value for column, value in row.items()}
    for control in document.element.body.iter(qn("w:sdt")):
        tag = control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")).removeprefix(TAG)
        field, _, code = tag.partition("=")
        value = wanted.get(field)
        if value is None:
            continue
        if code:
            if code in value:
                _tick(control)
            continue
        asked = form.field_named(field.rpartition(":")[2])
        titles = {c.code: c.title(language) for c in asked.choices} if asked else {}
        said = value if isinstance(value, str) else value[0]
        type_into(control, titles.get(said, said))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def type_into(control: Any, text: str) -> None:
    """What Word does when somebody types into a control."""
    properties = control.find(qn("w:sdtPr"))
    for shown in properties.findall(qn("w:showingPlcHdr")):
        properties.remove(shown)
    content = control.find(qn("w:sdtContent"))
    for run in list(content):
        content.remove(run)
    run = OxmlElement("w:r")
    for at, line in enumerate(text.split("\n")):
        if at:
            run.append(OxmlElement("w:br"))
        said = OxmlElement("w:t")
        said.text = line
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(said)
    content.append(run)


def retype(document: Any, field: str, text: str) -> None:
    """Type into one control of an open form."""
    type_into(_control(document, field), text)


def untick(document: Any, tag: str) -> None:
    """Take the tick out of one box of an open form."""
    for state in _control(document, tag).iter(f"{W14}checked"):
        state.set(f"{W14}val", "0")


def _control(document: Any, tag: str) -> Any:
    for control in document.element.body.iter(qn("w:sdt")):
        if control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == TAG + tag:
            return control
    raise LookupError(tag)


def _tick(control: Any) -> None:
    for state in control.iter(f"{W14}checked"):
        state.set(f"{W14}val", "1")
    for said in control.iter(qn("w:t")):
        said.text = CHECKED


INCIDENT: dict[str, str | Sequence[str]] = {
    "reporter_name": "李娜",
    "department": "财务部",
    "reporter_phone": "8023",
    "site": "总部三楼",
    "occurred_at": "2026年11月23日 上午8点40分",
    "subject": "三楼网络打印机打不出来",
    "symptom": "任务一直停在队列里。\n重启打印机和电脑都没有用。",
    "system": "打印服务",
    "ci": "HP-3F-02",
    "error_code": "0x0000011b",
    "likely_impact": "财务部六个人不能打印",
    "category": ["hardware"],
    "impact": ["3"],
    "urgency": ["2"],
    "tried": "重启过两次",
}
"""An incident report, complete and right on the morning of the stories."""

REQUEST: dict[str, str | Sequence[str]] = {
    "reporter_name": "John Carter",
    "department": "Sales",
    "subject": "VPN access for a new colleague",
    "request_kind": ["service/access"],
    "symptom": "Please give Mary Poole access to the VPN.",
    "beneficiary": "Mary Poole",
    "needed_by": "1 December 2026",
}
INSPECTION: dict[str, str | Sequence[str]] = {
    "reporter_name": "王强",
    "inspected_at": "2026.11.23 8:30",
    "site": "总部机房",
    "conditions": "22℃ / 45%",
}
ROWS: list[dict[str, str]] = [
    {"item": "机房温度", "result": "normal"},
    {"item": "UPS", "device": "UPS-01", "result": "finding", "finding": "电池告警灯亮"},
    {"item": "核心交换机", "device": "SW-01", "result": "finding", "finding": "风扇异响"},
    {"item": "备份任务", "result": "normal"},
    {"item": "门禁", "result": "finding", "finding": "读卡器无反应", "done": "已临时派人值守"},
]
CHANGE: dict[str, str | Sequence[str]] = {
    "reporter_name": "王强",
    "subject": "核心交换机更换风扇",
    "change_kind": ["normal"],
    "risk": ["medium"],
    "ci": "SW-01",
    "symptom": "更换 SW-01 的两个风扇",
    "reason": "巡检发现异响",
    "likely_impact": "无，双电源热插拔",
    "starts_at": "2026年11月28日 22:00",
    "ends_at": "2026年11月28日 23:00",
    "plan": "逐个更换",
    "back_out": "装回原风扇",
}
ABNORMAL: dict[str, str | Sequence[str]] = {
    "subject": "二楼配电间冒烟",
    "occurred_at": "二〇二六年十一月二十二日下午三点半",
    "site": "二楼配电间",
    "level": ["2"],
    "state": ["3"],
    "kinds": ["safety", "equipment"],
    "symptom": "巡逻时发现配电间冒烟，已断电。",
    "notified": ["management", "fire"],
    "reporter_name": "刘洋",
}
INVESTIGATION: dict[str, str | Sequence[str]] = {
    "subject": "Smoke in the switch room",
    "occurred_at": "22 November 2026 3:30 pm",
    "site": "Floor 2",
    "severity": ["2"],
    "symptom": "A contactor overheated.\nNobody was hurt.",
    "direct_cause": "Loose terminal",
    "corrective": "Terminal replaced",
    "preventive": "Thermal pictures each quarter",
    "settled": ["cause", "measures"],
    "investigators": "Liu Yang, Wang Qiang",
    "reporter_name": "Liu Yang",
    "reported_on": "23 November 2026",
}
EMERGENCY: dict[str, str | Sequence[str]] = {
    "subject": "三号仓库起火",
    "occurred_at": "2026年11月23日 8:50",
    "place": "三号仓库",
    "level": ["1"],
    "kind": ["fire"],
    "casualties": "暂无",
    "situation": "货架起火，浓烟，正在组织疏散。",
    "plan": "火灾疏散预案",
    "evacuated": "32 人已到集合点",
    "commander": "何伟",
    "rescue": ["fire", "medical"],
    "help": "两台排烟机",
    "reporter_name": "李娜",
    "reporter_phone": "8023",
}
CAMPUS: dict[str, str | Sequence[str]] = {
    "subject": "课间在操场受到推搡",
    "occurred_at": "2026年11月23日 8时",
    "place": "学校操场",
    "level": ["2"],
    "kind": ["physical"],
    "course": "张小明被李志强推倒并辱骂，王芳在场。",
    "victim": "张小明（初二3班）",
    "bully": "李志强",
    "witnesses": "王芳",
    "told": ["class_teacher"],
    "reporter_name": "周敏华",
}
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
ZONE = ZoneInfo("Asia/Shanghai")


def checked(form: FilledForm) -> Checked:
    """What the desk makes of a form on the morning of the stories."""
    return check(form, now=NOW, zone=ZONE, ahead=timedelta(minutes=15))
