"""What people really answer, and what comes of it: a table of everyday exchanges.

Each row says who writes what, in answer to which letter, by which mail program; then how the mail
ends, where the incident stands, and who is told. The words that were newly written are kept in the
journal without the quote.

What a reporter writes without a mark is no command (spec 3: a command is a line that begins with
``#`` or ``/``; a keyword alone is one of staff only): "已解决，谢谢" confirms nothing, and
"请确认一下" asks us. That something is still broken is told by plain words while we wait for his
confirmation (spec 1.3: "reporter says it is not"), and inside the window by any answer that is not
mere thanks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.desk import SOLUTION, Story
from tests.journeys.everyday_clients import CLIENTS

OPEN, TAKEN, ASKED, SOLVED = "assigned", "in_progress", "pending_user", "resolved"
REVIEW, CLOSED, LATE = "pending_review", "closed", "long closed"
NOBODY: dict[str, list[str]] = {}
WANG = {"wang.qiang": ["updated"]}
AGAIN = {"wang.qiang": ["reopened"]}
ANEW = {"li.na": ["opened"], "wang.qiang": ["assigned"]}
EVENTS = {
    OPEN: "opened", TAKEN: "accepted", ASKED: "question", SOLVED: "resolved-ask",
    REVIEW: "command-done", CLOSED: "closed", LATE: "closed",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One exchange. ``said`` is what the journal keeps where it differs from ``text``."""

    state: str
    text: str
    ends: str = "updated"
    then: str = ""  # the status after it; "" as before
    told: dict[str, list[str]] = field(default_factory=lambda: WANG)
    client: str = "outlook"
    said: str = ""
    subject: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    who: str = "li"


def row(state: str, text: str, told: dict[str, list[str]] = WANG, **more: Any) -> Row:
    return Row(state, text, told=told, **more)


DISCLAIMER = (
    "本邮件及其附件含有保密信息，仅限于发送给指定的收件人。如果您错收了本邮件，请立即删除。"
)
DISCLAIMER_EN = (
    "This e-mail and any attachments are confidential and intended solely for the addressee."
)
CARD = "--\n李娜 | 财务部\n电话：010-88886666\nE-mail: li.na@customer.example"
AWAY = (("Auto-Submitted", "auto-replied"),)

