"""Who is kept informed, and what was spent, by mail (抄送, 取消抄送, 工时; spec 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from processor.domain.scope import Watching
from tests.journeys.desk import Story

BOSS = "boss@customer.example"


def test_the_added_one_is_told_hears_of_it_and_can_leave(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", f"#抄送 王总 <{BOSS}>")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "boss": ["watching"]}
    assert desk.incident().watchers == (BOSS,)
    assert ("watchers", "", BOSS) in desk.changes()
    boss = desk.person("王总", BOSS)
    assert "李娜" in boss.reads("watching")
    desk.wang.answers("assigned", "#回复 备件明天到")
    desk.turn()
    assert desk.letters["boss"] == ["reply"]
    boss.clicks("watching", "取消抄送")
    assert desk.turn() == ["commanded"]
    assert desk.incident().watchers == ()
    desk.wang.answers("assigned", "#回复 已到")
    desk.turn()
    assert "boss" not in desk.letters


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#抄送", "邮箱地址"),
        ("#抄送 王总", "邮箱地址"),
        ("#抄送 boss@customer", "有效"),
        ("#抄送 mallory@evil.example", "本单位"),
        (f"#抄送 {BOSS}, mallory@evil.example", "本单位"),
        ("#抄送 li.na@customer.example", "已经"),
        ("#取消抄送 boss@customer.example", "没有"),
    ],
)
def test_reporters_mail_no_strangers_through_the_desk(desk: Story, text: str, says: str) -> None:
    desk.taken()
    desk.li.answers("accepted", text)
    desk.refuses(desk.li, says)


def test_people_of_one_public_mail_provider_are_no_colleagues(desk: Story) -> None:
    fang = desk.person("王芳", "wang.fang@qq.com")
    fang.writes("打印机卡纸", "麻烦看一下")
    desk.turn()
    fang.answers("opened", "#抄送 10001@qq.com")
    desk.refuses(fang, "本单位")


def test_the_team_adds_anybody_up_to_the_limit(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(
        change=lambda s: replace(
            s, commands=replace(s.commands, watching=Watching("nobody", most=2))
        )
    )
    desk.taken()
    desk.wang.answers("assigned", "#cc a@one.example; b@two.example")
    assert desk.turn() == ["commanded"]
    assert desk.letters.keys() == {"wang.qiang", "a", "b"}
    desk.wang.answers("assigned", "#抄送 @刘洋")
    desk.refuses(desk.wang, "2 人")
    desk.wang.answers("assigned", "#取消抄送 a@one.example")
    assert desk.turn() == ["commanded"]
    assert desk.incident().watchers == ("b@two.example",)
    desk.li.answers("accepted", f"#抄送 {BOSS}")
    desk.refuses(desk.li, "本单位")


def test_who_is_kept_informed_adds_and_removes_nobody_else(desk: Story) -> None:
    desk.taken()
    desk.zhao.says(f"#抄送 {BOSS}, other@customer.example")
    desk.turn()
    boss = desk.person("王总", BOSS)
    boss.answers("watching", "#抄送 third@customer.example")
    desk.refuses(boss)
    boss.answers("watching", "#取消抄送 other@customer.example")
    desk.refuses(boss)


def test_a_stranger_with_a_copied_thread_watches_nothing(desk: Story) -> None:
    desk.taken()
    mallory = desk.person("Mallory", "mallory@evil.example")
    passed = "mx.example.com; dkim=pass header.d=evil.example"
    mallory.writes(
        f"Re [{desk.numbers[0]}]",
        "#抄送 mallory@evil.example",
        answering=desk.li.got("accepted"),
        headers=[("Authentication-Results", passed)],
    )
    desk.turn()
    assert desk.incident().watchers == ()


# ---- effort ------------------------------------------------------------------------------------


def test_effort_adds_up(desk: Story) -> None:
    desk.taken()
    for text, total in (
        ("#工时 1.5h 换进纸轮", 90),
        ("#工时 30分钟", 120),
        ("#effort 1 hour 15 min", 195),
        ("工时：2小时", 315),
    ):
        desk.wang.answers("assigned", text)
        assert desk.turn() == ["commanded"]
        assert desk.incident().effort_minutes == total
    assert "5.25" in desk.wang.reads("command-done")
    assert ("effort", "90 min 换进纸轮") in desk.steps()
    assert ("effort_minutes", "0", "90") in desk.changes()


@pytest.mark.parametrize("text", ["#工时", "#工时 很久", "#工时 0h", "#工时 9999h"])
def test_effort_that_is_none(desk: Story, text: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", text)
    desk.refuses(desk.wang, "工时")


def test_reporters_record_no_effort(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#工时 3h")
    desk.refuses(desk.li)
