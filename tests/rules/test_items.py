"""Configuration items are recognised where they are named, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.domain.configuration import ConfigurationItem
from processor.rules.items import ItemIndex

INDEX = ItemIndex(
    [
        ConfigurationItem("PRN-3F-01", ("财务打印机", "HP M404"), address="10.3.2.18", tag="A-123"),
        ConfigurationItem("srv1"),
        ConfigurationItem("ERP系统", ("ERP",)),
        ConfigurationItem("打印机"),
        ConfigurationItem("会议室投影", tag="7"),
    ]
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("打印机PRN-3F-01坏了", ["打印机", "PRN-3F-01"]),
        ("财务打印机卡纸", ["PRN-3F-01"]),
        ("srv1.corp.example、srv1", ["srv1"]),
        ("http://srv1:8080/x \\\\srv1\\share", ["srv1"]),
        ("10.3.2.18:9100。", ["PRN-3F-01"]),
        ("ERP系统登不上", ["ERP系统"]),
        ("hp  m404", ["PRN-3F-01"]),
        ("ｓｒｖ１", ["srv1"]),
        ("old-srv1 srv12 srv1-old srv1_x xsrv1 li@srv1", []),
        ("10.3.2.181 110.3.2.18 10.3.2.18.5", []),
        ("sERPent A-1234 7", []),
        ("", []),
    ],
)
def test_found(text: str, names: list[str]) -> None:
    assert [item.name for item in INDEX.found(text)] == names


def test_without_items_nothing_is_found() -> None:
    assert ItemIndex(()).found("打印机") == ()


def test_nearest_names() -> None:
    assert INDEX.nearest("PRN-3F-02") == ("PRN-3F-01",)
    assert INDEX.nearest("完全不同的东西啊") == ()


@given(st.from_regex(r"[a-z]{2,6}-?[0-9]{2,4}", fullmatch=True), st.text("xyz09", min_size=1))
def test_a_latin_name_counts_by_itself_alone(name: str, beside: str) -> None:
    index = ItemIndex([ConfigurationItem(name)])
    assert [item.name for item in index.found(f"我的{name}坏了")] == [name]
    assert index.found(f"{beside}{name}") == ()
    assert index.found(f"{name}{beside}") == ()