ROWS: dict[str, Row] = {
    # ---- thanks: no news ---------------------------------------------------------------------
    "thanks for taking it": row(TAKEN, "谢谢！", NOBODY, client="qq"),
    "thanks before anybody took it": row(OPEN, "好的，谢谢", NOBODY, client="netease"),
    "solved, thanks: no confirmation": row(SOLVED, "已解决，谢谢！", NOBODY, client="foxmail"),
    "it is fine now, thanks": row(SOLVED, "已经好了，谢谢，辛苦了。", NOBODY, client="wecom"),
    "works now, thanks": row(SOLVED, "Works now, thanks a lot!", NOBODY, client="outlook-en"),
    "thanks after the end": row(CLOSED, "非常感谢！", NOBODY, client="qq-phone"),
    "thanks long after": row(LATE, "谢谢老师", NOBODY, client="iphone"),
    "thanks and a signature": row(
        SOLVED, f"收到，谢谢\n\n{CARD}", NOBODY, client="outlook", said="收到，谢谢"
    ),
    "thanks and a disclaimer": row(
        SOLVED, f"Many thanks!\n\n{DISCLAIMER_EN}", NOBODY, client="outlook-en",
        said="Many thanks!",
    ),
    "thumbs up": row(SOLVED, "👍", NOBODY, client="iphone"),
    "thanks while we wait for an answer": row(ASKED, "收到，谢谢", NOBODY, client="qq"),
    # ---- still broken ------------------------------------------------------------------------
    "still broken": row(SOLVED, "还是不行，打印出来还是卡纸。", AGAIN, then=TAKEN, client="qq"),
    "not solved, in plain words": row(SOLVED, "没有解决", AGAIN, then=TAKEN, client="foxmail"),
    "still broken, English": row(
        SOLVED, "Sorry, it is still not working.", AGAIN, then=TAKEN, client="outlook-en"
    ),
    "thanks but broken again": row(
        SOLVED, "谢谢，不过今天又坏了", AGAIN, then=TAKEN, client="netease"
    ),
    "still broken, traditional": row(SOLVED, "還是不行，麻煩再看一下", AGAIN, then=TAKEN),
    "still broken, below the quote": row(
        SOLVED, "还是不行", AGAIN, then=TAKEN, client="netease-below"
    ),
    "broken again inside the window": row(
        CLOSED, "今天又卡纸了", AGAIN, then=TAKEN, client="wecom"
    ),
    "anything inside the window": row(
        CLOSED, "换一台新的可以吗？", AGAIN, then=TAKEN, client="outlook-phone"
    ),
    "broken again after the window": row(
        LATE, "又坏了，和上次一样", ANEW, ends="opened", client="qq"
    ),
    "a question after the window": row(
        LATE, "Could you send me the invoice?", ANEW, ends="opened", client="gmail-en"
    ),
    "is it still broken? a question is no answer": row(
        SOLVED, "二楼那台也是还没解决吗？", client="qq"
    ),
    # ---- not quite a confirmation ------------------------------------------------------------
    "it can be used": row(SOLVED, "可以用了", client="qq-phone"),
    "please confirm: asks us": row(
        SOLVED, "请确认一下三楼的打印机是否也换了轮子", client="foxmail"
    ),
    "confirm within a sentence": row(SOLVED, "我确认过了，能打印，但是有点慢", client="outlook"),
    "the bare keyword of a reporter is no command": row(SOLVED, "确认", client="qq"),
    "the bare keyword in English": row(SOLVED, "Confirmed.", client="outlook-en"),
    "confirms by command": row(
        SOLVED, "#确认", {"li.na": ["command-done"], "chen.jing": ["review-ask"]},
        ends="commanded", then=REVIEW, client="qq",
    ),
    "full-width sign": row(
        SOLVED, "＃确认", {"li.na": ["command-done"], "chen.jing": ["review-ask"]},
        ends="commanded", then=REVIEW, client="foxmail",
    ),
    "slash": row(
        SOLVED, "/confirm", {"li.na": ["command-done"], "chen.jing": ["review-ask"]},
        ends="commanded", then=REVIEW, client="outlook-en",
    ),
    "confirms and thanks": row(
        SOLVED, "#确认\n\n谢谢，修得很快", {"li.na": ["command-done"], "chen.jing": ["review-ask"]},
        ends="commanded", then=REVIEW, client="netease",
    ),
    "a greeting before the command": row(
        SOLVED, "您好，\n#确认", {"li.na": ["command-done"], "chen.jing": ["review-ask"]},
        ends="commanded", then=REVIEW, client="outlook",
    ),
    "rates": row(
        SOLVED, "#评分 5 很及时", {"li.na": ["command-done"]}, ends="commanded", client="qq",
    ),
    "not solved by command": row(
        SOLVED, "#未解决 还是卡", {"li.na": ["command-done"], "wang.qiang": ["reopened"]},
        ends="commanded", then=TAKEN, client="iphone",
    ),
    "a typo": row(
        SOLVED, "#确任", {"li.na": ["command-refused"]}, ends="rejected", client="qq",
    ),
    "a typo in English": row(
        SOLVED, "#confrim", {"li.na": ["command-refused"]}, ends="rejected", client="outlook-en",
    ),
    "a heading is no command": row(ASKED, "# 现象\n一打就卡", then=TAKEN, client="outlook"),
    "a path is no command": row(ASKED, "/var/log 里没有记录", then=TAKEN, client="outlook"),
    "a hash of a telephone": row(ASKED, "请打 010-88886666 转 8801#", then=TAKEN, client="qq"),
    "a number sign": row(ASKED, "#3 打印机，靠窗那台", then=TAKEN, client="outlook"),
    # ---- answers to a question ---------------------------------------------------------------
    "one line above, Outlook": row(ASKED, "型号是 LaserJet 4014", then=TAKEN, client="outlook"),
    "one line above, QQ Mail": row(ASKED, "型号是 LaserJet 4014", then=TAKEN, client="qq"),
    "one line above, NetEase": row(ASKED, "惠普 4014", then=TAKEN, client="netease"),
    "one line above, WeCom": row(ASKED, "惠普 4014", then=TAKEN, client="wecom"),
    "one line above, Apple": row(ASKED, "惠普 4014", then=TAKEN, client="apple"),
    "one line above, Gmail": row(ASKED, "惠普 4014", then=TAKEN, client="gmail"),
    "one line above, Foxmail": row(ASKED, "惠普 4014", then=TAKEN, client="foxmail"),
    "one line above, phone": row(ASKED, "惠普 4014", then=TAKEN, client="iphone"),
    "one line above, Outlook on a phone": row(
        ASKED, "惠普 4014", then=TAKEN, client="outlook-phone"
    ),
    "one line below, NetEase": row(ASKED, "惠普 4014", then=TAKEN, client="netease-below"),
    "one line below, Gmail": row(ASKED, "HP 4014, second floor", then=TAKEN, client="gmail-below"),
    "one word": row(ASKED, "是", then=TAKEN, client="qq-phone"),
    "assent": row(ASKED, "可以，随时过来", then=TAKEN, client="wecom"),
    "no": row(ASKED, "No.", then=TAKEN, client="gmail-en"),
    "a mixture of languages": row(
        ASKED, "Printer 型号 LaserJet 4014，driver 是 v6.1", then=TAKEN, client="outlook"
    ),
    "with a signature": row(
        ASKED, f"惠普 4014\n\n{CARD}", then=TAKEN, client="foxmail", said="惠普 4014"
    ),
    "with a disclaimer": row(
        ASKED, f"惠普 4014\n\n{DISCLAIMER}", then=TAKEN, client="outlook", said="惠普 4014"
    ),
    "with an unsubscribe footer": row(
        ASKED, "惠普 4014\n\n-- \n退订 | 取消订阅 unsubscribe", then=TAKEN, client="outlook",
        said="惠普 4014",
    ),
    "asked to stop the mails": row(OPEN, "请不要再给我发邮件了", client="qq"),
    "an English unsubscribe line": row(OPEN, "unsubscribe", client="gmail-en"),
    "only a signature": row(ASKED, CARD, client="outlook"),
    "only the phone's footer": row(ASKED, "", client="iphone"),
    # ---- news while it is open ---------------------------------------------------------------
    "more to say": row(TAKEN, "二楼的打印机也卡了，一样的声音", client="qq"),
    "impatience": row(TAKEN, "到底什么时候能好？？？", client="wecom"),
    "impatience, English": row(TAKEN, "Any update on this?", client="gmail-en"),
    "it went away by itself": row(OPEN, "刚才自己好了，先不用来了", client="qq-phone"),
    "status in prose asks a person": row(TAKEN, "麻烦告知一下状态", client="foxmail"),
    "status by command": row(
        TAKEN, "#状态", {"li.na": ["status"]}, ends="commanded", client="qq"
    ),
    "help by command": row(
        TAKEN, "#帮助", {"li.na": ["help"]}, ends="commanded", client="qq"
    ),
    "after confirming": row(REVIEW, "补充：换下来的轮子放在前台了", client="outlook"),
    "withdraws in prose": row(OPEN, "不用处理了，取消吧", client="qq"),
    # ---- machines ----------------------------------------------------------------------------
    "out of office": row(
        ASKED, "我正在休假，11月30日回来。", NOBODY, ends="ignored", client="bare",
        subject="自动回复：", headers=AWAY,
    ),
    "out of office, English": row(
        ASKED, "I am out of the office until Monday.", NOBODY, ends="ignored", client="bare",
        subject="Automatic reply: ", headers=AWAY,
    ),
    "out of office after the end": row(
        CLOSED, "我正在休假。", NOBODY, ends="ignored", client="bare", subject="自动回复：",
        headers=AWAY,
    ),
    "a person tells of his leave": row(
        ASKED, "我下周休假，请联系王芳 8802", then=TAKEN, client="outlook"
    ),
    # ---- others ------------------------------------------------------------------------------
    "+1 of a colleague": row(TAKEN, "+1，我这里也一样", client="qq", who="zhang"),
    "same here": row(TAKEN, "Same here, second floor.", client="outlook-en", who="zhang"),
    "a colleague's word ends no wait": row(ASKED, "我记得是惠普的", client="qq", who="zhang"),
    "a colleague's word reopens nothing": row(SOLVED, "还是不行", client="qq", who="zhang"),
    "his other address ends no wait, but is told": row(
        ASKED, "我是李娜，型号是惠普 4014", client="qq", who="home"
    ),
    "his other address confirms nothing": row(
        SOLVED, "#确认", {"li.private": ["not-proven"], "wang.qiang": ["forgery-warning"]},
        ends="held", client="qq", who="home",
    ),
}  # fmt: skip


