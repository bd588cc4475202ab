"""Mails by which the desk does not do what was asked: short, in the reader's language, and each
says what would be right, how to prove oneself, or that nothing needs to be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.desk import Story
from tests.journeys.people import CHECKED_BY, Person

LONGEST = 1_300  # characters of the plain text


def _zh_held(desk: Story) -> tuple[Person, str]:
    desk.wang.writes(f"Re: [{desk.numbers[0]}]", "#接单")
    return desk.wang, "not-proven"


def _zh_held_alone(desk: Story) -> tuple[Person, str]:
    desk.li.writes("请教", "#撤销")
    return desk.li, "not-proven"


def _en_held_alone(desk: Story) -> tuple[Person, str]:
    desk.john.writes("Please", "#confirm")
    return desk.john, "not-proven"


def _zh_warned(desk: Story) -> tuple[Person, str]:
    _zh_held(desk)
    return desk.zhao, "forgery-warning"


def _zh_refused(desk: Story) -> tuple[Person, str]:
    desk.li.says("#审核")
    return desk.li, "command-refused"


def _en_refused(desk: Story) -> tuple[Person, str]:
    desk.john.writes("Status", f"#status {desk.numbers[0]}")
    return desk.john, "command-refused"


def _zh_misspelt(desk: Story) -> tuple[Person, str]:
    desk.li.answers("opened", "#撒销")
    return desk.li, "command-refused"


def _zh_stranger(desk: Story) -> tuple[Person, str]:
    desk.john.writes(f"About {desk.numbers[0]}", "I have the same trouble.")
    return desk.zhao, "stranger-wrote"


def _en_reporter(desk: Story) -> None:
    desk.john.writes("Mouse broken", "The left button does nothing.")
    assert desk.turn() == ["opened"]


def _en_held(desk: Story) -> tuple[Person, str]:
    _en_reporter(desk)
    desk.john.writes(f"Re: [{desk.numbers[1]}]", "#cancel")
    return desk.john, "not-proven"


def _en_misspelt(desk: Story) -> tuple[Person, str]:
    _en_reporter(desk)
    desk.john.answers("opened", "#cancle")
    return desk.john, "command-refused"


Case = tuple[Callable[[Story], tuple[Person, str]], tuple[str, ...]]
CASES: dict[str, Case] = {
    "held, zh": (_zh_held, ("没有执行", "在第一行重写指令", "如果不是您发的", "#接单")),
    "held alone, zh": (_zh_held_alone, ("没有执行", "报告问题不需要证明", "不必操作")),
    "held, en": (
        _en_held,
        ("nothing was done", "in the first line again", "If it was not", "#cancel"),
    ),
    "held alone, en": (_en_held_alone, ("nothing was done", "a report needs no proof")),
    "warned, zh": (_zh_warned, ("指令没有执行", "本人核实", "王强")),
    "refused, zh": (_zh_refused, ("不在您的权限范围内", "都没有执行", "#帮助")),
    "refused, en": (_en_refused, ("Please check the number", "Nothing that this mail", "#help")),
    "misspelt, zh": (_zh_misspelt, ("撒销", "撤销", "都没有执行")),
    "misspelt, en": (_en_misspelt, ("#cancle", "Did you mean", "cancel")),
    "stranger, zh": (_zh_stranger, ("不是本事件的相关人", "另外登记为")),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_it_says(desk: Story, case: Case) -> None:
    write, says = case
    desk.printer_jam()
    reader, kind = write(desk)
    desk.turn()
    told = reader.reads(kind)
    assert [words for words in says if words not in told] == [], told
    assert len(told) <= LONGEST
    page = reader.got(kind).get_body(("html",))
    assert page is not None
    shown = str(page.get_content())
    assert [words for words in says if words not in shown and not words.startswith("#")] == []
    for technical in ("token", "HMAC", "DKIM", "DMARC", CHECKED_BY, "None", "{"):
        assert technical not in told


def test_a_refusal_shows_the_way_on_and_not_all_of_the_help(desk: Story) -> None:
    """Who may do much is not answered with all of it: what is likely, the state, and the help."""
    desk.taken()
    for who in (desk.zhao, desk.wang, desk.chen):
        who.says("#备住 备件明天到")
        told = desk.refuses(who, "#备注")
        offered = [line.strip() for line in told.splitlines() if line.startswith("    #")]
        assert len(offered) <= 6, offered
        assert offered[0].startswith("#备注")
        assert offered[-2:] == ["#状态", "#帮助"]
        assert len(told) <= LONGEST
        who.says("#帮助")
        desk.turn()
        everything = who.reads("help")
        assert everything.count("\n    #") > 6
        assert "#勾选" not in everything, "IT has no checklist"
