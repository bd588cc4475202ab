"""The team writes for a user (spec 2.4): forwarded heads with a name alone, mails attached as
files, and users whom the member of the team names himself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from processor.demo.correspondent import Enclosed
from tests.journeys.desk import Story

MAILS = Path(__file__).parents[1] / "mails" / "parsing"
NAME_ONLY = {
    "Outlook zh": "________________________________\n发件人: 吴倩\n发送时间: 2026年11月23日 8:30\n"
    "收件人: 赵敏\n主题: 打印机卡纸",
    "Outlook en": "________________________________\nFrom: 吴倩\n"
    "Sent: Monday, November 23, 2026 8:30 AM\nTo: Zhao Min\nSubject: 打印机卡纸",
    "Foxmail": "发件人： 吴倩\n发送时间： 2026-11-23 08:30\n收件人： 赵敏\n主题： 打印机卡纸",
    "QQ": "------------------ 原始邮件 ------------------\n发件人: \"吴倩\";\n"
    "发送时间: 2026年11月23日(星期一) 上午8:30\n收件人: \"赵敏\";\n主题: 打印机卡纸",
}  # fmt: skip
TOLD = "三楼打印机卡纸，急用。"


@pytest.mark.parametrize("block", NAME_ONLY.values(), ids=NAME_ONLY.keys())
def test_a_name_alone_names_the_reporter(desk: Story, block: str) -> None:
    """Nobody knows his address: who handed it on is answered for him."""
    desk.zhao.writes("转发：打印机卡纸", f"请登记\n\n{block}\n\n{TOLD}")
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert (incident.reporter_name, incident.reporter_address) == ("吴倩", desk.zhao.address)
    assert incident.symptom == TOLD
    assert "opened" in desk.letters["zhao.min"]


def test_a_name_alone_is_found_among_the_recipients(desk: Story) -> None:
    raw = desk.zhao.writes("转发：打印机卡纸", f"请登记\n\n{NAME_ONLY['Foxmail']}\n\n{TOLD}")
    desk.withdraw()
    desk.post("Cc: 吴倩 <Wu.Qian@customer.example>\r\n".encode() + raw)
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == "wu.qian@customer.example"
    assert desk.letters["wu.qian"] == ["opened"]


def test_the_name_of_a_colleague_is_no_user(desk: Story) -> None:
    block = NAME_ONLY["Outlook zh"].replace("吴倩", "王强")
    desk.zhao.writes("转发：打印机卡纸", f"{block}\n\n{TOLD}")
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_name == "赵敏"


# ---- attached ------------------------------------------------------------------------------------


def _mail(desk: Story) -> Enclosed:
    raw = desk.person("吴倩", "wu.qian@customer.example").writes("打印机卡纸", TOLD)
    desk.withdraw()
    return Enclosed("打印机卡纸.eml", "application/octet-stream", raw)


def _saved(_: Story) -> Enclosed:
    raw = (MAILS / "outlook-file-sent-zh.msg").read_bytes()
    return Enclosed("投影仪.msg", "application/vnd.ms-outlook", raw)


@pytest.mark.parametrize("words", ["", "请登记，用户很急。"], ids=["alone", "with words"])
@pytest.mark.parametrize("enclose", [_mail, _saved], ids=["eml", "msg"])
def test_an_attached_mail_is_its_authors_report(
    desk: Story, enclose: Callable[[Story], Enclosed], words: str
) -> None:
    file = enclose(desk)
    desk.zhao.writes("转发：用户来信", words, enclosed=[file])
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    wanted = ("吴倩", "wu.qian@customer.example", TOLD)
    if file.name.endswith(".msg"):
        wanted = ("王喆", "wangzhe@corp.example", "王喆：三号会议室投影仪无法使用，截图见附件。")
    assert (incident.reporter_name, incident.reporter_address, incident.symptom) == wanted
    assert (("note", words) in desk.steps()) == bool(words)
    assert [one.name for one in desk.dossier().attachments] == [file.name]


def test_an_attached_mail_of_the_team_is_the_senders_report(desk: Story) -> None:
    raw = desk.wang.writes("打印机卡纸", TOLD)
    desk.withdraw()
    desk.zhao.writes("Fwd: 打印机卡纸", "", enclosed=[Enclosed("a.eml", "message/rfc822", raw)])
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.zhao.address


def test_a_mail_that_only_goes_with_a_report_names_nobody(desk: Story) -> None:
    """An example of a bad mail, enclosed to what one of the team reports for himself."""
    desk.zhao.writes("邮件网关拦截异常", "附件这封信被误拦，请看一下网关。", enclosed=[_mail(desk)])
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.zhao.address


def test_a_users_attached_mail_is_his_own_report(desk: Story) -> None:
    desk.li.writes("转发：打印机卡纸", "", enclosed=[_mail(desk)])
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.li.address
    assert desk.incident().symptom == TOLD


# ---- named by the team ---------------------------------------------------------------------------

WU = ("吴倩", "wu.qian@customer.example", "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("报告人：吴倩 <wu.qian@customer.example>\n打印机卡纸", WU),
        ("报告人: 吴倩 wu.qian@customer.example\n打印机卡纸", WU),
        ("你好，\n报修人：吴倩（wu.qian@customer.example），电话 13800001111\n打印机卡纸",
         ("吴倩", "wu.qian@customer.example", "13800001111")),
        ("打印机卡纸\n报告人：吴倩 财务部 6688-1234",
         ("吴倩", "zhao.min@example.com", "6688-1234")),
        ("代吴倩报修：打印机卡纸", ("吴倩", "zhao.min@example.com", "")),
        ("代 wu.qian@customer.example 报修：打印机卡纸", ("", "wu.qian@customer.example", "")),
        ("替吴倩报障，打印机卡纸", ("吴倩", "zhao.min@example.com", "")),
        ("報告人：吳倩 <wu.qian@customer.example>\n印表機卡紙",
         ("吳倩", "wu.qian@customer.example", "")),
        ("On behalf of Mary Jones <mary@customer.example>: printer jams",
         ("Mary Jones", "mary@customer.example", "")),
        ("I am writing on behalf of Mary Jones, whose printer jams.",
         ("Mary Jones", "zhao.min@example.com", "")),
        ("Reported by: Mary Jones, Finance\nThe printer jams.",
         ("Mary Jones", "zhao.min@example.com", "")),
    ],
)  # fmt: skip
def test_whom_the_team_names_is_the_reporter(
    desk: Story, text: str, wanted: tuple[str, str, str]
) -> None:
    desk.zhao.writes("打印机卡纸", text)
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    found = (incident.reporter_name, incident.reporter_address, incident.reporter_phone)
    assert found == wanted
    assert incident.symptom == text, "every word is kept"
    name = wanted[1].partition("@")[0]
    assert "opened" in desk.letters[name]


@pytest.mark.parametrize(
    "text",
    [
        "打印机卡纸，报告人请到现场",
        "报告人：\n打印机卡纸",
        "On behalf of the whole team I report that the printer jams.",
        "代为处理一下，谢谢。打印机卡纸",
        "The reporter of channel 9, a@b.example, called about the printer.",
        "报告人：赵敏\n打印机卡纸",
        "打印机卡纸\n\n> 报告人：吴倩 <wu.qian@customer.example>",
    ],
)
def test_what_names_nobody_else_is_the_senders_report(desk: Story, text: str) -> None:
    desk.zhao.writes("打印机卡纸", text)
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.zhao.address
    assert desk.incident().reporter_name == "赵敏"


def test_whom_the_team_names_counts_above_the_forwarded_head(desk: Story) -> None:
    """A head of department sent it in; the member of the team knows whose trouble it is."""
    block = NAME_ONLY["Outlook zh"].replace("吴倩", "钱主任 <qian@customer.example>")
    text = f"报告人：吴倩 <wu.qian@customer.example>\n\n{block}\n\n{TOLD}"
    desk.zhao.writes("转发：打印机卡纸", text)
    assert desk.turn() == ["opened"]
    incident = desk.incident()
    assert (incident.reporter_address, incident.symptom) == ("wu.qian@customer.example", TOLD)


def test_a_user_cannot_report_in_anothers_name(desk: Story) -> None:
    desk.li.writes("打印机卡纸", "报告人：吴倩 <wu.qian@customer.example>\n打印机卡纸")
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.li.address
    assert "wu.qian" not in desk.letters


def test_rules_judge_the_words_that_are_handed_on(desk: Story) -> None:
    desk.zhao.writes("转发：求助", f"请登记\n\n{NAME_ONLY['Foxmail']}\n\n{TOLD}")
    assert desk.turn() == ["opened"]
    assert desk.incident().group == "hardware"


def test_words_are_configuration(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(
        change=lambda settings: replace(
            settings, commands=replace(settings.commands, behalf=("pour le compte de …",))
        )
    )
    desk.zhao.writes("Imprimante", "Pour le compte de Jean Petit <jean@customer.example> : panne")
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == "jean@customer.example"
