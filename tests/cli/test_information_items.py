"""`show --json` holds every information item of an incident (事件信息项, spec 1.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Postdesk

NUMBER = "INC-20261123-0001"
WANG, ZHAO, CHEN, LI = (
    "wang.qiang@example.com",
    "zhao.min@example.com",
    "chen.jing@example.com",
    "li.na@customer.example",
)
ITEMS = """名称,别名,IP,负责人
HP-3F-02,三楼打印机,10.3.2.18,王强
SW-03,三楼交换机,10.3.0.1,刘洋
"""
STORY: list[tuple[str, str]] = [
    (ZHAO, "#地点: 总部三楼"),
    (ZHAO, "#电话: 8023"),
    (ZHAO, "#部门: 财务部"),
    (ZHAO, "#系统: 打印服务"),
    (ZHAO, "#故障代码: E-17"),
    (ZHAO, "#可能的影响: 财务部不能打印"),
    (ZHAO, "#发生时间: 2026-11-23 08:40"),
    (ZHAO, "#服务方式: 主动"),
    (ZHAO, "#来源: 电话"),
    (ZHAO, "#单位: 华东分公司"),
    (ZHAO, "#配置项 HP-3F-02"),
    (ZHAO, "#配置项 SW-03"),
    (WANG, "#接单"),
    (WANG, "#备注 先换纸"),
    (WANG, "#升级 网络组 换过进纸轮，仍卡"),
    ("liu.yang@example.com", "#接单"),
    ("liu.yang@example.com", "#上报 影响发薪"),
    ("liu.yang@example.com", "#变更 更换交换机端口；端口故障；低；今晚；换回"),
    (CHEN, "#批准"),
    ("liu.yang@example.com", "#变更结果 成功"),
    ("liu.yang@example.com", "#转厂商 示例厂商 请远程检查"),
    ("liu.yang@example.com", "#恢复"),
    ("liu.yang@example.com", "#工时 1.5h"),
    ("liu.yang@example.com", "#问题 端口经常故障"),
    (CHEN, "#重大 影响发薪"),
    (
        "liu.yang@example.com",
        "#解决 换了端口\n原因：端口损坏\n措施：更换\n方案：永久\n代码：已解决",
    ),
    (LI, "#确认"),
    (LI, "#评分 5 很快"),
    (CHEN, "#审核"),
    (ZHAO, "#回访 已联系 用户满意"),
]

# Every item of spec 1.2, in its order, and where it stands.
ITEMS_OF_RECORD: dict[str, tuple[str, Any]] = {
    "number": ("number", NUMBER),
    "type": ("type", "incident"),
    "source": ("source", "phone"),
    "active or passive service": ("active_service", True),
    "time reported": ("reported_at", "2026-11-23T01:00:00+00:00"),
    "time occurred": ("occurred_at", "2026-11-23T00:40:00+00:00"),
    "recorder": ("recorder", "postdesk"),
    "reporter's name": ("reporter_name", "李娜"),
    "reporter's address": ("reporter_address", LI),
    "reporter's phone": ("reporter_phone", "8023"),
    "department": ("department", "财务部"),
    "organisation": ("organisation", "华东分公司"),
    "site": ("site", "总部三楼"),
    "affected system": ("system", "打印服务"),
    "error code": ("error_code", "E-17"),
    "likely impact": ("likely_impact", "财务部不能打印"),
    "status": ("status", "closed"),
    "category": ("category", "hardware/printer"),
    "category's levels": ("category_levels", ["hardware", "printer"]),
    "impact": ("impact", 3),
    "priority": ("priority", 3),
    "initial priority": ("initial_priority", 3),
    "owner": ("owner", "service-desk"),
    "support line": ("line", 2),
    "group": ("group", "network"),
    "assignee": ("assignee", "liu.yang@example.com"),
    "cause": ("cause", "端口损坏"),
    "solution": ("solution", "换了端口"),
    "workaround or permanent": ("solution_kind", "permanent"),
    "fault vendor": ("fault_vendor", "示例厂商"),
    "closure code": ("closure_code", "solved"),
    "resolver role": ("resolver_role", "second"),
    "effort": ("effort_minutes", 90),
    "reporter's confirmation": ("confirmation", "confirmed"),
    "satisfaction": ("satisfaction", 5),
    "comment": ("satisfaction_comment", "很快"),
    "functional escalations": ("functional_escalations", 1),
    "hierarchical escalations": ("hierarchical_escalations", 1),
}
PRESENT = (
    *("contract", "symptom", "urgency", "knowledge_used", "parent", "callback_result"),
    *("attachments", "clocks", "journal", "mails", "links", "handling", "escalations", "duties"),
)


@pytest.fixture
def told(opened: Path, postdesk: Postdesk, tmp_path: Path) -> dict[str, Any]:
    """The whole story of the printer, from the shell."""
    table = tmp_path / "items.csv"
    table.write_text(ITEMS, "utf-8")
    assert postdesk("-c", opened, "ci", "import", table).status == 0
    for place, (who, words) in enumerate(STORY):
        now = ("--now", f"2026-11-23T09:{10 + place}")
        number = NUMBER
        if words.startswith(("#批准", "#变更结果")):
            number = "RFC-20261123-0001"
        ended = postdesk("-c", opened, *now, "do", number, words, "--as", who)
        assert ended.status == 0, (words, ended.err, ended.out)
    found: dict[str, Any] = postdesk("-c", opened, "show", NUMBER, "--json").json
    return found


def test_every_information_item_is_told(told: dict[str, Any]) -> None:
    found = {item: told.get(key, "—") for item, (key, _) in ITEMS_OF_RECORD.items()}
    assert found == {item: value for item, (_, value) in ITEMS_OF_RECORD.items()}
    assert [key for key in PRESENT if key not in told] == []
    assert "用户满意" in told["callback_result"]
    assert [one["name"] for one in told["items"]] == ["HP-3F-02", "SW-03"]
    assert {one["kind"] for one in told["links"]} == {"change", "problem"}
    assert {one["kind"]: one["met"] for one in told["clocks"]} == {
        "response": True,
        "resolution": True,
    }
    assert [one["kind"] for one in told["escalations"]] == ["functional", "hierarchical"]
    assert "换过进纸轮，仍卡" in [one["text"] for one in told["handling"]]
    assert {one["kind"] for one in told["duties"]} >= {"report", "vendor"}
    assert told["emergency"]["state"] == "over" or told["emergency"]["declared_at"]
    changes = [one for one in told["journal"] if one["kind"] == "field"]
    assert all(one["at"] and one["actor"] and one["via"] and one["field"] for one in changes)
    assert any((one["field"], one["new"]) == ("status", "closed") for one in changes)


def test_the_page_tells_what_hangs_on_it(
    told: dict[str, Any], opened: Path, postdesk: Postdesk
) -> None:
    page = postdesk("-c", opened, "show", NUMBER).out
    for words in ("Configuration item: SW-03", "Duty 1:", "Acknowledged: 0 / 1"):
        assert words in page, page
