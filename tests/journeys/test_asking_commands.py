"""Keywords that only ask: status, queue, help, report."""

from __future__ import annotations

import io

import pytest
from docx import Document

from tests.journeys.desk import Story


def test_status_of_this_incident(desk: Story) -> None:
    desk.taken()
    before = desk.fingerprint()
    desk.li.answers("accepted", "#状态")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["status"]}
    assert "处理中" in desk.li.reads("status")
    assert desk.fingerprint() == before


def test_status_of_all_that_is_his(desk: Story) -> None:
    desk.taken()
    desk.li.writes("状态", "#状态")
    assert desk.turn() == ["commanded"]
    assert desk.numbers[0] in desk.li.reads("status")
    assert len(desk.numbers) == 1
    desk.wang.asks("#status")
    desk.turn()
    assert desk.numbers[0] in desk.wang.reads("status")


def test_status_by_number_is_for_the_parties(desk: Story) -> None:
    desk.taken()
    desk.li.writes("请教", f"#状态 {desk.numbers[0]}")
    assert desk.turn() == ["commanded"]
    assert "处理中" in desk.li.reads("status")
    desk.john.writes("status please", f"#status {desk.numbers[0]}")
    answer = desk.refuses(desk.john, desk.numbers[0])
    assert "打印机" not in answer
    assert "X-Postdesk-Number" not in desk.john.got("command-refused")
    desk.john.writes("status please", "#status INC-20200101-0001")
    desk.refuses(desk.john, "INC-20200101-0001")


def test_strangers_learn_nothing_by_naming_a_number(desk: Story) -> None:
    desk.taken()
    before = desk.fingerprint(), desk.taken_in()
    for keyword in ("help", "report", "confirm"):
        desk.john.writes("hello", f"#{keyword} {desk.numbers[0]}\n\nand a text of mine")
        assert desk.turn() in (["rejected"], ["opened"])
        assert "打印机" not in "".join(map(str, desk.john.mails))
    assert (desk.fingerprint(), desk.taken_in()) == before


def test_the_queue_in_the_order_of_work(desk: Story) -> None:
    desk.printer_jam()
    desk.at("09:05")
    desk.john.writes("Printer jams", "Printer on the second floor jams. Nobody can work, urgent!")
    desk.turn()
    desk.wang.asks("#队列")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["queue"]}
    listed = desk.wang.reads("queue")
    assert set(desk.numbers) == {number for number in desk.numbers if number in listed}
    desk.liu.asks("#queue 硬件组")
    desk.turn()
    assert desk.numbers[0] in desk.liu.reads("queue")


def test_no_queue_for_reporters_and_of_unknown_groups(desk: Story) -> None:
    desk.li.writes("队列", "#队列")
    desk.refuses(desk.li)
    desk.wang.asks("#队列 天文组")
    desk.refuses(desk.wang, "天文组")


def test_help_lists_what_this_person_may_do_here(desk: Story) -> None:
    desk.printer_jam()
    desk.li.answers("opened", "#帮助")
    assert desk.turn() == ["commanded"]
    assert "接单" not in desk.li.reads("help")
    desk.wang.answers("assigned", "#帮助")
    desk.turn()
    assert "接单" in desk.wang.reads("help")
    assert "审核" not in desk.wang.reads("help")
    desk.john.writes("help", "#help")
    desk.turn()
    assert "status" in desk.john.reads("help").lower()


def test_the_report_as_a_word_document(desk: Story) -> None:
    desk.taken()
    for who in (desk.wang, desk.chen):
        who.says("#报告")
        assert desk.turn() == ["commanded"]
        (attached,) = list(who.got("report").iter_attachments())
        content = attached.get_payload(decode=True)
        assert isinstance(content, bytes)
        document = Document(io.BytesIO(content))
        text = "\n".join(cell.text for table in document.tables for cell in table._cells)
        assert "李娜" in text
        assert "王强" in text, "people appear by their names"


@pytest.mark.parametrize("who", ["liu", "li"])
def test_the_report_is_for_the_manager_and_the_engineer_on_it(desk: Story, who: str) -> None:
    desk.taken()
    person = getattr(desk, who)
    person.says("#报告")
    desk.refuses(person)


def test_the_report_of_what(desk: Story) -> None:
    desk.chen.asks("#报告")
    desk.refuses(desk.chen, "报告")
    desk.chen.asks("#报告 INC-20200101-0001")
    desk.refuses(desk.chen, "INC-20200101-0001")