def _reach(desk: Story, state: str) -> None:
    if state == OPEN:
        desk.printer_jam()
    elif state == TAKEN:
        desk.taken()
    elif state == ASKED:
        desk.taken()
        desk.wang.answers("assigned", "#待用户 打印机是什么型号？")
        assert desk.turn() == ["commanded"]
    elif state == SOLVED:
        desk.solved()
    elif state == REVIEW:
        desk.confirmed()
    else:
        desk.closed()
        desk.at("10:00", days=1 if state == CLOSED else 60)
        desk.turn()


def _answer(desk: Story, one: Row) -> None:
    letter = desk.li.got(EVENTS[one.state])
    writer = {
        "li": desk.li,
        "zhang": desk.person("张伟", "zhang.wei@customer.example"),
        "home": desk.person("李娜", "li.private@qq.com"),
    }[one.who]
    subject = f"{one.subject or '回复：'}{letter['Subject']}"
    text = CLIENTS[one.client](letter, one.text)
    to = str(letter["Reply-To"])
    writer.writes(subject, text, to=to, headers=one.headers, answering=letter)


@pytest.mark.parametrize("one", ROWS.values(), ids=ROWS.keys())
def test_exchange(plain_desk: Story, one: Row) -> None:
    desk = plain_desk
    _reach(desk, one.state)
    before = str(desk.incident().status)
    _answer(desk, one)
    assert desk.turn() == [one.ends]
    assert str(desk.incident().status) == (one.then or before)
    assert desk.letters == one.told
    kept = [text for kind, text in desk.steps() if kind == "mail"]
    if one.ends == "updated" and one.text and one.text != CARD:
        assert kept[-1] == (one.said or one.text)
        shown = list(desk.letters.values())
        if shown:
            assert (one.said or one.text).splitlines()[0] in desk.wang.reads(shown[0][0])
    if one.ends == "opened":
        assert desk.incident(2).symptom == (one.said or one.text)


