"""Forms that somebody drew anew, without our mark: they are known and read by their labels."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
import pytest

from processor.domain.form import FilledForm
from processor.forms.reading import read
from tests.forms.filling import checked, shipped

PAIRS = [
    ("报告人", "李娜"),
    ("所属部门", "财务部"),
    ("联系电话：", "8023"),
    ("1. 发生时间*", "2026年11月23日 8时40分"),
    ("事件标题（必填）", "打印机坏了"),
    ("故 障 现 象", "卡纸\n重启无效"),
    ("影响程度", "□整个单位 □几个部门 ☑一个部门 □个人"),
    ("紧急程度", "严重受限√  暂无影响"),
]
VALUES = {
    "reporter_name": "李娜",
    "department": "财务部",
    "reporter_phone": "8023",
    "subject": "打印机坏了",
    "symptom": "卡纸\n重启无效",
    "impact": "3",
    "urgency": "2",
}


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def titled(title: str = "某某公司 事件报告单") -> Any:
    document = docx.Document()
    document.add_paragraph(title)
    return document


def understood(document: Any, name: str = "incident_report") -> FilledForm:
    form = read(saved(document), shipped())
    assert form is not None
    assert form.form.name == name
    assert form.known_by == "labels"
    return form


def holds_everything(document: Any) -> None:
    form = understood(document)
    assert form.language == "zh"
    result = checked(form)
    assert result.faults == ()
    found = {name: result.values[name] for name in VALUES}
    assert found == VALUES
    at = result.values["occurred_at"]
    assert isinstance(at, datetime)
    assert at.isoformat() == "2026-11-23T08:40:00+08:00"


def test_labels_left_of_values() -> None:
    document = titled()
    table = document.add_table(rows=0, cols=2)
    for label, value in PAIRS:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    holds_everything(document)


def test_two_pairs_in_a_row_and_merged_cells() -> None:
    document = titled()
    table = document.add_table(rows=0, cols=4)
    for at in (0, 2):
        cells = table.add_row().cells
        for place, (label, value) in enumerate(PAIRS[at : at + 2]):
            cells[2 * place].text, cells[2 * place + 1].text = label, value
    for label, value in PAIRS[4:]:
        cells = table.add_row().cells
        cells[0].text = label
        cells[1].merge(cells[3]).text = value
    tall = table.add_row().cells[0]
    last = table.add_row().cells[0]
    tall.merge(last).text = "造成的影响"
    table.rows[-2].cells[1].text = "不能报销"
    table.rows[-1].cells[1].text = "客户在等"
    holds_everything(document)
    assert understood(document).texts["likely_impact"] == "不能报销\n客户在等"


def test_labels_above_values() -> None:
    document = titled()
    for at in (0, 4):
        table = document.add_table(rows=2, cols=4)
        for column, (label, value) in enumerate(PAIRS[at : at + 4]):
            table.cell(0, column).text = label
            table.cell(1, column).text = value
        document.add_paragraph("")
    holds_everything(document)


def test_paragraphs_with_colons() -> None:
    document = titled()
    document.add_paragraph("报告人：李娜    所属部门：财务部    电话: 8023")
    document.add_paragraph("发生时间：2026年11月23日 8时40分")
    document.add_paragraph("标题：打印机坏了")
    document.add_paragraph("故障现象：卡纸")
    document.add_paragraph("重启无效")
    document.add_paragraph("影响程度：（√）一个部门 （ ）个人")
    document.add_paragraph("紧急程度：2")
    holds_everything(document)


def test_label_and_value_in_one_cell() -> None:
    document = titled()
    table = document.add_table(rows=4, cols=2)
    texts = [
        "报告人：李娜", "所属部门：财务部", "电话：8023", "发生时间：2026年11月23日 8时40分",
        "标题：打印机坏了", "故障现象：\n卡纸\n重启无效", "影响度：■一个部门或小组 □一个人",
        "紧急度：工作严重受限",
    ]  # fmt: skip
    for at, text in enumerate(texts):
        table.cell(at // 2, at % 2).text = text
    holds_everything(document)


def test_english_and_both_languages() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for label, value in (
        ("报告人 Reporter", "John"),
        ("部门 Department", "Sales"),
        ("电话 Phone", "1"),
        ("地点 Location", "Floor 2"),
        ("发生时间 Occurred at", "23 November 2026 8:40 am"),
        ("标题 Subject", "Printer"),
        ("故障现象 Description", "It jams"),
        ("系统 Affected system", "Printing"),
        ("错误代码 Error code", "0x1"),
        ("影响度 Impact", "[ ] One person  [x] One department or group"),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    result = checked(understood(document))
    assert result.values["impact"] == "3"
    assert [(fault.field, fault.code) for fault in result.faults] == [("urgency", "missing")]


def test_an_inspection_sheet_with_pairs_around_its_table() -> None:
    document = titled("机房巡检记录表")
    head = document.add_table(rows=1, cols=4)
    for cell, text in zip(
        head.rows[0].cells, ("巡检人", "王强", "巡检日期", "2026.11.23"), strict=True
    ):
        cell.text = text
    document.add_paragraph("巡检地点：总部机房")
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(
        table.rows[0].cells, ("序号", "检查项目", "结果", "情况说明"), strict=True
    ):
        cell.text = text
    for row in (
        ("1", "温度", "正常，22度", ""),
        ("2", "UPS", "异常", "电池告警"),
        ("3", "空调", "漏水", ""),
        ("4", "", "", ""),
        ("5", "门禁", "☑正常 □异常", ""),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    result = checked(understood(document, "inspection_record"))
    assert result.faults == ()
    assert result.rows == 4
    told = [(one.place, one.values["item"], one.values["finding"]) for one in result.findings]
    assert told == [(2, "UPS", "电池告警"), (3, "空调", "漏水")]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (),
        ("请看一下：打印机坏了", "时间：今天"),
        ("会议纪要", "主题：预算", "地点：三楼", "时间：周一", "参加人：李娜"),
        ("姓名：李娜", "电话：8023", "部门：财务部", "个人简历"),
    ],
    ids=["empty", "letter", "minutes", "curriculum"],
)
def test_other_documents_are_no_forms(paragraphs: Sequence[str]) -> None:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    assert read(saved(document), shipped()) is None
