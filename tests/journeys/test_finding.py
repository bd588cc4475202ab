"""查询 · find (spec 3): the team searches incidents, knowledge and items by mail."""

from __future__ import annotations

import pytest

from tests.journeys.desk import Story
from tests.journeys.test_configuration_items import import_table
from tests.journeys.test_knowledge import import_text


def asked(desk: Story, words: str) -> str:
    desk.wang.asks(f"#查询 {words}")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["found"]}
    return desk.wang.reads("found")


@pytest.mark.parametrize(
    "words", ["卡纸", "打印机 财务", "进纸轮", "李娜", "li.na@customer.example", "三楼 卡纸"]
)
def test_by_subject_symptom_solution_or_reporter(desk: Story, words: str) -> None:
    desk.closed()
    desk.john.writes("VPN 连不上", "提示错误 789")
    desk.turn()
    told = asked(desk, words)
    assert desk.numbers[0] in told
    assert "更换了进纸轮，打印正常" in told
    assert desk.numbers[1] not in told


def test_by_number_and_item(desk: Story) -> None:
    import_table(desk)
    desk.li.writes("坏了", "HP-3F-02 打印不了")
    desk.turn()
    assert desk.numbers[0] in asked(desk, desk.numbers[0])
    told = asked(desk, "hp-3f-02")
    assert desk.numbers[0] in told
    assert "位置：三楼东区" in told


def test_knowledge_is_found(desk: Story) -> None:
    import_text(desk)
    told = asked(desk, "进纸轮 卡纸")
    assert "打印机卡纸的处理" in told


def test_nothing_is_said_kindly(desk: Story) -> None:
    desk.printer_jam()
    assert "没有找到" in asked(desk, "100% 的_外星人")


def test_confidential_ones_are_for_their_parties_and_the_manager(desk: Story) -> None:
    desk.printer_jam()
    with desk.app.store.begin() as work:
        incident = work.incidents.get(desk.numbers[0])
        assert incident is not None
        incident.confidential = True
        work.incidents.save(incident, "postdesk", desk.clock(), "test")
    for words in ("卡纸", desk.numbers[0]):
        desk.liu.asks(f"#查询 {words}")
        assert desk.turn() == ["commanded"]
        assert "没有找到" in desk.liu.reads("found")
    desk.chen.asks("#查询 卡纸")
    desk.turn()
    assert desk.numbers[0] in desk.chen.reads("found")


def test_reporters_do_not_search(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#查询 卡纸")
    desk.refuses(desk.li)


def test_a_search_for_nothing(desk: Story) -> None:
    desk.taken()
    desk.wang.answers("assigned", "#查询")
    desk.refuses(desk.wang, "要查什么")