def test_an_absence_note_and_then_the_real_answer(desk: Story) -> None:
    _reach(desk, ASKED)
    _answer(desk, ROWS["out of office"])
    assert desk.turn() == ["ignored"]
    assert str(desk.incident().status) == ASKED
    _answer(desk, ROWS["one line above, QQ Mail"])
    assert desk.turn() == ["updated"]
    assert str(desk.incident().status) == TAKEN


def test_an_old_letter_is_answered(desk: Story) -> None:
    """People answer the first mail that they find, not the last one."""
    desk.solved()
    letter = desk.li.got("opened")
    desk.li.answers("opened", "还是不行，麻烦再来一下", mail=letter)
    assert desk.turn() == ["updated"]
    assert str(desk.incident().status) == TAKEN
    desk.wang.answers("reopened", SOLUTION)
    assert desk.turn() == ["commanded"]
    desk.li.answers("opened", "#确认", mail=letter)
    assert desk.turn() == ["commanded"]
    assert str(desk.incident().status) == REVIEW


def test_still_broken_without_any_proof_is_told_and_moves_nothing(desk: Story) -> None:
    desk.solved()
    desk.li.writes(f"关于 [{desk.numbers[0]}]", "还是不行")
    assert desk.turn() == ["updated"]
    assert str(desk.incident().status) == SOLVED
    assert desk.letters == WANG


def test_a_thread_that_a_user_forwards_to_the_desk_is_his_report(desk: Story) -> None:
    chain = (
        "帮忙看一下这个\n\n---------- Forwarded message ---------\n"
        "发件人： 张伟 <zhang.wei@customer.example>\nDate: 2026年11月20日周五 16:30\n"
        "Subject: 打印机\nTo: <li.na@customer.example>\n\n二楼打印机卡纸\n\n"
        "在 2026年11月19日，下午3:00，李娜 <li.na@customer.example> 写道：\n> 打印机好用吗？"
    )
    desk.li.writes("Fwd: 打印机", chain)
    assert desk.turn() == ["opened"]
    assert desk.incident().reporter_address == desk.li.address
    assert "帮忙看一下这个" in desk.incident().symptom


def test_the_table_is_long_and_mostly_chinese() -> None:
    assert len(ROWS) >= 60
    chinese = [one for one in ROWS.values() if any("\u4e00" <= c <= "\u9fff" for c in one.text)]
    assert len(chinese) > len(ROWS) / 2
    clients = Counter(one.client for one in ROWS.values())
    assert set(clients) == set(CLIENTS)
