"""What is taken on and what is not, by mail (不受理; principle 2 of spec 1.4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from processor.domain.incident import Status
from processor.domain.people import Person
from processor.domain.ruling import RuleSpec, Test
from processor.domain.scope import Scope
from processor.settings.settings import Organisation, Settings
from tests.journeys.desk import Story

SALES = "sales@example.com"


def _with(scope: Scope) -> Callable[[Settings], Settings]:
    served = Organisation("客户公司", domains=("customer.example",), contract="C-1")
    return lambda settings: replace(settings, scope=scope, organisations=(served,))


def _asked(desk: Story) -> None:
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.turn()


def test_a_rejection_is_told_with_its_reason_and_the_way_to_appeal(desk: Story) -> None:
    _asked(desk)
    desk.zhao.answers("desk-new", "#不受理 家用电脑不在合同范围内")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"zhao.min": ["command-done"], "li.na": ["rejected"]}
    letter = desk.li.reads("rejected")
    assert "家用电脑不在合同范围内" in letter
    assert "直接回复本邮件" in letter
    incident = desk.incident()
    assert (incident.status, incident.owner) == (Status.REJECTED, "service-desk")
    assert all(clock.stopped_at for clock in desk.dossier().clocks)

    desk.li.answers("rejected", "这台电脑是公司配的，请再核实")
    assert desk.turn() == ["updated"]
    assert desk.letters == {"zhao.min": ["appealed"]}
    assert "公司配的" in desk.zhao.reads("appealed")
    assert desk.incident().status is Status.REJECTED, "the service desk decides (1.3)"
    desk.zhao.clicks("appealed", "重新打开")
    assert desk.turn() == ["commanded"]
    assert desk.incident().status is Status.NEW
    assert desk.letters["li.na"] == ["reopened"]
    assert any(clock.running for clock in desk.dossier().clocks)


def test_rules_know_the_organisation_that_an_address_belongs_to(
    plain_desk_with: Callable[..., Story],
) -> None:
    """… as the record has it: nobody needs to list every reporter for that."""
    asked = Test("organisation", "is", ("客户公司",))
    own = RuleSpec("of-a-customer", asked, {"tags": "customer", "group": "applications"})

    def change(settings: Settings) -> Settings:
        return replace(_with(Scope())(settings), rules=(own,))

    desk = plain_desk_with(change=change)
    desk.li.writes("你们好", "有一件事想请你们看看")
    desk.person("何文", "he@elsewhere.example").writes("你们好", "有一件事想请你们看看")
    assert desk.turn() == ["opened", "opened"]
    assert [desk.incident(n).tags for n in (1, 2)] == [("customer",), ()]
    assert [desk.incident(n).organisation for n in (1, 2)] == ["客户公司", ""]


# ---- what a contract covers, and who hears of it (spec 1.8, service level management) ------------


def _partly(settings: Settings) -> Settings:
    """The contract covers user service and printers; its contact is Mr. Ma."""
    ma = Person("ma.chao@customer.example", "马超", language="zh")
    served = Organisation(
        "客户公司",
        domains=("customer.example",),
        contract="C-1",
        services=("service", "hardware/printer"),
        contacts=(ma,),
    )
    scope = Scope("reject", SALES)
    return replace(settings, scope=scope, organisations=(served,))


def test_what_the_contract_does_not_cover_is_outside(
    desk_with: Callable[..., Story], database_url: str
) -> None:
    desk = desk_with(database=database_url, change=_partly)
    desk.li.writes("数据库连接不上", "财务数据库连不上，报错 ORA-12154。")
    assert desk.turn() == ["opened"]
    assert desk.incident().category.startswith("system")
    assert desk.incident().status is Status.REJECTED
    assert desk.letters == {"li.na": ["rejected"], "sales": ["out-of-scope"]}
    assert "不包括这一类" in desk.li.reads("rejected")
    desk.li.writes("三楼财务室打印机卡纸", "整个财务部都打印不了。")
    desk.li.writes("你们好", "有一件事想请你们看看")  # of no category yet: nobody can tell
    assert desk.turn() == ["opened", "opened"]
    assert [desk.incident(n).status for n in (2, 3)] == [Status.ASSIGNED, Status.NEW]
    assert "out-of-scope" not in desk.letters.get("sales", [])


def test_contacts_of_the_contract_hear_how_it_stands(
    desk_with: Callable[..., Story], database_url: str
) -> None:
    desk = desk_with(database=database_url, change=_partly, rounds=True)
    ma = desk.person("马超", "ma.chao@customer.example")
    desk.printer_jam()
    assert ma.news == []
    desk.zhao.says("#备注 内部：合同快到期")
    desk.chen.says("#重大 影响发薪")
    desk.turn()
    assert ma.news == ["major-news"]
    desk.john.writes("My printer is out of toner", "Please send some.")
    desk.turn()
    desk.wang.says("#接单", 2)
    desk.wang.says("#待用户 哪一台？", 2)
    desk.turn()
    desk.at("17:31")
    desk.turn()
    assert "open-states" in ma.news
    told = ma.reads("open-states")
    for words in ("客户公司", desk.numbers[0], desk.numbers[1], "三楼财务室打印机卡纸"):
        assert words in told
    assert "合同快到期" not in told
    assert "下一步：报告人答复我们的问题" in told  # it is not his turn
    assert ma.buttons("open-states") == ""
    desk.at("17:40")
    desk.turn()
    assert "open-states" not in ma.news  # once a day
    # he is no party of each: what he asks for is not told, what he writes is not filed silently
    ma.answers("open-states", f"#状态 {desk.numbers[0]}")
    desk.turn()
    assert "三楼财务室打印机卡纸" not in ma.reads("command-refused")


def test_thanks_are_no_appeal(desk: Story) -> None:
    _asked(desk)
    desk.zhao.answers("desk-new", "#不受理 不在范围")
    desk.turn()
    desk.li.answers("rejected", "好的，谢谢！")
    assert desk.turn() == ["updated"]
    assert desk.letters == {}


def test_an_appeal_by_keyword_is_passed_on(desk: Story) -> None:
    _asked(desk)
    desk.zhao.answers("desk-new", "#不受理 不在范围")
    desk.turn()
    desk.li.answers("rejected", "#未解决 合同第三条里有")
    assert desk.turn() == ["commanded"]
    assert desk.letters == {"li.na": ["command-done"], "zhao.min": ["appealed"]}
    assert "服务台" in desk.li.reads("command-done")
    assert desk.incident().status is Status.REJECTED


def test_only_the_desk_rejects_with_a_reason_and_in_time(desk: Story) -> None:
    _asked(desk)
    desk.zhao.answers("desk-new", "#不受理")
    desk.refuses(desk.zhao, "原因")
    for who in (desk.wang, desk.chen):
        who.says("#不受理 不归我们")
        desk.refuses(who)
    desk.li.answers("opened", "#不受理 算了")
    desk.refuses(desk.li)


def test_what_somebody_works_on_is_not_rejected(desk: Story) -> None:
    desk.taken()
    desk.zhao.says("#不受理 不在范围")
    desk.refuses(desk.zhao, "处理中", "解决")


def test_what_a_rule_dispatched_is_rejected_by_way_of_the_desk(desk: Story) -> None:
    desk.printer_jam()
    desk.zhao.says("#不受理 打印机由物业负责")
    assert desk.turn() == ["commanded"]
    statuses = [(old, new) for field, old, new in desk.changes() if field == "status"]
    assert statuses[-2:] == [("assigned", "new"), ("new", "rejected")]
    assert desk.incident().wrong_dispatches == 0


@pytest.mark.parametrize(
    ("tell", "inside", "outside"),
    [("outside", False, True), ("always", True, True), ("never", False, False)],
)
def test_sales_is_told_as_the_contracts_file_says(
    desk_with: Callable[..., Story], tell: str, inside: bool, outside: bool
) -> None:
    for address, told in (("li@customer.example", inside), ("li@elsewhere.example", outside)):
        desk = desk_with(change=_with(Scope("accept", SALES, tell)))
        who = desk.person("李娜", address)
        who.writes("你们好", "有一件事想请你们看看")
        desk.turn()
        desk.zhao.answers("desk-new", "#不受理 不在范围内")
        assert desk.turn() == ["commanded"]
        assert (desk.letters.get("sales") == ["out-of-scope"]) is told
        assert desk.letters["li"] == ["rejected"]


def _outsider(desk: Story, **more: Any) -> None:
    desk.person("王芳", "wang.fang@elsewhere.example").writes(
        "打印机卡纸", "整个财务部都打印不了", **more
    )
    assert desk.turn() == ["opened"]


def test_outside_reports_are_taken_like_any_other_by_default(desk: Story) -> None:
    _outsider(desk)
    assert desk.incident().status is Status.ASSIGNED


def test_the_desk_is_asked_about_reports_from_outside(desk_with: Callable[..., Story]) -> None:
    desk = desk_with(change=_with(Scope("ask", SALES)))
    _outsider(desk)
    incident = desk.incident()
    assert (incident.status, incident.group, incident.assignee) == (
        Status.NEW,
        "service-desk",
        "",
    )
    assert desk.letters == {"wang.fang": ["opened"], "zhao.min": ["desk-new"]}
    assert "不在服务范围" in desk.zhao.reads("desk-new")
    desk.zhao.clicks("desk-new", "不受理", "没有合同")
    assert desk.turn() == ["commanded"]
    assert desk.letters["sales"] == ["out-of-scope"]


def test_reports_from_outside_are_recorded_and_rejected_at_once(
    desk_with: Callable[..., Story],
) -> None:
    desk = desk_with(change=_with(Scope("reject", SALES)))
    _outsider(desk)
    assert desk.incident().status is Status.REJECTED
    assert desk.letters == {"wang.fang": ["rejected"], "sales": ["out-of-scope"]}
    assert "服务合同" in desk.person("", "wang.fang@elsewhere.example").reads("rejected")
    desk.printer_jam()
    assert desk.incident(2).status is Status.ASSIGNED, "who is served is served"
    desk.wang.writes("打印机坏了", "我自己的打印机也坏了")
    desk.turn()
    assert desk.incident(3).status is not Status.REJECTED, "the team is no outsider"
