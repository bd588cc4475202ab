"""The service desk records for somebody who phoned (登记, spec 3; seed 8.1), and fields by name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from processor.domain.incident import IncidentType, Source, Status
from tests.journeys.desk import Story

CALL = """#登记 三楼财务室打印机卡纸
报告人：韩梅
邮箱：han.mei@customer.example
电话：8023
部门：财务部
地点：三楼 301
来源：电话
发生时间：今天 8:40
情况：早上开始卡纸，
重启也没用。
影响度：3
紧急度：2
系统：打印服务
故障代码：E-13
"""


def test_a_call_becomes_an_incident_and_is_acknowledged(desk: Story) -> None:
    desk.zhao.asks(CALL)
    assert desk.turn() == ["commanded"]
    assert desk.letters["han.mei"] == ["opened"]
    assert desk.letters["zhao.min"] == ["command-done"]
    assert desk.numbers[0] in desk.zhao.reads("command-done")
    incident = desk.incident()
    assert (incident.reporter_name, incident.reporter_phone) == ("韩梅", "8023")
    assert (incident.department, incident.site) == ("财务部", "三楼 301")
    assert (incident.source, incident.recorder) == (Source.PHONE, desk.zhao.address)
    assert incident.occurred_at == datetime(2026, 11, 23, 0, 40, tzinfo=UTC)
    assert incident.symptom == "早上开始卡纸，\n重启也没用。"
    assert (incident.impact, incident.urgency, incident.priority) == (3, 2, 3)
    assert (incident.system, incident.error_code) == ("打印服务", "E-13")
    assert (incident.group, incident.status) == ("hardware", Status.ASSIGNED), "rules dispatch it"
    assert desk.letters["wang.qiang"] == ["assigned"]
    han = desk.person("韩梅", "han.mei@customer.example")
    han.answers("opened", "现在四楼也不行了")
    assert desk.turn() == ["updated"]


def test_a_call_in_english_without_an_address(desk: Story) -> None:
    desk.zhao.asks(
        "#log\nReporter: Ken Adams\nPhone: 139\nSource: walk in\nOccurred at: 2026-11-22 15:00\n"
        "Symptom: cannot log in to the mail system"
    )
    assert desk.turn() == ["commanded"]
    incident = desk.incident()
    assert (incident.reporter_name, incident.reporter_address) == ("Ken Adams", "")
    assert incident.source is Source.WALK_IN
    assert incident.subject == "cannot log in to the mail system"
    assert set(desk.letters) <= {"zhao.min", "liu.yang", "zhou.lei"}, "nobody else can be reached"


def test_every_wrong_field_is_told_in_one_answer(desk: Story) -> None:
    desk.zhao.asks(
        "#登记\n邮箱：han.mei(at)customer\n来源：飞鸽\n发生时间：明天 9:00\n"
        "影响度：很大\n分类：没有的"
    )
    assert desk.turn() == ["rejected"]
    answer = desk.zhao.reads("command-refused")
    wrong = ("han.mei(at)customer", "飞鸽", "电话", "明天 9:00", "影响度", "分类")
    for said in (*wrong, "缺报告人", "缺主题"):
        assert said in answer, answer
    assert desk.numbers == []


def test_only_the_desk_records_for_others(desk: Story) -> None:
    for who in (desk.wang, desk.li, desk.chen):
        who.asks(CALL)
        assert desk.turn() == ["rejected"]
        assert who.news == ["command-refused"]
    assert desk.numbers == []


def test_in_nobody_s_name_without_proof(desk: Story) -> None:
    desk.zhao.writes("登记", CALL)
    assert desk.turn() == ["held"]
    assert desk.numbers == []


def test_the_reporter_is_kept_as_one_who_wrote(desk: Story) -> None:
    desk.zhao.asks(CALL)
    desk.turn()
    with desk.app.store.read() as work:
        found = work.people.get("han.mei@customer.example")
    assert found is not None
    assert found.name == "韩梅"


# ---- fields by their names -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("#地点: 三楼东区", "site", "三楼东区"),
        ("#site: third floor", "site", "third floor"),
        ("#系统 OA", "system", "OA"),
        ("#故障代码：E-13", "error_code", "E-13"),
        ("#电话: 8023", "reporter_phone", "8023"),
        ("#部门: 财务部", "department", "财务部"),
        ("#可能的影响: 月底结账受影响", "likely_impact", "月底结账受影响"),
        ("#发生时间: 昨天下午3点", "occurred_at", datetime(2026, 11, 22, 7, 0, tzinfo=UTC)),
        ("#故障厂商: 惠普", "fault_vendor", "惠普"),
        ("#来源: 电话", "source", Source.PHONE),
        ("#source: fax", "source", Source.FAX),
        ("#性质: 服务请求", "type", IncidentType.SERVICE_REQUEST),
        ("#服务方式: 主动", "active_service", True),
        ("#主题: 财务室打印机", "subject", "财务室打印机"),
        ("#单位: 客户公司", "organisation", "客户公司"),
    ],
)
def test_a_field_is_set_by_its_name(desk: Story, text: str, attribute: str, value: object) -> None:
    """Spec 1.2: every information item; the journal keeps who, when, old and new."""
    desk.taken()
    desk.wang.answers("assigned", text)
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"wang.qiang": ["command-done"]}
    assert getattr(desk.incident(), attribute) == value
    assert attribute in [field for field, _, _ in desk.changes()]


def test_reporters_fill_in_what_they_know_and_the_team_is_told(desk: Story) -> None:
    desk.taken()
    desk.li.answers("accepted", "#地点: 三楼 301\n#故障代码: E-13")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "wang.qiang": ["updated", "updated"]}
    assert (desk.incident().site, desk.incident().error_code) == ("三楼 301", "E-13")
    for text in ("#来源: 电话", "#故障厂商: 惠普", "#邮箱: boss@customer.example"):
        desk.li.answers("accepted", text)
        desk.refuses(desk.li)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#地点:", "地点"),
        ("#来源: 飞鸽", "电话"),
        ("#发生时间: 明天", "还没有到"),
        ("#性质: 大事", "服务请求"),
        ("#服务方式: 也许", "主动"),
    ],
)
def test_values_that_cannot_be_read(desk: Story, text: str, says: str) -> None:
    desk.taken()
    desk.wang.answers("assigned", text)
    desk.refuses(desk.wang, says)


def test_the_desk_corrects_whose_it_is(desk: Story) -> None:
    desk.zhao.asks("#登记 打印机卡纸\n报告人：韩梅\n电话：8023")
    desk.turn()
    desk.zhao.says("#邮箱: han.mei@customer.example")
    assert desk.turn() == ["commanded"]
    assert desk.incident().reporter_address == "han.mei@customer.example"
    desk.wang.says("#邮箱: wang.qiang@example.com")
    desk.refuses(desk.wang)


def test_without_their_mark_such_lines_are_plain_text(desk: Story) -> None:
    desk.wang.writes("打印机坏了", "地点：三楼\n系统：打印服务\n请看一下")
    assert desk.turn() == ["opened"]
    assert "地点：三楼" in desk.incident().symptom


def test_what_was_archived_stays_as_it_was_approved(desk: Story) -> None:
    desk.closed()
    desk.wang.says("#地点: 三楼")
    desk.refuses(desk.wang, "已归档")
