"""The record pack: its hashes are true and its bytes the same, its text is no formula, its
names are masked, and no secret is in it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from processor.bootstrap.pack import write_pack
from processor.settings.disclosing import disclosed
from processor.settings.loader import load
from processor.settings.settings import Settings
from processor.store.database import Store
from reports.figures.selection import Filters
from reports.periods import Period, PeriodKind
from tests.settings.homes import new_home
from tests.store.records import add_incidents, incident, later

NOVEMBER = Period(
    date(2026, 11, 1), date(2026, 11, 30), PeriodKind.MONTH, ZoneInfo("Asia/Shanghai")
)
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://evil.example","click")'


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load(new_home(tmp_path_factory.mktemp("pack")))


@pytest.fixture
def filled(store: Store) -> Store:
    """A formula, a major incident, bullying, and one of another month."""
    campus = "CMP-20261123-0001"
    add_incidents(
        store,
        incident("INC-20261123-0001", subject=FORMULA, symptom="+1\x07\n-2"),
        incident("INC-20261123-0002", major=True, subject="All is down"),
        incident(campus, profile="campus", confidential=True, subject="Alice Carter was pushed"),
        incident("INC-20261201-0001", reported_at=later(days=10)),
    )
    with store.begin() as work:
        work.own.fill(campus, {"victim": "Alice Carter"})
        work.own.name(campus, ["Alice Carter"])
    return store


def made(desk: Settings, store: Store, target: Path, names: bool = False) -> dict[str, bytes]:
    write_pack(desk, store, target, NOVEMBER, NOW, language="en", filters=Filters(), names=names)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_hash_is_true_and_the_bytes_are_the_same(
    desk: Settings, filled: Store, tmp_path: Path
) -> None:
    parts = made(desk, filled, tmp_path / "a.zip")
    lines = parts["SHA256SUMS"].decode().splitlines()
    sums = {name: told for told, name in (line.split("  ", 1) for line in lines)}
    assert set(sums) == set(parts) - {"SHA256SUMS"}
    for name, told in sums.items():
        assert hashlib.sha256(parts[name]).hexdigest() == told, name
        assert name in parts["README.txt"].decode() or name == "README.txt"
    made(desk, filled, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert sorted(one.name for one in tmp_path.glob("*")) == ["a.zip", "b.zip", *_data(tmp_path)]


def _data(folder: Path) -> list[str]:
    """What the store itself keeps there."""
    return sorted(one.name for one in folder.glob("*") if one.suffix != ".zip")


def test_all_that_an_auditor_wants_is_there(desk: Settings, filled: Store, tmp_path: Path) -> None:
    parts = made(desk, filled, tmp_path / "pack.zip")
    for name in (
        "reports/2026-11 Monthly service report.docx",
        "reports/2026-11 Process audit.docx",
        "reports/2026-11 Problem review.docx",
        "reports/2026-11 Change list.docx",
        "reports/major/INC-20261123-0002 Major incident report.docx",
        "reports/investigation/CMP-20261123-0001 Investigation report.docx",
        "register/register.xlsx",
        "journal/incidents.jsonl",
        "journal/problems-and-changes.jsonl",
        "process/it.docx",
        f"configuration/{desk.version}/config/sla.yaml",
    ):
        assert name in parts, sorted(parts)
    lines = [json.loads(line) for line in parts["journal/incidents.jsonl"].splitlines()]
    assert {line["number"] for line in lines} >= {"INC-20261123-0001", "CMP-20261123-0001"}


def test_what_is_filtered_for_is_told_and_alone_in_it(
    desk: Settings, filled: Store, tmp_path: Path
) -> None:
    target, chosen = tmp_path / "campus.zip", Filters(profiles=("campus",))
    write_pack(desk, filled, target, NOVEMBER, NOW, language="en", filters=chosen)
    with zipfile.ZipFile(target) as archive:
        told = archive.read("README.txt").decode()
        journal = archive.read("journal/incidents.jsonl").decode()
    assert "Process: Bullying at school" in told
    assert "CMP-20261123-0001" in journal
    assert "INC-" not in journal + told


def test_the_register_holds_text_and_no_formula(
    desk: Settings, filled: Store, tmp_path: Path
) -> None:
    parts = made(desk, filled, tmp_path / "pack.zip")
    book = load_workbook(io.BytesIO(parts["register/register.xlsx"]))
    assert book.sheetnames == ["Incidents", "Problems", "Changes"]
    rows = list(book["Incidents"].iter_rows())
    heads = [cell.value for cell in rows[0]]
    numbers = [row[heads.index("Number")].value for row in rows[1:]]
    assert numbers == ["INC-20261123-0001", "INC-20261123-0002", "CMP-20261123-0001"]
    subject = rows[1][heads.index("Subject")]
    assert (subject.value, subject.data_type, subject.quotePrefix) == (FORMULA, "s", True)
    assert rows[1][heads.index("Description")].value == "+1\n-2"
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_names_are_for_who_is_cleared(desk: Settings, filled: Store, tmp_path: Path) -> None:
    def texts(parts: dict[str, bytes]) -> str:
        found = [parts["journal/incidents.jsonl"].decode()]
        for name in (
            "register/register.xlsx",
            "reports/investigation/CMP-20261123-0001 Investigation report.docx",
        ):
            with zipfile.ZipFile(io.BytesIO(parts[name])) as inner:
                found += [inner.read(one).decode("utf-8", "replace") for one in inner.namelist()]
        return "\n".join(found)

    assert "Carter" not in texts(made(desk, filled, tmp_path / "masked.zip"))
    assert "Alice Carter" in texts(made(desk, filled, tmp_path / "named.zip", names=True))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("url: postgresql://desk:s3cret@db/desk", "url: postgresql://desk:***@db/desk"),
        ("password: hunter2  # mine", "password: ***# mine"),
        ('{user: desk, password: "a b,c"}', "{user: desk, password: ***}"),
        ("client_secret: 'x'", "client_secret: ***"),
        ("  api_key: k-123\n  user: desk", "  api_key: ***\n  user: desk"),
        ("password: env:DESK_PASSWORD", "password: env:DESK_PASSWORD"),
        ("secret: file:data/secret.key", "secret: file:data/secret.key"),
        ("auth: password", "auth: password"),
        ("token_days: 90", "token_days: 90"),
    ],
)
def test_no_secret_leaves_even_where_one_stood_in_the_open(text: str, shown: str) -> None:
    assert disclosed(text) == shown


def test_a_pack_that_cannot_be_made_is_not_there(
    desk: Settings, filled: Store, tmp_path: Path
) -> None:
    broken = replace(desk, templates=())
    with pytest.raises(FileNotFoundError):
        made(broken, filled, tmp_path / "pack.zip")
    assert not list(tmp_path.glob("*pack.zip*"))
