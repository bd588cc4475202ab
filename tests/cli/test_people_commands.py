"""`people import` and `people list` (spec 8)."""

from __future__ import annotations

from pathlib import Path

from processor.settings.loader import load
from tests.cli.conftest import Postdesk

TABLE = """姓名,邮箱,电话,部门,单位,地点,VIP
韩梅,han.mei@customer.example,8023,财务部,客户公司,三楼,是
Ken Adams,ken@customer.example,139,,,,
"""


def test_reporters_come_from_a_table(home: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    file = tmp_path / "客户.csv"
    file.write_bytes(TABLE.encode("gb18030"))
    tried = postdesk("-c", home, "people", "import", file, "--dry-run", "--json").json
    assert (tried["added"], tried["dry_run"]) == (2, True)
    assert not (home / "config" / "people").exists()
    assert postdesk("-c", home, "people", "import", file, "--json").json["added"] == 2
    again = postdesk("-c", home, "people", "import", file, "--json").json
    assert (again["added"], again["changed"], again["same"]) == (0, 0, 2)
    found = load(home).directory.find("Han.Mei@customer.example")
    assert found is not None
    assert (found.name, found.phone, found.department, found.vip) == (
        "韩梅",
        "8023",
        "财务部",
        True,
    )
    assert not found.staff
    assert "han.mei@customer.example" in postdesk("-c", home, "people", "list").out


def test_faults_are_told_by_row_and_column(home: Path, postdesk: Postdesk, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "name,address,vip\nKen,ken@customer.example,yes\n,x@customer.example,\n"
        "Jo,not an address,\nKim,kim@customer.example,perhaps\nKen,ken@customer.example,\n"
        "Wang,wang.qiang@example.com,\n",
        "utf-8",
    )
    ended = postdesk("-c", home, "people", "import", file)
    assert ended.status == 3
    for place in ("3", "4", "5", "6", "7"):
        assert place in ended.err
    assert load(home).directory.find("ken@customer.example") is not None


def test_a_table_without_its_columns_is_the_user_s_fault(
    home: Path, postdesk: Postdesk, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("colour,size\nred,1\n", "utf-8")
    ended = postdesk("-c", home, "people", "import", file)
    assert ended.status == 1
