"""A colleague in Cc answers all before our number was known (spec 2.4): he is joined to the
incident of the first mail, whatever his mail program keeps of the thread."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from processor.demo.story import DESK
from tests.journeys.desk import Story

SUBJECT = "三楼财务室打印机卡纸"
ZHANG = "zhang.wei@customer.example"


@dataclass(frozen=True)
class Client:
    """How a mail program writes an answer to all: ``{id}`` is the first mail's Message-ID."""

    prefix: str
    head: str
    threads: tuple[tuple[str, str], ...] = ()


CLIENTS = {
    "Outlook zh": Client(
        "答复: ",
        "________________________________\n发件人: 李娜 <li.na@customer.example>\n"
        "发送时间: 2026年11月23日 9:00\n收件人: 服务台 <{desk}>\n"
        "抄送: 张伟 <zhang.wei@customer.example>\n"
        "主题: {subject}\n\n"
        "整个财务部都打印不了，麻烦看一下。",
        (("In-Reply-To", "<{id}>"), ("References", "<{id}>"), ("Thread-Index", "AdwAAAA==")),
    ),
    "Outlook en": Client(
        "RE: ",
        "________________________________\nFrom: 李娜 <li.na@customer.example>\n"
        "Sent: Monday, November 23, 2026 9:00 AM\nTo: Service Desk <{desk}>\n"
        "Cc: 张伟 <zhang.wei@customer.example>\nSubject: {subject}\n\n"
        "整个财务部都打印不了，麻烦看一下。",
        (("In-Reply-To", "<{id}>"), ("References", "<{id}>")),
    ),
    "Foxmail": Client(
        "回复: ",
        "发件人： 李娜\n发送时间： 2026-11-23 09:00\n收件人： servicedesk\n抄送： zhang.wei\n"
        "主题： {subject}\n整个财务部都打印不了，麻烦看一下。",
        (("References", "<first@customer.example>, <{id}>"),),
    ),
    "NetEase": Client(
        "Re:",
        '在 2026-11-23 09:00:00，"李娜" <li.na@customer.example> 写道：\n'
        "> 整个财务部都打印不了，麻烦看一下。",
        (("In-Reply-To", "<{id}>"), ("References", "<{id}>")),
    ),
    "Gmail en": Client(
        "Re: ",
        "On Mon, Nov 23, 2026 at 9:00 AM 李娜 <li.na@customer.example> wrote:\n"
        "> 整个财务部都打印不了，麻烦看一下。",
        (("In-Reply-To", "<{id}>"), ("References", "<{id}>")),
    ),
    "QQ without References": Client(
        "回复：",
        "------------------ 原始邮件 ------------------\n"
        '发件人: "李娜" <li.na@customer.example>;\n发送时间: 2026年11月23日(星期一) 上午9:00\n'
        '收件人: "服务台"<{desk}>;\n抄送: "张伟"<zhang.wei@customer.example>;\n'
        "主题: {subject}\n\n"
        "整个财务部都打印不了，麻烦看一下。",
    ),
    "phone without anything": Client("回复：", "发自我的手机"),
}


def _first(desk: Story, to: str = f"{DESK}, {ZHANG}") -> str:
    raw = desk.li.writes(SUBJECT, "整个财务部都打印不了，麻烦看一下。", to=to)
    return str(desk.read(raw)["Message-ID"]).strip("<>")


def _answers_all(desk: Story, client: Client, told: str, text: str = "我也遇到了。") -> None:
    zhang = desk.person("张伟", ZHANG)
    fill = {"id": told, "desk": DESK, "subject": SUBJECT}
    headers = [(name, value.format(**fill)) for name, value in client.threads]
    headers.append(("Cc", "li.na@customer.example"))
    zhang.writes(
        f"{client.prefix}{SUBJECT}", f"{text}\n\n{client.head.format(**fill)}", headers=headers
    )


@pytest.mark.parametrize("together", [True, False], ids=["in one turn", "minutes later"])
@pytest.mark.parametrize("client", CLIENTS.values(), ids=CLIENTS.keys())
def test_he_is_joined(desk: Story, client: Client, together: bool) -> None:
    told = _first(desk)
    if not together:
        assert desk.turn() == ["opened"]
        desk.at("09:04")
    _answers_all(desk, client, told)
    assert desk.turn()[-1] == "updated"
    assert len(desk.numbers) == 1
    assert desk.incident().watchers == (ZHANG,)
    assert ("mail", "我也遇到了。") in desk.steps()
    assert "我也遇到了。" in desk.wang.reads("updated")
    assert "zhang.wei" not in desk.letters, "no second number, no answer that asks him anything"


@pytest.mark.parametrize("name", ["QQ without References", "phone without anything"])
def test_without_any_thread_he_must_have_been_addressed(desk: Story, name: str) -> None:
    """Two people may well write under one subject: only whom the first mail itself addressed is
    taken for one of its thread."""
    told = _first(desk, to=DESK)
    desk.turn()
    _answers_all(desk, CLIENTS[name], told)
    assert desk.turn() == ["opened"]
    assert desk.incident().watchers == ()


def test_of_two_that_it_could_be_none_is_taken(desk: Story) -> None:
    told = _first(desk)
    desk.turn()
    desk.at("09:20")
    _first(desk)
    desk.turn()
    _answers_all(desk, CLIENTS["QQ without References"], told)
    assert desk.turn() == ["opened"]


def test_an_old_thread_or_another_subject_is_not_joined(desk: Story) -> None:
    told = _first(desk)
    desk.turn()
    zhang = desk.person("张伟", ZHANG)
    zhang.writes(f"回复：{SUBJECT}（二楼）", "我也遇到了。")
    assert desk.turn() == ["opened"]
    desk.at("09:00", days=20)
    _answers_all(desk, CLIENTS["phone without anything"], told)
    assert desk.turn()[0] == "opened"


def test_what_he_may_do_then(desk: Story) -> None:
    told = _first(desk)
    _answers_all(desk, CLIENTS["QQ without References"], told)
    desk.turn()
    zhang = desk.person("张伟", ZHANG)
    zhang.writes("单号", f"#状态 {desk.numbers[0]}")
    assert desk.turn() == ["commanded"]
    zhang.says("#撤销")
    desk.refuses(zhang)


def test_his_own_further_mails_find_it_too(desk: Story) -> None:
    told = _first(desk)
    _answers_all(desk, CLIENTS["phone without anything"], told)
    desk.turn()
    desk.at("10:00")
    _answers_all(desk, CLIENTS["phone without anything"], told, "现在又好了一点。")
    assert desk.turn() == ["updated"]
    assert len(desk.numbers) == 1
