"""Who is told of a major incident, and in what words: the roster that is shipped, reporters, and
reporters of the duplicates that were attached to it (spec 1.4 (6), 1.7 101)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from processor.domain.people import Person as Known
from processor.domain.people import Role
from processor.settings.settings import Settings
from tests.journeys.desk import SOLUTION, Story
from tests.journeys.people import told as told_by

ALL_DOWN = "紧急：全公司业务系统全部中断，所有人都无法工作，没有替代办法。"
INNER = "供应商说是我们自己配错了"


def running(desk: Story) -> None:
    """Everything is down; John reports the same, which is attached; the manager confirms."""
    desk.li.writes("全公司断网", ALL_DOWN)
    desk.turn()
    desk.zhao.says("#影响度 1\n#紧急度 1")
    desk.turn()
    desk.john.writes("Network down", "I cannot reach anything.")
    desk.turn()
    desk.zhao.says(f"#重复 {desk.numbers[0]}", 2)
    desk.turn()
    desk.chen.clicks("urgent-ask", "#确认紧急")
    assert desk.turn() == ["commanded"]
    assert desk.incident(2).parent == desk.numbers[0]


def test_every_reporter_hears_of_it_until_the_end_in_his_own_words(desk: Story) -> None:
    """Principle 6: each reporter is kept informed, in his thread, language and number."""
    running(desk)
    assert desk.letters["li.na"] == desk.letters["john.carter"] == ["major-news"]
    told = desk.john.reads("major-news")
    assert "major incident" in told
    assert desk.numbers[1] in told
    assert desk.numbers[0] not in told
    begun = desk.now
    desk.chen.answers("emergency-command", f"#通报 {INNER}\n#回复 备用线路已启用，预计 11:30 恢复")
    desk.turn()
    assert desk.letters["john.carter"] == ["reply"]
    desk.now = begun + timedelta(minutes=31)
    desk.turn()
    for person in (desk.li, desk.john):
        assert person.news == ["major-news"]
        assert "备用线路已启用，预计 11:30 恢复" in person.reads("major-news")
    assert "10:00" in desk.li.reads("major-news")  # the next ones
    for said in ("#接单", SOLUTION):
        desk.liu.says(said)
        desk.turn()
    assert desk.letters["li.na"] == desk.letters["john.carter"] == ["resolved-ask"]
    desk.now = begun + timedelta(minutes=95)
    desk.turn()
    assert "major-news" not in (*desk.li.news, *desk.john.news)
    for person in (desk.li, desk.john):
        assert all(INNER not in told_by(mail) for mail in person.mails)
    assert any(INNER in told_by(mail) for mail in desk.sent())


def test_the_desk_attaches_what_is_related_with_one_click(desk: Story) -> None:
    """101: related incidents attached."""
    desk.john.writes("全公司断网", "全公司业务系统全部中断，没有替代办法。")  # the same, not P1
    desk.wang.writes("三楼打印机卡纸", "换一个进纸轮。")
    desk.li.writes("全公司断网了", ALL_DOWN)
    desk.turn()
    desk.chen.says("#重大 核心交换机故障", 3)
    assert desk.turn() == ["commanded"]
    assert "emergency-related" in desk.letters["zhao.min"]
    told = desk.zhao.reads("emergency-related")
    assert desk.numbers[0] in told
    assert desk.numbers[1] not in told
    desk.zhao.clicks("emergency-related", f"#重复 {desk.numbers[2]}")
    assert desk.turn() == ["commanded"]
    assert desk.incident(1).parent == desk.numbers[2]
    assert desk.letters["john.carter"] == ["merged"]
    desk.now += timedelta(minutes=31)
    desk.turn()
    assert "major-news" in desk.letters["john.carter"]


def test_what_was_called_off_is_told_to_all_who_heard_of_it(desk: Story) -> None:
    running(desk)
    desk.chen.says(f"#否认紧急 {INNER}")
    assert desk.turn() == ["commanded"]
    for person in (desk.li, desk.john):
        assert "major-news" in person.news
        assert INNER not in person.reads("major-news")
    assert "转为按正常流程" in desk.li.reads("major-news")
    assert "in the usual way" in desk.john.reads("major-news")


@pytest.mark.parametrize("told", [(), ("start",), ("rounds",)])
def test_what_reporters_get_is_configured(
    desk_with: Callable[..., Story], told: tuple[str, ...]
) -> None:
    def only(settings: Settings) -> Settings:
        wanted = frozenset(one for one in settings.emergency.reporters if one in told)
        return replace(settings, emergency=replace(settings.emergency, reporters=wanted))

    desk = desk_with(change=only)
    running(desk)
    assert ("major-news" in desk.letters.get("li.na", [])) == ("start" in told)
    desk.now += timedelta(minutes=31)
    desk.turn()
    assert ("major-news" in desk.letters.get("li.na", [])) == ("rounds" in told)


def test_a_drill_concerns_no_reporter(desk: Story) -> None:
    desk.taken()
    desk.chen.says("#演练 打印中心断电")
    desk.turn()
    desk.now += timedelta(minutes=31)
    desk.turn()
    assert "li.na" not in desk.letters


# ---- the roster as it is shipped -----------------------------------------------------------------


def _second_manager(settings: Settings) -> Settings:
    """Another incident manager, and rosters looked up as the shipped ones are."""
    wu = Known("wu.gang@example.com", "吴刚", roles=frozenset({Role.MANAGER}), language="zh")
    known = settings.directory
    people = type(known)((*known.people, wu), known.groups.values(), known.desk)
    (roster,) = settings.emergency.rosters
    member = replace(roster.members[0], address=wu.address)
    rosters = (replace(roster, members=(*roster.members, member)),)
    return replace(
        settings, directory=people, emergency=replace(settings.emergency, rosters=rosters)
    )


def test_as_shipped_managers_and_the_it_director_are_told_and_nobody_else(desk: Story) -> None:
    """A fresh home alarms posts that its people.yaml names; the rest is the administrator's."""
    members = [one.address for one in desk.settings.emergency.rosters[0].members]
    assert members == ["chen.jing@example.com", "it.director@example.com"]
    running(desk)
    assert "general.manager" not in desk.letters
    assert desk.letters["it.director"] == ["emergency-alarm"]
    assert desk.letters["chen.jing"][0] == "emergency-command"  # who leads needs no receipt
    desk.now += timedelta(minutes=11)
    desk.turn()
    assert "emergency-ack-ask" not in desk.letters["chen.jing"]
    assert "emergency-receipts" in desk.letters["chen.jing"]


def test_who_hands_the_command_over_goes_back_to_the_roster(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=_second_manager)
    running(desk)
    assert desk.letters["wu.gang"][0] == "emergency-alarm"
    desk.chen.answers("emergency-command", "#指挥 @吴刚")
    assert desk.turn() == ["commanded"]
    desk.now += timedelta(minutes=31)
    desk.turn()
    assert desk.letters["wu.gang"].count("emergency-round") == 1
    assert desk.letters["chen.jing"].count("emergency-round") == 1
    with desk.app.store.read() as work:
        open_ones = [
            one.address
            for one in work.emergencies.receipts(desk.numbers[0])
            if one.acked_at is None
        ]
    assert open_ones == ["it.director@example.com"]
