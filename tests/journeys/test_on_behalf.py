"""The team hands on a user's mail: the user is the reporter (spec 2.4)."""

from __future__ import annotations

import pytest

from tests.journeys.desk import Story

BLOCKS = {
    "Outlook zh": "发件人: 吴倩 <wu.qian@customer.example>\n发送时间: 2026年11月23日 8:30\n"
    "收件人: 赵敏\n主题: 打印机卡纸",
    "Outlook en": "From: 吴倩 <wu.qian@customer.example>\nSent: Monday, November 23, 2026 8:30 AM\n"
    "To: Zhao\nSubject: 打印机卡纸",
    "Foxmail": "发件人： wu.qian@customer.example\n发送时间： 2026-11-23 08:30\n收件人： 赵敏\n"
    "主题： 打印机卡纸",
    "QQ": "------------------ 原始邮件 ------------------\n"
    '发件人: "吴倩" <wu.qian@customer.example>;\n发送时间: 2026年11月23日(星期一) 上午8:30\n'
    '收件人: "赵敏"<zhao.min@example.com>;\n主题: 打印机卡纸',
    "NetEase": '-------- 转发邮件信息 --------\n发件人："吴倩" <wu.qian@customer.example>\n'
    "发送日期：2026-11-23 08:30:00\n收件人：赵敏 <zhao.min@example.com>\n主题：打印机卡纸",
    "Gmail": "---------- Forwarded message ---------\n发件人： 吴倩 <wu.qian@customer.example>\n"
    "Date: 2026年11月23日周一 08:30\nSubject: 打印机卡纸\nTo: <zhao.min@example.com>",
    "Apple": "Begin forwarded message:\n\nFrom: 吴倩 <wu.qian@customer.example>\n"
    "Subject: 打印机卡纸\nDate: November 23, 2026 at 08:30:00 GMT+8\nTo: zhao.min@example.com",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_the_user_of_a_forwarded_mail_is_the_reporter(desk: Story, block: str) -> None:
    desk.zhao.writes("转发：打印机卡纸", f"请登记\n\n{block}\n\n三楼打印机卡纸，急用。")
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert incident.reporter_address == "wu.qian@customer.example"
    assert incident.symptom == "三楼打印机卡纸，急用。"
    assert desk.letters["wu.qian"] == ["opened"]
    assert ("note", "请登记") in desk.steps()


def test_a_user_who_hands_on_reports_for_himself(desk: Story) -> None:
    desk.li.writes("转发：打印机卡纸", f"{BLOCKS['Outlook zh']}\n\n三楼打印机卡纸，急用。")
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.li.address


def test_a_forwarded_mail_of_the_team_is_the_forwarders_report(desk: Story) -> None:
    block = BLOCKS["Outlook zh"].replace("wu.qian@customer.example", desk.wang.address)
    desk.zhao.writes("Fwd: 打印机卡纸", f"{block}\n\n三楼打印机卡纸，急用。")
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.zhao.address
