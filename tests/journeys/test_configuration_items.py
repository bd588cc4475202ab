"""Configuration items (spec 1.8, 100.1; seed 6.1.2): imported, recognised in mails, shown to the
engineer with owner, site and past, changed by keyword with an audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from processor.bootstrap.importing import import_items
from processor.domain.configuration import ConfigurationItem
from processor.jobs.inventory import take_items
from processor.services.columns import Imported
from processor.settings.settings import Settings
from tests.journeys.desk import Story

TABLE = """名称,别名,类型,IP,资产编号,责任人,位置,单位,型号
HP-3F-02,财务打印机；三楼打印机,打印机,10.3.2.18,A-00123,wang.qiang@example.com,三楼东区,财务部,M404
SRV-ERP,ERP,服务器,10.1.0.5,A-00001,孙悦,机房A,信息部,
核心交换机,,网络,10.0.0.1,N-0001,刘洋,机房A,信息部,
"""


def import_table(desk: Story, text: str = TABLE, *, dry: bool = False) -> Imported:
    path = Path(desk.home) / "items.csv"
    path.write_text(text, encoding="utf-8")
    return import_items(desk.app.desk, path, desk.clock(), dry=dry)


def test_an_item_is_recognised_and_shown_with_owner_site_and_past(desk: Story) -> None:
    assert import_table(desk).added == 3
    desk.li.writes("打印机卡纸", "三楼打印机一直卡纸，打印不了。")
    desk.turn()
    assert desk.incident().ci == "HP-3F-02"
    told = desk.wang.reads("assigned")
    assert "配置项 HP-3F-02" in told
    assert "责任人：王强" in told
    assert "位置：三楼东区" in told
    assert "型号: M404" in told
    desk.john.writes("打印机又坏了", "10.3.2.18 打印不了，灯全灭")
    desk.turn()
    assert desk.incident(2).ci == "HP-3F-02"
    past = desk.wang.reads("assigned").partition("配置项 HP-3F-02")[2]
    assert past.count(f"{desk.numbers[0]} · ") == 1


def _listing(*items: ConfigurationItem) -> Callable[[Settings], Settings]:
    def change(settings: Settings) -> Settings:
        known = replace(settings.association.items, listed=items)
        return replace(settings, association=replace(settings.association, items=known))

    return change


def test_items_of_the_configuration_are_taken_in_once_for_each_edition(
    desk_with: Callable[..., Story], database_url: str
) -> None:
    """1.8: CIs come from CSV/XLSX import or config."""
    printer = ConfigurationItem("HP-3F-02", ("三楼打印机",), address="10.3.2.18", site="三楼东区")
    switch = ConfigurationItem("SW-03", site="机房A")
    desk = desk_with(database=database_url, change=_listing(printer, switch))
    assert take_items(desk.app.desk, desk.clock()) == 2
    assert take_items(desk.app.desk, desk.clock()) == 0
    desk.li.writes("坏了", "三楼打印机一直卡纸")
    desk.turn()
    assert desk.incident().ci == "HP-3F-02"
    desk.zhao.says("#配置项 HP-3F-02 位置=四楼")
    assert desk.turn() == ["commanded"]
    desk.restarts()
    assert take_items(desk.app.desk, desk.clock()) == 0
    with desk.app.store.read() as work:
        assert {one.name: one.site for one in work.items.all()}["HP-3F-02"] == "四楼"
    desk.settings = _listing(replace(printer, owner="王强"))(desk.settings)
    desk.restarts()
    assert take_items(desk.app.desk, desk.clock()) == 1
    with desk.app.store.read() as work:
        items = {one.name: one for one in work.items.all()}
    assert (items["HP-3F-02"].owner, items["HP-3F-02"].site) == ("王强", "三楼东区")
    assert "SW-03" in items, "incidents may be about it"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("资产编号A-00123的打印机坏了", "HP-3F-02"),
        ("hp-3f-02 打印不了", "HP-3F-02"),
        ("ＨＰ－３Ｆ－０２打印不了", "HP-3F-02"),
        ("ERP登录不上", "SRV-ERP"),
        ("核心交换机告警灯亮", "核心交换机"),
        ("http://10.1.0.5:8080/ 打不开", "SRV-ERP"),
    ],
)
def test_by_name_alias_address_or_tag(desk: Story, words: str, name: str) -> None:
    import_table(desk)
    desk.li.writes("坏了", words)
    desk.turn()
    assert desk.incident().ci == name


@pytest.mark.parametrize("words", ["HP-3F-021 坏了", "10.3.2.181 不通", "sERPent", "XA-00123"])
def test_not_within_another_word(desk: Story, words: str) -> None:
    import_table(desk)
    desk.li.writes("坏了", words)
    desk.turn()
    assert desk.incident().ci == ""


def test_an_engineer_links_an_item(desk: Story) -> None:
    import_table(desk)
    desk.taken()
    desk.wang.answers("assigned", "#配置项 财务打印机")
    assert desk.turn() == ["commanded"]
    assert desk.incident().ci == "HP-3F-02"
    assert ("ci", "", "HP-3F-02") in desk.changes()
    with desk.app.store.read() as work:
        assert [item.name for item in work.items.of(desk.numbers[0])] == ["HP-3F-02"]


def test_a_changed_field_is_audited(desk: Story) -> None:
    import_table(desk)
    desk.taken()
    desk.wang.answers("assigned", "#ci HP-3F-02 责任人=李明 site=四楼 东区")
    assert desk.turn() == ["commanded"]
    answer = desk.wang.reads("command-done")
    assert "责任人 wang.qiang@example.com → 李明" in answer
    with desk.app.store.read() as work:
        audit = work.items.changes("HP-3F-02")
        (item,) = [one for one in work.items.all() if one.name == "HP-3F-02"]
    assert (item.owner, item.site) == ("李明", "四楼 东区")
    assert [(c.field, c.old, c.new, who) for c, _, who, _ in audit] == [
        ("owner", "wang.qiang@example.com", "李明", "wang.qiang@example.com"),
        ("site", "三楼东区", "四楼 东区", "wang.qiang@example.com"),
    ]
    entries = [e for e in desk.dossier().journal if e.kind == "item"]
    assert [(e.field, e.new) for e in entries] == [
        ("HP-3F-02.owner", "李明"),
        ("HP-3F-02.site", "四楼 东区"),
    ]


def test_what_was_changed_is_recognised_at_once(desk: Story) -> None:
    import_table(desk)
    desk.taken()
    desk.wang.answers("assigned", "#配置项 HP-3F-02 别名=彩打")
    desk.turn()
    desk.li.writes("彩打没墨了", "彩打没墨了")
    desk.turn()
    assert desk.incident(2).ci == "HP-3F-02"


def test_without_an_incident_an_item_is_shown(desk: Story) -> None:
    import_table(desk)
    desk.wang.asks("#配置项 SRV-ERP")
    assert desk.turn() == ["commanded"]
    assert "位置：机房A" in desk.wang.reads("found")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#配置项 HP-3F-20", "HP-3F-02"),
        ("#配置项", "哪个配置项"),
        ("#配置项 HP-3F-02 颜色=红", "没有“颜色”这个字段"),
        ("#配置项 HP-3F-02 名称=SRV-ERP", "已有名为"),
        ("#配置项 天书一卷", "天书一卷"),
    ],
)
def test_a_slip_changes_nothing(desk: Story, text: str, says: str) -> None:
    import_table(desk)
    desk.taken()
    desk.wang.answers("assigned", text)
    desk.refuses(desk.wang, says)


def test_reporters_do_not_change_items(desk: Story) -> None:
    import_table(desk)
    desk.taken()
    desk.li.answers("accepted", "#配置项 HP-3F-02 责任人=我")
    desk.refuses(desk.li)
    with desk.app.store.read() as work:
        assert work.items.changes("HP-3F-02") == []


def test_a_forged_change_is_held(desk: Story) -> None:
    import_table(desk)
    desk.taken()
    desk.wang.writes(f"[{desk.numbers[0]}]", "#配置项 HP-3F-02 责任人=我")
    assert desk.turn() == ["held"]
    with desk.app.store.read() as work:
        assert work.items.changes("HP-3F-02") == []


def test_an_import_is_idempotent_and_names_faults_by_row_and_column(desk: Story) -> None:
    assert import_table(desk, dry=True).added == 3
    with desk.app.store.read() as work:
        assert work.items.all() == []
    assert import_table(desk).added == 3
    again = import_table(desk)
    assert (again.added, again.changed, again.same, again.faults) == (0, 0, 3, [])
    changed = import_table(desk, TABLE.replace("刘洋", "周磊") + ",x,,,,,,,\nSRV-erp,,,,,,,,\n")
    assert (changed.added, changed.changed, changed.same) == (0, 1, 2)
    assert [(f.row, f.column, f.code) for f in changed.faults] == [
        (5, "name", "empty"),
        (6, "name", "twice"),
    ]
    with desk.app.store.read() as work:
        ((change, _, who, via),) = work.items.changes("核心交换机")
    assert (change.old, change.new, who, via) == ("刘洋", "周磊", "postdesk", "import:items.csv")
